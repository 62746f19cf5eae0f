"""Figures are kept of what was right, and of nothing else."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from benchmarks import __main__ as command
from benchmarks.measuring import Result, Workbench
from benchmarks.results_file import ResultsFile


@dataclass
class Told:
    """A benchmark that finds what it is told."""

    result: Result | None
    key: ClassVar[str] = "W1"
    title: ClassVar[str] = "what it is told"

    async def run(self, bench: Workbench) -> Result:
        if self.result is None:
            raise RuntimeError("nothing answered")
        return self.result


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "_RESULTS", tmp_path / "bench.json")
    monkeypatch.setattr(command, "_CHART", tmp_path / "bench.svg")
    return tmp_path


@pytest.mark.parametrize("later", [Result({}, (), ("another page",)), None])
def test_a_fault_keeps_the_last_good_figures_and_fails(build: Path, later: Result | None) -> None:
    assert command.measured_and_kept(Told(Result({"rps": 80.0}, ())), 7, None)
    kept = (build / "bench.json").read_bytes(), (build / "bench.svg").read_bytes()

    assert not command.measured_and_kept(Told(later), 8, None)

    assert ((build / "bench.json").read_bytes(), (build / "bench.svg").read_bytes()) == kept
    assert ResultsFile(build / "bench.json").read()["W1"].figures == {"rps": 80.0}


def test_a_fault_alone_leaves_no_figures(build: Path) -> None:
    assert not command.measured_and_kept(Told(Result({"rps": 80.0}, (), ("wrong",))), 7, None)

    assert list(build.iterdir()) == []

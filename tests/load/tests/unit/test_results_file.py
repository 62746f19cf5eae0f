"""build/bench.json keeps what was not measured this time."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.machine import Machine
from benchmarks.measuring import Figure, Result, Row, Target
from benchmarks.results_file import Measured, ResultsFile

_MACHINE = Machine(
    cpu="some processor",
    cores=2,
    ram_gib=23.4,
    kernel="Linux 6.1",
    store="secantusd-rs 0.5.3",
    versions={"python": "3.11.2"},
    load_before=0.1,
)
_ROW = Row(
    name="pages",
    value=80.0,
    unit="/s",
    spread=(78.0, 82.0),
    reference=100.0,
    target=Target("at least", 0.7, of="ratio"),
)


def measured(day: int, **figures: Figure) -> Measured:
    return Measured.of(
        Result(figures, (_ROW,)),
        title="the home page",
        at=datetime(2026, 11, day, tzinfo=UTC),
        seed=7,
        machine=_MACHINE,
    )


def test_a_figure_is_a_path_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "build" / "bench.json"

    ResultsFile(file).keep("W1", measured(26, rps=80.0, calls_per_service={"issues": 1}))

    entry = json.loads(file.read_bytes())["W1"]
    assert entry["rps"] == 80.0
    assert entry["calls_per_service"] == {"issues": 1}
    assert entry["machine"]["cores"] == 2


def test_what_was_not_measured_now_keeps_its_figures_and_its_day(tmp_path: Path) -> None:
    file = ResultsFile(tmp_path / "bench.json")
    file.keep("W4", measured(25, seconds=2.5))
    file.keep("W1", measured(25, rps=70.0))

    kept = file.keep("W1", measured(26, rps=80.0))

    assert kept == file.read() == {"W1": measured(26, rps=80.0), "W4": measured(25, seconds=2.5)}
    assert list(kept) == ["W1", "W4"]


def test_a_figure_cannot_hide_what_every_entry_has() -> None:
    with pytest.raises(ValueError, match="seed"):
        measured(26, seed=9)


def test_no_file_is_no_figures(tmp_path: Path) -> None:
    assert ResultsFile(tmp_path / "bench.json").read() == {}

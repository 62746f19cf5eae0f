"""The command refuses what it cannot kill, and keeps what was measured however it ends."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import msgspec
import pytest
import typer
from chaos import __main__ as command
from chaos.__main__ import app, replay_of
from chaos.audit.lines import Line
from chaos.killing import NotBack
from chaos.run import Result, Run
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.layout import Layout
from rich.console import Console
from typer.testing import CliRunner


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a stack that is never brought up; what is written goes beside it."""
    folder = tmp_path / "stack"
    folder.mkdir()

    @contextlib.contextmanager
    def never_up(console: Console, state: Path) -> Iterator[StackByCommands]:
        yield StackByCommands(Layout(state))

    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "_stack_up", never_up)
    monkeypatch.setattr(tempfile, "mkdtemp", lambda prefix: str(folder))
    return folder


def written(folder: Path) -> Result:
    return msgspec.json.decode((folder.parent / "build" / "chaos-1.json").read_bytes(), type=Result)


def test_a_name_of_nothing_ends_before_a_stack_is_brought_up() -> None:
    ended = CliRunner().invoke(app, ["--seed", "1", "--only", "mongo"])

    assert ended.exit_code == 2
    assert "mongo" in ended.output


def test_a_run_that_is_broken_off_keeps_what_it_measured(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(run: Run, **about: Any) -> Result:
        raise NotBack("kafka")

    monkeypatch.setattr(Run, "play", breaks)

    ended = CliRunner().invoke(app, ["--seed", "1", "--only", "kafka"])

    assert isinstance(ended.exception, NotBack)
    assert written(folder).ended_by == "NotBack: kafka"
    assert (written(folder).kills, written(folder).only) == (20, ["kafka"])
    assert not written(folder).is_kept
    assert folder.exists()
    assert folder.name in ended.output


@pytest.mark.parametrize(("more", "stays"), [([], False), (["--keep"], True)])
def test_nothing_is_left_behind_by_a_run_that_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], stays: bool
) -> None:
    async def plays(run: Run, **about: Any) -> Result:
        result = run.so_far(**about)
        result.audit = [Line(rule="a rule", counted=1)]
        return result

    monkeypatch.setattr(Run, "play", plays)

    ended = CliRunner().invoke(app, ["--seed", "1", *more])

    assert ended.exit_code == 0, ended.output
    assert folder.exists() == stays
    assert written(folder).is_kept
    shutil.rmtree(folder, ignore_errors=True)


def test_the_command_that_plays_it_again_says_all_that_was_not_as_usual() -> None:
    assert replay_of(7, 20, "", 6, 40) == "make chaos SEED=7 KILLS=20"
    assert replay_of(7, 5, "kafka", 6, 40) == "make chaos SEED=7 KILLS=5 ONLY='kafka'"
    again = ".venv/bin/python -m chaos --seed 7 --kills 5 --residents 3 --audit-every 40"
    assert replay_of(7, 5, "", 3, 40) == again


def test_a_stack_that_does_not_come_up_is_taken_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tied: list[list[str]] = []

    class Leashed:
        def run_at_end(self, command: list[str]) -> None:
            tied.append(command)

        def close(self) -> None:
            tied.append(["closed"])

    def fails(stack: StackByCommands, *arguments: str) -> CompletedProcess[str]:
        assert tied, "nothing would take down what is brought up"
        return CompletedProcess([], 1, stdout="no port is free")

    monkeypatch.setattr(command, "Leash", Leashed)
    monkeypatch.setattr(StackByCommands, "run", fails)

    with pytest.raises(typer.Exit), command._stack_up(Console(quiet=True), tmp_path / "state"):
        pytest.fail("it is not up")

    (down, closed) = tied
    assert down[-1] == "down"
    assert closed == ["closed"]

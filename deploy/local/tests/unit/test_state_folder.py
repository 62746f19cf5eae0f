"""`up` and `clean` touch the folder of a stack only; two `up` of one go one after another."""

import fcntl
import shutil
import stat
import subprocess
import threading
from pathlib import Path

import pytest
from local_stack.__main__ import app
from local_stack.layout import ROOT, Layout
from local_stack.record import StackRecord
from local_stack.state_folder import (
    StateNotOurs,
    make_state_folder,
    must_be_removable,
    only_one_up,
    remove_state,
)
from typer.testing import CliRunner


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def somebodys_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir(mode=0o755)
    (folder / "letter.txt").write_text("dear")
    return folder


def test_clean_refuses_a_folder_that_no_stack_made(tmp_path: Path) -> None:
    folder = somebodys_folder(tmp_path)
    refused = CliRunner().invoke(app, ["--state", str(folder), "clean"])
    assert refused.exit_code == 1
    assert "nothing is removed" in " ".join(refused.output.split())
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_clean_removes_the_state_of_a_stack(tmp_path: Path) -> None:
    state = tmp_path / "state"
    StackRecord(port_base=5_000).write(state / "stack.json")
    cleaned = CliRunner().invoke(app, ["--state", str(state), "clean"])
    assert cleaned.exit_code == 0, cleaned.output
    assert not state.exists()
    assert CliRunner().invoke(app, ["--state", str(state), "clean"]).exit_code == 0
    assert not state.exists()


@pytest.mark.parametrize("inside", ["", "src/linli"])
def test_a_folder_that_holds_the_repository_or_the_home_is_never_a_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    layout = Layout(tmp_path)
    StackRecord(port_base=5_000).write(layout.record)
    before = mode(tmp_path)
    for name in ("local_stack.state_folder.ROOT", "HOME"):
        with monkeypatch.context() as patched:
            if name == "HOME":
                patched.setenv("HOME", str(tmp_path / inside))
            else:
                patched.setattr(name, tmp_path / inside)
            for act in (make_state_folder, must_be_removable, remove_state):
                with pytest.raises(StateNotOurs, match="cannot be the state"):
                    act(layout)
    assert layout.record.exists()
    assert mode(tmp_path) == before


def test_up_neither_takes_nor_closes_a_folder_of_somebody_elses(tmp_path: Path) -> None:
    folder = somebodys_folder(tmp_path)
    before = mode(folder)
    with pytest.raises(StateNotOurs, match="something else than a stack"):
        make_state_folder(Layout(folder))
    assert mode(folder) == before
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("holds", [None, "stack.json", "secrets.json"])
def test_up_takes_and_closes_an_empty_folder_and_its_own(tmp_path: Path, holds: str | None) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    if holds is not None:
        (state / holds).write_text("{}")
    make_state_folder(Layout(state))
    assert mode(state) == 0o700


def test_up_makes_a_folder_that_is_not_there(tmp_path: Path) -> None:
    make_state_folder(Layout(tmp_path / "new" / "state"))
    assert mode(tmp_path / "new" / "state") == 0o700


def test_a_second_up_says_that_it_waits_and_goes_on_after_the_first(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    waits = threading.Event()
    order: list[str] = []

    def second() -> None:
        with only_one_up(layout, waits.set):
            order.append("second")

    with only_one_up(layout, lambda: order.append("the first waited")):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(20)
        order.append("first")
    thread.join(20)
    assert order == ["first", "second"]


def test_a_first_up_that_failed_leaves_the_lock_free(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    with pytest.raises(RuntimeError), only_one_up(layout, pytest.fail):
        raise RuntimeError
    with (
        only_one_up(layout, pytest.fail),
        (tmp_path / "up.lock").open() as other,
        pytest.raises(BlockingIOError),
    ):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_make_takes_state_from_its_command_line_only(monkeypatch: pytest.MonkeyPatch) -> None:
    make = shutil.which("make")
    assert make is not None

    def would_run(*arguments: str) -> str:
        command = [make, "--dry-run", "--no-print-directory", "status", *arguments]
        return subprocess.run(  # noqa: S603
            command, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout

    monkeypatch.setenv("STATE", "/srv/other")
    monkeypatch.delenv("MAKEFLAGS", raising=False)
    assert "--state .local " in would_run()
    assert "--state .mine " in would_run("STATE=.mine")

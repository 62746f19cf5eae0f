"""`python -m demo_community write`."""

from pathlib import Path

from demo_community.__main__ import app
from demo_community.demo_files import LEDGER, LEDGER_TRUTH
from typer.testing import CliRunner

from .plain_cells import truth_of


def test_it_writes_every_file_into_a_folder_that_it_makes(folder: Path, tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, ["write", "--to", str(tmp_path / "a" / "b")])

    assert ended.exit_code == 0, ended.output
    written = {path.name for path in (tmp_path / "a" / "b").iterdir()}
    assert written == {path.name for path in folder.iterdir()}


def test_a_big_ledger_comes_alone(tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, ["write", "--to", str(tmp_path), "--residents", "7000"])

    assert ended.exit_code == 0, ended.output
    assert {path.name for path in tmp_path.iterdir()} == {LEDGER, LEDGER_TRUTH}
    assert truth_of(tmp_path / LEDGER)["residents"] == 7_000


def test_fewer_than_the_community_has_are_refused(tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, ["write", "--to", str(tmp_path), "--residents", "100"])

    assert ended.exit_code == 2
    assert list(tmp_path.iterdir()) == []

"""`import-ledger`, as an operator types it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from residents.bootstrap.rooms import Rooms

from ..conftest import Person, Running
from . import bad_files
from .conftest import LEDGERS
from .office import Office

LEDGER = LEDGERS / "resident-ledger.xlsx"
TRUTH: dict[str, Any] = json.loads((LEDGERS / "resident-ledger.truth.json").read_text())


def _typed(*argv: str, variables: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **(variables or {})}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "residents", "import-ledger", *argv],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _without_reasons(said: dict[str, Any]) -> dict[str, Any]:
    rows = [{k: v for k, v in row.items() if k != "reason"} for row in said["bad_rows"]]
    return {**said, "bad_rows": rows}


def test_a_dry_run_needs_no_settings_and_prints_the_truth() -> None:
    ended = _typed(str(LEDGER), "--dry-run", "--json")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert _without_reasons(json.loads(ended.stdout)) == _without_reasons(TRUTH)


def test_a_dry_run_shows_tables_to_a_person() -> None:
    ended = _typed(str(LEDGER), "--dry-run")

    assert ended.returncode == 0
    for told in ("春和苑", "东风里", "PERSON_REPEATED", "322", "627"):
        assert told in ended.stdout


@pytest.mark.parametrize("options", [("--dry-run",), ("--dry-run", "--json")])
def test_what_is_no_ledger_is_refused_in_one_line(tmp_path: Path, options: tuple[str, ...]) -> None:
    file = tmp_path / "menu.xlsx"
    file.write_bytes(b"PK\x03\x04 no zip")

    ended = _typed(str(file), *options)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("LEDGER_DAMAGED: ")


def test_a_dry_run_refuses_a_workbook_about_something_else(tmp_path: Path) -> None:
    file = tmp_path / "menu.xlsx"
    file.write_bytes(bad_files.other_columns())

    ended = _typed(str(file), "--dry-run", "--json")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("IMPORT_NOTHING_FOUND: ")


def test_a_dry_run_refuses_a_day_to_come() -> None:
    ended = _typed(str(LEDGER), "--dry-run", "--as-of", "9999-12-31")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("BAD_USER_INPUT: ")


@pytest.mark.parametrize(
    "argv", [(), ("nowhere.xlsx",), (str(LEDGER), "--as-of", "soon"), (str(LEDGER), "--wet-run")]
)
def test_a_wrong_use_is_code_2(argv: tuple[str, ...]) -> None:
    assert _typed(*argv, "--dry-run").returncode == 2


async def test_an_operator_imports_a_ledger_and_again_nothing(
    running: Running, secretary: Person, rooms: Rooms
) -> None:
    office = Office(running.api.address, None, secretary.community_id, rooms)
    argv = (str(LEDGER), "--community", secretary.community_id, "--json")

    first = _typed(*argv, variables=running.variables)
    assert first.returncode == 0, first.stderr
    totals = await office.totals()
    again = _typed(*argv, variables=running.variables)

    told = json.loads(first.stdout)
    assert told.pop("differences") == {
        "new": TRUTH["residents"], "moved": 0, "changed": 0, "missing": 0, "unchanged": 0,
    }  # fmt: skip
    assert told.pop("import_id").startswith("import_")
    assert _without_reasons(told) == _without_reasons(TRUTH)
    assert totals["residents"] == TRUTH["residents"]
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert await office.totals() == totals
    assert await office.stored("import_files", "import_pieces") == 0


async def test_a_refused_file_changes_nothing(
    running: Running, secretary: Person, rooms: Rooms, tmp_path: Path
) -> None:
    office = Office(running.api.address, None, secretary.community_id, rooms)
    file = tmp_path / "menu.xlsx"
    file.write_bytes(bad_files.other_columns())

    ended = _typed(str(file), "--community", secretary.community_id, variables=running.variables)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("IMPORT_NOTHING_FOUND: ")
    assert await office.stored("archives", "residents", "import_files", "import_pieces") == 0


def test_of_many_communities_one_must_be_named(
    running: Running, secretary: Person, elsewhere: Office
) -> None:
    del secretary, elsewhere

    ended = _typed(str(LEDGER), variables=running.variables)

    assert ended.returncode == 1
    assert ended.stderr.startswith("COMMUNITY_NOT_FOUND: ")

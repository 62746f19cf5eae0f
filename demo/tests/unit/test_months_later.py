"""Between the two ledgers lies what the differences say, and nothing else."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from demo_community.demo_files import DIFFERENCES, LATER_LEDGER, LEDGER

from .plain_cells import day_in, ledger_rows, numbers_in, truth_of

Person = tuple[str, date]
Home = tuple[str, tuple[int, ...]]


def homes_in(path: Path) -> dict[Person, Home]:
    refused = {(bad["sheet"], bad["row"]) for bad in truth_of(path)["bad_rows"]}
    homes: dict[Person, Home] = {}
    home: Home = ("", ())
    for sheet, number, cells in ledger_rows(path):
        if (sheet, number) in refused:
            continue
        home = (sheet, numbers_in(cells["door"]) or home[1])
        if cells["name"] != "空置":
            homes[cells["name"], day_in(cells["birth_date"])] = home
    return homes


def told(person: dict[str, Any]) -> Person:
    return person["name"], date.fromisoformat(person["birth_date"])


def place(told_place: dict[str, str]) -> Home:
    return told_place["estate"], numbers_in(told_place["door"])


@pytest.fixture(scope="module")
def differences(folder: Path) -> Any:
    return json.loads((folder / DIFFERENCES).read_text(encoding="utf-8"))


def test_who_moved_is_new_or_missing_is_who_is_said_to(folder: Path, differences: Any) -> None:
    before, after = homes_in(folder / LEDGER), homes_in(folder / LATER_LEDGER)
    moved = {each: (before[each], after[each]) for each in before.keys() & after.keys()}
    moved = {each: homes for each, homes in moved.items() if homes[0] != homes[1]}

    assert moved == {
        told(each): (place(each["from"]), place(each["to"])) for each in differences["moved"]
    }
    assert {(each, after[each]) for each in after.keys() - before.keys()} == {
        (told(each), place(each)) for each in differences["new"]
    }
    assert {(each, before[each]) for each in before.keys() - after.keys()} == {
        (told(each), place(each)) for each in differences["missing"]
    }


def test_there_is_some_of_everything(differences: Any) -> None:
    counts = {key: len(differences[key]) for key in ("moved", "new", "missing", "phone_changed")}

    assert counts == {"moved": 9, "new": 7, "missing": 4, "phone_changed": 1}

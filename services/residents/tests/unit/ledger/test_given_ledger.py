"""A committee's ledger of two estates is read as its truth says, row by row."""

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.domain.ledger.reading import LedgerReading, read

from .fixtures import LEDGER, TRUTH


@pytest.fixture(scope="module")
def reading() -> LedgerReading:
    return read(open_workbook(LEDGER), today=date(2026, 11, 26))


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    said: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
    return said


def shown(reading: LedgerReading) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(msgspec.json.encode(reading.summary()))
    return said


def test_every_figure_is_the_truth(reading: LedgerReading, truth: dict[str, Any]) -> None:
    summary = shown(reading)

    del summary["bad_rows"], truth["bad_rows"]
    assert summary == truth


def test_every_refused_row_is_the_truth(reading: LedgerReading) -> None:
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["bad_rows"]

    assert [(row["sheet"], row["row"], row["code"]) for row in shown(reading)["bad_rows"]] == [
        (row["sheet"], row["row"], row["code"]) for row in truth
    ]


def test_the_shape_is_the_truths(reading: LedgerReading) -> None:
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))
    summary = shown(reading)

    assert list(summary) == list(truth)
    assert list(summary["estates"][0]) == list(truth["estates"][0])
    assert list(summary["bad_rows"][0]) == list(truth["bad_rows"][0])


def test_a_person_is_read_with_everything_said_of_them(reading: LedgerReading) -> None:
    person = next(
        person for person in reading.people if (person.sheet, person.row) == ("春和苑", 10)
    )
    home = reading.households[person.household]

    assert (home.building, home.unit, home.room, home.area_cm2) == ("1", "1", "202", 838_100)
    assert (person.name, person.gender, person.birth_date) == ("于涛", "FEMALE", date(1965, 2, 1))
    assert (person.phone, person.relation, person.tags) == ("18563414839", "户主", ("独居",))
    assert person.identity_number == "999999196502019226"


def test_a_row_in_a_merged_door_lives_with_the_row_above(reading: LedgerReading) -> None:
    homes = {(person.sheet, person.row): person.household for person in reading.people}

    assert homes[("春和苑", 8)] == homes[("春和苑", 9)] != homes[("春和苑", 10)]


def test_namesakes_are_kept_apart(reading: LedgerReading) -> None:
    assert [person.row for person in reading.people if person.name == "于涛"] == [10, 156]


def test_instructions_are_skipped_with_a_reason(reading: LedgerReading) -> None:
    assert [skipped.sheet for skipped in reading.skipped_sheets] == ["填表说明"]

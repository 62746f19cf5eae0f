"""Whatever a stranger's workbook holds: it is refused by name, or told of row by row."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

import pytest
from chassis.testing_redelivery import seed_of_run
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.domain.errors import ResidentsError
from residents.domain.ledger.reading import LedgerReading, read
from residents.domain.owners.register_entries import RegisterReading
from residents.domain.owners.register_reading import read_register
from strangers.ledger_mutations import (
    WAYS,
    Broken,
    Workbook,
    broken,
    drawn_by,
    good_ledger,
    good_register,
)

_FILES = 40
_TODAY = date(2026, 11, 26)


R = TypeVar("R")


def _ledger(content: bytes) -> LedgerReading:
    return read(open_workbook(content), today=_TODAY)


def _register(content: bytes) -> RegisterReading:
    return read_register(open_workbook(content), today=_TODAY)


def _read(reading: Callable[[], R]) -> R | None:
    """What is read; None where the file is refused by a name that a client can show."""
    try:
        return reading()
    except ResidentsError as error:
        refusal = error
    assert refusal.code.isupper()
    assert refusal.message.endswith("。")
    return None


@pytest.fixture(scope="module")
def seed() -> int:
    return seed_of_run()


def _files(seed: int, good: Callable[[], Workbook]) -> list[tuple[str, Broken]]:
    return [
        (f"SEED={seed + number}", broken(drawn_by(seed + number), good)) for number in range(_FILES)
    ]


def test_a_good_one_is_read_whole() -> None:
    ledger = _ledger(good_ledger().content())
    register = _register(good_register().content())

    assert (len(ledger.people), len(ledger.refused)) == (24, 0)
    assert (len(register.dwellings), len(register.refused)) == (24, 0)


def test_each_person_of_a_broken_ledger_is_taken_over_or_refused_with_a_reason(seed: int) -> None:
    taken = 0
    for which, file in _files(seed, good_ledger):
        reading = _read(partial(_ledger, file.content))
        if reading is None:
            assert file.people is None, (which, file.changes)
            continue
        told = {person.row for person in reading.people} | {row.row for row in reading.refused}
        assert file.people is None or file.people <= told, (which, file.changes)
        assert all(row.reason.endswith("。") for row in reading.refused), (which, file.changes)
        taken += len(reading.people)
    assert taken, "no ledger was read at all"


def test_each_row_of_a_broken_register_counts_or_is_refused_with_a_reason(seed: int) -> None:
    taken = 0
    for which, file in _files(seed, good_register):
        reading = _read(partial(_register, file.content))
        if reading is None:
            assert file.people is None, (which, file.changes)
            continue
        assert file.people is None or reading.rows_read == len(file.people), (which, file.changes)
        assert all(row.reason.endswith("。") for row in reading.refused), (which, file.changes)
        taken += len(reading.dwellings)
    assert taken, "no register was read at all"


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_changing_a_whole_workbook_can_be_asked_for(way: str) -> None:
    file = broken(drawn_by(1), good_ledger, way)

    assert file.changes[-1] == way
    assert not set(file.changes[:-1]) & set(WAYS)
    assert file.people is None
    _read(partial(_ledger, file.content))


def test_a_bomb_is_among_what_is_always_tried() -> None:
    assert {"bomb", "entities", "many_parts", "truncated"} <= set(WAYS)

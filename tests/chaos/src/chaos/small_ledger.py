"""A ledger of one small house, so that residents have doors to be bound to."""

from datetime import date
from pathlib import Path

from demo_community.ledger import write_ledger
from demo_community.model import Building, Door, Dwelling, Gender, Person
from demo_community.plan import EstatePlan

ESTATE, BUILDING, UNIT = "向阳里", "1", "1"
_AREA_CM2 = 650_000
_AS_OF = date(2026, 7, 1)
_SEED = 1
_FLOOR = 100


def room_of(number: int) -> str:
    """Return the room of a household, numbered from 0."""
    return str((number + 1) * _FLOOR + 1)


def name_of(number: int) -> str:
    """Return the name of who lives there."""
    return f"何{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'春夏秋冬'[number // 10 % 4]}"


def small_ledger(folder: Path, households: int) -> bytes:
    """Write a workbook with one person in each household; return its bytes."""
    dwellings = [
        Dwelling(
            Door(int(BUILDING), int(UNIT), int(room_of(number))),
            _AREA_CM2,
            [Person(name_of(number), Gender.WOMAN, date(1960, 1, 1 + number % 28), "户主")],
        )
        for number in range(households)
    ]
    plan = EstatePlan(ESTATE, True, ((1, households),))
    path = folder / "small-ledger.xlsx"
    write_ledger(path, [(plan, [Building(1, dwellings)])], as_of=_AS_OF, seed=_SEED)
    return path.read_bytes()

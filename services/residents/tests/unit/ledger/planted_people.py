"""People and homes of a community that does not exist, with faults planted among them.

What is right is known before anything is written: nobody here asks the reader.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文子一梓轩博宇"
OTHER_NAMES = ("买买提·艾力", "阿依古丽·吐尔逊", "欧阳一", "计一", "空一", "〇一")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RELATIONS = ("配偶", "子女", "父母", "儿媳", "孙子", "租户")
TAGS = ("党员", "独居", "低保", "残疾", "退役军人")
FAULTS = (
    "PERSON_REPEATED",
    "BIRTH_DATE_INVALID",
    "IDENTITY_NUMBER_INVALID",
    "PHONE_INVALID",
    "DOOR_UNREADABLE",
)
OLDEST = date(1930, 1, 1)


@dataclass(frozen=True)
class Planted:
    """Somebody in the ledger; `fault` is what is wrong with their row."""

    name: str
    is_man: bool
    born: date
    identity_number: str | None
    phone: str | None
    relation: str
    tags: tuple[str, ...]
    fault: str | None = None


@dataclass(frozen=True)
class Home:
    """A home; one without people is vacant."""

    building: str
    unit: str
    room: str
    area: Decimal
    people: tuple[Planted, ...]


@dataclass
class Estate:
    name: str
    is_old: bool
    homes: list[Home] = field(default_factory=list)


def identity_number(born: date, *, is_man: bool, sequence: int) -> str:
    first = f"999999{born:%Y%m%d}{sequence:02}{1 if is_man else 2}"
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


class Population:
    """Draws homes and people; every birth date, so every identity number, is one person's."""

    def __init__(self, seed: int, as_of: date) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.as_of = as_of
        self._drawn: set[date] = set()
        self._faults = list(FAULTS)
        self._before: list[Planted] = []

    def estate(self, name: str, *, is_old: bool, buildings: list[str], units: int) -> Estate:
        estate = Estate(name, is_old)
        for building in buildings:
            for unit in range(1, units + 1):
                estate.homes += [
                    self._home(building, str(unit), f"{floor}{flat:02}")
                    for floor in range(1, 7)
                    for flat in (1, 2)
                ]
        return estate

    def _home(self, building: str, unit: str, room: str) -> Home:
        area = Decimal(self.random.randrange(3_000, 14_000)) / 100
        count = 0 if self.random.random() < 0.08 else self.random.choice((1, 1, 2, 2, 3, 4))
        people = tuple(self._person("户主" if at == 0 else None) for at in range(count))
        return Home(building, unit, room, area, people)

    def _person(self, relation: str | None) -> Planted:
        fault = None
        if self.random.random() < 0.04 and len(self._before) > 5:
            fault = self._faults[0]
            if relation is None or fault != "DOOR_UNREADABLE":  # a head's door is the home's
                self._faults.append(self._faults.pop(0))
            else:
                fault = None
        person = self._drawn_person(relation or self.random.choice(RELATIONS), fault)
        if person.fault is None:
            self._before.append(person)
        return person

    def _drawn_person(self, relation: str, fault: str | None) -> Planted:
        draw = self.random
        if fault == "PERSON_REPEATED":
            first = draw.choice(self._before)
            return Planted(
                first.name,
                first.is_man,
                first.born,
                first.identity_number,
                None,
                relation,
                (),
                fault,
            )
        name, born = self._name_and_birth_date()
        is_man = draw.random() < 0.5
        number = identity_number(born, is_man=is_man, sequence=draw.randrange(100))
        phone = f"1{draw.randrange(3, 10)}{draw.randrange(10**9):09}"
        return Planted(
            name=name,
            is_man=is_man,
            born=born,
            identity_number=number
            if draw.random() < 0.5 or fault == "IDENTITY_NUMBER_INVALID"
            else None,
            phone=phone if draw.random() < 0.8 or fault == "PHONE_INVALID" else None,
            relation=relation,
            tags=tuple(draw.sample(TAGS, draw.choice((0, 0, 1, 1, 2)))),
            fault=fault,
        )

    def _name_and_birth_date(self) -> tuple[str, date]:
        while True:
            draw = self.random
            name = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2))))
            if draw.random() < 0.02:
                name = draw.choice(OTHER_NAMES)
            born = OLDEST + timedelta(days=draw.randrange((self.as_of - OLDEST).days))
            if born not in self._drawn:
                self._drawn.add(born)
                return name, born


def truth_of(
    estates: list[Estate], bad_rows: list[tuple[str, int, str]], as_of: date
) -> dict[str, object]:
    """What a right reading says: counted from what was planted, not from what was written."""
    summaries = []
    everybody = [p for estate in estates for home in estate.homes for p in home.people]
    for estate in estates:
        summaries.append(  # noqa: PERF401
            {
                "name": estate.name,
                "old": estate.is_old,
                "buildings": len({home.building for home in estate.homes}),
                "households": len(estate.homes),
                "residents": sum(p.fault is None for home in estate.homes for p in home.people),
                "area_cm2": sum(int(home.area * 10_000) for home in estate.homes),
            }
        )
    return {
        "estates": summaries,
        "buildings": sum(len({home.building for home in estate.homes}) for estate in estates),
        "households": sum(len(estate.homes) for estate in estates),
        "residents": sum(p.fault is None for p in everybody),
        "elderly_60": sum(p.fault is None and _is_sixty(p.born, as_of) for p in everybody),
        "bad_rows": [{"sheet": s, "row": row, "code": code} for s, row, code in bad_rows],
        "vacant_households": sum(not home.people for estate in estates for home in estate.homes),
        "as_of": as_of.isoformat(),
    }


def _is_sixty(born: date, on: date) -> bool:
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    return on.year - born.year - (not had_birthday) >= 60

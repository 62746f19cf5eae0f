"""What a right reading says of a ledger, counted by whoever made it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from demo_community.model import Building, Mistake
from demo_community.plan import EstatePlan

_ELDERLY_FROM_AGE = 60
_REASONS = {
    Mistake.PERSON_REPEATED: "与前面某行是同一个人",
    Mistake.BIRTH_DATE_INVALID: "没有这个日期",
    Mistake.IDENTITY_NUMBER_INVALID: "身份证号校验位不对",
    Mistake.DOOR_UNREADABLE: "门牌无法识别",
    Mistake.PHONE_INVALID: "手机号不是11位",
}


@dataclass
class EstateCount:
    """One estate's figures."""

    name: str
    old: bool
    buildings: int = 0
    households: int = 0
    residents: int = 0
    area_cm2: int = 0


@dataclass
class LedgerTruth:
    """Counts what is planted while it is written."""

    as_of: date
    estates: list[EstateCount] = field(default_factory=list)
    elderly: int = 0
    vacant: int = 0
    bad_rows: list[dict[str, Any]] = field(default_factory=list)

    def open_estate(self, plan: EstatePlan) -> None:
        """Count from here on for this estate."""
        self.estates.append(EstateCount(plan.name, plan.is_old))

    def count(self, building: Building) -> None:
        """Count a building of the estate opened last."""
        estate = self.estates[-1]
        estate.buildings += 1
        for dwelling in building.dwellings:
            estate.households += 1
            estate.area_cm2 += dwelling.area_cm2
            estate.residents += len(dwelling.good_people)
            self.vacant += not dwelling.people
            self.elderly += sum(
                person.age_on(self.as_of) >= _ELDERLY_FROM_AGE for person in dwelling.good_people
            )

    def refuse(self, sheet: str, row: int, mistake: Mistake) -> None:
        """Note a row that must be refused; rows are counted from 1, as Excel shows them."""
        self.bad_rows.append(
            {"sheet": sheet, "row": row, "code": mistake.value, "reason": _REASONS[mistake]}
        )

    @property
    def residents(self) -> int:
        """How many people's rows are good."""
        return sum(estate.residents for estate in self.estates)

    def as_json(self) -> dict[str, Any]:
        """Return the truth in the shape in which a reading sums itself up."""
        return {
            "estates": [vars(estate) for estate in self.estates],
            "buildings": sum(estate.buildings for estate in self.estates),
            "households": sum(estate.households for estate in self.estates),
            "residents": self.residents,
            "elderly_60": self.elderly,
            "bad_rows": self.bad_rows,
            "vacant_households": self.vacant,
            "as_of": self.as_of.isoformat(),
        }

"""Families whose ages fit how they are related."""

from dataclasses import dataclass
from datetime import date
from random import Random

from demo_community.identity import Newcomers, birthday_in, surname
from demo_community.model import Gender, Person

_PHONE_FROM_AGE = 12
_IDENTITY_NUMBER_SHARE = 0.55
_OLD_AGE = 60


@dataclass
class FamilyMaker:
    """Makes families for the dwellings of one building.

    Attributes:
        elderly_share: how many of the heads of households are old.
        as_of: the day on which the ages are as meant.
    """

    random: Random
    newcomers: Newcomers
    elderly_share: float
    as_of: date

    def family(self, size: int) -> list[Person]:
        """Return the people of one household, its head first."""
        makers = {1: self._alone, 2: self._two, 3: self._three, 4: self._four, 5: self._five}
        return makers.get(size, self._generations)()

    def single(self, relation: str, age: int, family_name: str | None = None) -> Person:
        """Return one person of this age."""
        return self._person(relation, self._any_gender(), age, family_name)

    def _alone(self) -> list[Person]:
        age = self.random.randint(62, 88) if self._is_old() else self.random.randint(23, 58)
        return [self._person("户主", self._any_gender(), age, alone=True)]

    def _two(self) -> list[Person]:
        if self._is_old():
            return self._couple(self.random.randint(60, 84))
        if self.random.random() < 0.25:
            parent = self._person("户主", self._any_gender(), self.random.randint(34, 55))
            return [parent, self._child(parent, self._gap(parent))]
        return self._couple(self.random.randint(25, 57))

    def _three(self) -> list[Person]:
        if self.random.random() < self.elderly_share / 3:
            # An old couple with the child who never moved out.
            couple = self._couple(self.random.randint(62, 78))
            return [*couple, self._child_of(couple)]
        if self.random.random() < 0.06:
            tenants = [self.single("租户", self.random.randint(21, 38)) for _ in range(2)]
            return [self._person("户主", self._any_gender(), self.random.randint(24, 45)), *tenants]
        couple = self._couple(self.random.randint(27, 54))
        return [*couple, self._child_of(couple)]

    def _four(self) -> list[Person]:
        couple = self._couple(self.random.randint(33, 50))
        child = self._child_of(couple)
        if self.random.random() < 0.5:
            return [*couple, child, self._child_of(couple)]
        return [*couple, child, self._parent(couple[0], Gender.WOMAN)]

    def _five(self) -> list[Person]:
        couple = self._couple(self.random.randint(33, 50))
        head = couple[0]
        parents = [self._parent(head, Gender.MAN), self._parent(head, Gender.WOMAN)]
        return [*couple, self._child_of(couple), *parents]

    def _generations(self) -> list[Person]:
        """Six: a couple, their son with his wife, two grandchildren."""
        couple = self._couple(self.random.randint(60, 70))
        father = couple[0] if couple[0].gender is Gender.MAN else couple[1]
        son_age = min(each.age_on(self.as_of) for each in couple) - self.random.randint(24, 27)
        son = self._person("子女", Gender.MAN, son_age, father.name[0])
        wife = self._person("儿媳", Gender.WOMAN, son_age - self.random.randint(0, 3))
        grandchildren = []
        for _ in range(2):
            gender = self._any_gender()
            relation = "孙子" if gender is Gender.MAN else "孙女"
            age = max(0, wife.age_on(self.as_of) - self.random.randint(25, 33))
            grandchildren.append(self._person(relation, gender, age, son.name[0]))
        return [*couple, son, wife, *grandchildren]

    def _couple(self, age: int) -> list[Person]:
        gender = Gender.MAN if self.random.random() < 0.7 else Gender.WOMAN
        other = Gender.WOMAN if gender is Gender.MAN else Gender.MAN
        head = self._person("户主", gender, age)
        return [head, self._person("配偶", other, max(22, age + self.random.randint(-4, 3)))]

    def _child_of(self, couple: list[Person]) -> Person:
        father = couple[0] if couple[0].gender is Gender.MAN else couple[1]
        youngest = min(couple, key=lambda each: each.age_on(self.as_of))
        return self._child(youngest, self._gap(youngest), father.name[0])

    def _gap(self, parent: Person) -> int:
        return self.random.randint(23, max(23, min(36, parent.age_on(self.as_of))))

    def _child(self, parent: Person, gap: int, family_name: str | None = None) -> Person:
        age = max(0, parent.age_on(self.as_of) - gap)
        return self._person("子女", self._any_gender(), age, family_name or parent.name[0])

    def _parent(self, head: Person, gender: Gender) -> Person:
        age = head.age_on(self.as_of) + self.random.randint(23, 30)
        return self._person("父母", gender, age, head.name[0] if gender is Gender.MAN else None)

    def _person(
        self,
        relation: str,
        gender: Gender,
        age: int,
        family_name: str | None = None,
        *,
        alone: bool = False,
    ) -> Person:
        given, day = self.newcomers.given_name(gender)
        birth_date = birthday_in(self.as_of.year - age, day)
        if birth_date > self.as_of:
            # Had the birthday come this year already, the age would be as meant.
            birth_date = birth_date.replace(year=birth_date.year - 1)
        has_phone = age >= _PHONE_FROM_AGE and self.random.random() < 0.97
        has_number = self.random.random() < _IDENTITY_NUMBER_SHARE
        return Person(
            name=(family_name or surname(self.random)) + given,
            gender=gender,
            birth_date=birth_date,
            relation=relation,
            phone=self.newcomers.phone() if has_phone else None,
            identity_number=(
                self.newcomers.identity_number(birth_date, gender) if has_number else None
            ),
            tags=self._tags(age, alone=alone),
        )

    def _tags(self, age: int, *, alone: bool) -> tuple[str, ...]:
        chances = (
            ("党员", 0.11 if age >= 20 else 0.0),
            ("独居", 0.9 if alone and age >= _OLD_AGE else 0.0),
            ("低保", 0.02),
            ("残疾", 0.02),
            ("退役军人", 0.03 if age >= 24 else 0.0),
        )
        return tuple(tag for tag, chance in chances if self.random.random() < chance)

    def _is_old(self) -> bool:
        return self.random.random() < self.elderly_share

    def _any_gender(self) -> Gender:
        return Gender.MAN if self.random.random() < 0.5 else Gender.WOMAN

"""A small community for tests of the archive: two estates, buildings with doors, people in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from chassis.encryption import KEY_BYTES, LookupHash
from chassis.ids import derived_id
from residents.adapters.archive.identities import DerivedIdentities
from residents.domain.archive.homes import Home
from residents.domain.archive.marks import KeyedHash, identity_mark, marks_of
from residents.domain.archive.people import Gender, PersonFacts
from residents.domain.archive.places import Building, Estate, EstateKind, Household
from residents.domain.archive.residents import Resident

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
KEYED_HASH = LookupHash(bytes(KEY_BYTES))
COMMUNITY = derived_id("community", "here")
ELSEWHERE = derived_id("community", "there")
IDENTITIES = DerivedIdentities()


@dataclass
class Village:
    """Makes the documents of a community and remembers them.

    Attributes:
        edition: the edition from which what is made next is visible.
        keyed_hash: of the service whose store it is for.
    """

    community_id: str = COMMUNITY
    edition: int = 0
    keyed_hash: KeyedHash = KEYED_HASH
    estates: list[Estate] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list)

    def estate(self, name: str, kind: EstateKind = EstateKind.OLD) -> Estate:
        """An estate."""
        estate_id = IDENTITIES.estate(self.community_id, name)
        made = Estate.of(
            estate_id, community_id=self.community_id, name=name, kind=kind,
            from_edition=self.edition,
        )  # fmt: skip
        self.estates.append(made)
        return made

    def building(self, estate: Estate, label: str) -> Building:
        """A building of it."""
        building_id = IDENTITIES.building(self.community_id, estate.id, label)
        made = Building.of(building_id, estate=estate, label=label, from_edition=self.edition)
        self.buildings.append(made)
        return made

    def household(
        self, building: Building, room: str, unit: str | None = "1", *, vacant: bool = False,
        area_cm2: int | None = 650_000,
    ) -> Household:  # fmt: skip
        """A door in it."""
        household_id = IDENTITIES.household(self.community_id, building.id, unit, room)
        made = Household.of(
            household_id, building=building, unit=unit, room=room, area_cm2=area_cm2,
            vacant=vacant, from_edition=self.edition,
        )  # fmt: skip
        self.households.append(made)
        return made

    def resident(
        self, household: Household, facts: PersonFacts, *, identity_number: str | None = None,
        since: date | None = None,
    ) -> Resident:  # fmt: skip
        """Somebody behind it."""
        number = f"{self.edition} {len(self.residents)}"
        resident_id = derived_id("resident", self.community_id, number)
        identity = identity_mark(identity_number, self.keyed_hash) if identity_number else None
        made = Resident.verified(
            resident_id,
            community_id=self.community_id,
            person_key=IDENTITIES.person_key(resident_id),
            home=Home.at(household, since=since),
            facts=facts,
            marks=marks_of(facts, identity=identity, today=TODAY, keyed_hash=self.keyed_hash),
            from_edition=self.edition,
            at=AT,
        )
        self.residents.append(made)
        return made


def person(
    name: str = "马曦", phone: str | None = "17337406812", born: date | None = date(1950, 3, 1),
    *, relation: str | None = None, tags: Sequence[str] = (),
) -> PersonFacts:  # fmt: skip
    """What is known of somebody."""
    return PersonFacts(
        name=name, phone=phone, birth_date=born, gender=Gender.FEMALE, relation=relation,
        tags=tuple(tags),
    )  # fmt: skip


def a_village(
    community_id: str = COMMUNITY, *, edition: int = 0, keyed_hash: KeyedHash = KEYED_HASH
) -> Village:
    """Two estates, three buildings, six doors, five people; one door is vacant."""
    village = Village(community_id, edition, keyed_hash)
    east, west = village.estate("东里"), village.estate("西苑", EstateKind.NEW)
    two, ten, three = (
        village.building(east, "2"), village.building(east, "10"), village.building(west, "3"),
    )  # fmt: skip
    doors = [
        village.household(two, "101"),
        village.household(two, "1001"),
        village.household(two, "101", "2"),
        village.household(ten, "201"),
        village.household(three, "501", "2"),
        village.household(three, "502", "2", vacant=True, area_cm2=None),
    ]
    village.resident(doors[0], person("马曦", relation="户主"), identity_number="1")
    village.resident(doors[0], person("马小军", "13800001111", date(1980, 5, 5)))
    village.resident(doors[1], person("李小军", "13900001111", None))
    village.resident(doors[3], person("欧阳小红", None, date(2015, 6, 1)))
    village.resident(doors[4], person("王芳", "041183712345", date(1966, 11, 23)))
    return village

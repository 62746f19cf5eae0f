"""Estates, buildings, households and residents in the graph; people are masked, always."""
# ruff: noqa: A002 - `id` is the word of the graph

from datetime import date
from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from residents.api.archive import loaders
from residents.api.archive.enums import EstateKind, Gender, MoveReason, ResidentState
from residents.api.archive.paging import page_of
from residents.api.context import Info, actor
from residents.api.owners.household_fields import OwnersOfHousehold
from residents.api.paging import After, First, place_by_key
from residents.domain.archive import homes, places, residents
from residents.domain.archive.ages import age_on
from residents.domain.archive.masking import masked_name, masked_phone


@strawberry.federation.type(keys=["id"], description="A residential estate.")
class Estate:
    """See residents.domain.archive.places."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="What it is called.")
    kind: EstateKind = strawberry.field(description="Whether it is an old one.")
    address: str | None = strawberry.field(description="Where it is, if somebody said so.")

    @classmethod
    def of(cls, kept: places.Estate) -> "Estate":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            name=kept.name,
            kind=EstateKind[kept.kind.name],
            address=kept.address,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Estate | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.estates, str(id))
        return cls.of(found) if found else None

    @strawberry.field(description="Its buildings, building 2 before building 10.")
    async def buildings(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection["Building"] | None:
        """See Browse.buildings_of."""
        found = await info.context.load(loaders.buildings_of, str(self.id))
        page = page_of(found, first=checked_first(first), after=place_by_key(after))
        return connection_of(page, Building.of, after=after)


@strawberry.federation.type(keys=["id"], description="A building of an estate.")
class Building:
    """See residents.domain.archive.places."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    label: str = strawberry.field(description="What people call it, such as 3 or 甲3.")
    floors: int | None = strawberry.field(description="How many floors it has, if known.")
    units: int | None = strawberry.field(description="How many units it has, if known.")
    kept: strawberry.Private[places.Building]

    @classmethod
    def of(cls, kept: places.Building) -> "Building":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            label=kept.label,
            floors=kept.floors,
            units=kept.units,
            kept=kept,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Building | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.buildings, str(id))
        return cls.of(found) if found else None

    @strawberry.field(description="The estate that it stands in.")
    async def estate(self, info: Info) -> Estate | None:
        """See Browse.estates_by_id."""
        found = await info.context.load(loaders.estates, self.kept.estate_id)
        return Estate.of(found) if found else None

    @strawberry.federation.field(
        description="Its households by unit, floor and room; null out of the caller's reach.",
        authenticated=True,
        requires_scopes=scopes_for("steward", "clerk", "secretary"),
    )
    async def households(
        self,
        info: Info,
        unit: Annotated[
            str | None, strawberry.argument(description="Those of one unit alone.")
        ] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection["Household"] | None:
        """See Browse.households_of."""
        page = await info.context.application.archive.browse.households_of(
            actor(info), self.kept, unit=unit, first=checked_first(first), after=place_by_key(after)
        )
        return connection_of(page, Household.of, after=after) if page else None


@strawberry.federation.type(
    keys=["id"], description="A household: a door, and who lives behind it."
)
class Household(OwnersOfHousehold):
    """See residents.domain.archive.places."""

    unit: str | None = strawberry.field(description="Its unit; null where buildings have none.")
    room: str = strawberry.field(description="Its room.")
    area_cm2: int | None = strawberry.field(description="Its area in square centimetres, if known.")
    vacant: bool = strawberry.field(description="Whether nobody is known to live there.")
    kept: strawberry.Private[places.Household]

    @classmethod
    def of(cls, kept: places.Household) -> "Household":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            unit=kept.unit,
            room=kept.room,
            area_cm2=kept.area_cm2,
            vacant=kept.vacant,
            kept=kept,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Household | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.households, str(id))
        return cls.of(found) if found else None

    @strawberry.field(description="Its door as people write it, such as 3号楼2单元501.")
    async def door(self, info: Info) -> str | None:
        """Read of the building."""
        building = await info.context.load(loaders.buildings, self.kept.building_id)
        return self.kept.door_in(building) if building else None

    @strawberry.field(description="The building that it is in.")
    async def building(self, info: Info) -> Building | None:
        """See Browse.buildings_by_id."""
        found = await info.context.load(loaders.buildings, self.kept.building_id)
        return Building.of(found) if found else None

    @strawberry.field(description="Who lives there, masked; the head of the household first.")
    async def residents(self, info: Info) -> list["Resident"] | None:
        """See Browse.residents_of."""
        found = await info.context.load(loaders.residents_of, str(self.id))
        return [Resident.of(each) for each in found]


@strawberry.type(description="A home that somebody left.")
class PastHome:
    """See residents.domain.archive.homes."""

    since: date | None = strawberry.field(description="From which day, if known.")
    until: date | None = strawberry.field(description="Until which day, if known.")
    reason: MoveReason = strawberry.field(description="Why it was left.")
    kept: strawberry.Private[homes.PastHome]

    @classmethod
    def of(cls, kept: homes.PastHome) -> "PastHome":
        """As the graph shows it."""
        reason = MoveReason[kept.reason.name]
        return cls(since=kept.since, until=kept.until, reason=reason, kept=kept)

    @strawberry.field(description="The household; null where the caller may not read it.")
    async def household(self, info: Info) -> Household | None:
        """See Browse.households_by_id."""
        found = await info.context.load(loaders.households, self.kept.household_id)
        return Household.of(found) if found else None


@strawberry.federation.type(
    keys=["id"], description="Somebody who lives, or lived, in the community; masked, always."
)
class Resident:
    """See residents.domain.archive.residents."""

    id: strawberry.ID = strawberry.field(description="The id.")
    state: ResidentState = strawberry.field(description="How certain it is that they live here.")
    masked_name: str | None = strawberry.field(
        description="The first character of the name; null once the person was erased."
    )
    masked_phone: str | None = strawberry.field(description="The phone masked, if there is one.")
    birth_year: int | None = strawberry.field(description="The year of birth, if known.")
    gender: Gender | None = strawberry.field(description="The gender, if known.")
    relation: str | None = strawberry.field(
        description="To the head of the household, as the ledger words it."
    )
    home_since: date | None = strawberry.field(description="The first day at home, if known.")
    kept: strawberry.Private[residents.Resident]

    @classmethod
    def of(cls, kept: residents.Resident) -> "Resident":
        """As the graph shows it."""
        facts = kept.facts
        born = facts.birth_date if facts else None
        return cls(
            id=strawberry.ID(kept.id),
            state=ResidentState.of(kept.state),
            masked_name=masked_name(facts.name) if facts else None,
            masked_phone=masked_phone(facts.phone) if facts and facts.phone else None,
            birth_year=born.year if born else None,
            gender=Gender[facts.gender.name] if facts and facts.gender else None,
            relation=facts.relation if facts else None,
            home_since=kept.home.since if kept.home else None,
            kept=kept,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Resident | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.residents_by_id, str(id))
        return cls.of(found) if found else None

    @strawberry.field(description="The age as of today, in completed years, if known.")
    async def age(self, info: Info) -> int | None:
        """Counted now."""
        facts = self.kept.facts
        if facts is None or facts.birth_date is None:
            return None
        return age_on(facts.birth_date, info.context.application.archive.today())

    @strawberry.field(description="Where they live; null for who moved out.")
    async def household(self, info: Info) -> Household | None:
        """See Browse.households_by_id."""
        if self.kept.home is None:
            return None
        found = await info.context.load(loaders.households, self.kept.home.household_id)
        return Household.of(found) if found else None

    @strawberry.federation.field(
        description="What the office cares for: PARTY_MEMBER, LIVING_ALONE, LOW_INCOME, DISABLED, "
        "VETERAN or a text of its own. Sensitive; null out of the caller's reach.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def tags(self, info: Info) -> list[str] | None:
        """See Browse.tags_of."""
        tags = info.context.application.archive.browse.tags_of(actor(info), self.kept)
        return None if tags is None else list(tags)

    @strawberry.federation.field(
        description="The homes that they left, the last one last; null out of reach.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def history(self, info: Info) -> list[PastHome] | None:
        """See Browse.history_of."""
        past = info.context.application.archive.browse.history_of(actor(info), self.kept)
        return None if past is None else [PastHome.of(home) for home in past]

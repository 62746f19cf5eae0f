"""The types of the graph that this room owns."""
# ruff: noqa: A002 - `id` is the word of the graph

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of

from residents.api.archive import loaders as archive_loaders
from residents.api.context import Info, actor
from residents.api.owners import loaders
from residents.api.owners.enums import OwnerKind, OwnerResidence
from residents.api.paging import After, First, place_by_key
from residents.application.owners import shown
from residents.domain.owners import shares

if TYPE_CHECKING:
    from residents.api.archive.types import Household


@strawberry.type(description="A part of a dwelling, exact, in lowest terms.")
class OwnershipShare:
    """See residents.domain.owners.shares."""

    numerator: int = strawberry.field(description="How many of the parts.")
    denominator: int = strawberry.field(description="Into how many parts the whole is divided.")

    @classmethod
    def of(cls, share: shares.Share) -> "OwnershipShare":
        """As the graph shows it."""
        return cls(numerator=share.numerator, denominator=share.denominator)


@strawberry.federation.type(
    keys=["id"], description="A person or a company that owns, or owned, dwellings here."
)
class Owner:
    """See residents.domain.owners.owner; masked."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: OwnerKind = strawberry.field(description="What they are.")
    masked_name: str | None = strawberry.field(
        description="A person's name masked, a company's in full; null once they were erased."
    )
    masked_phone: str | None = strawberry.field(
        description="Their phone, masked; null where none is known."
    )
    residence: OwnerResidence = strawberry.field(
        description="Whether they live in the community, as far as that can be said."
    )
    resident_id: strawberry.ID | None = strawberry.field(
        description="The resident they are; null for who is none."
    )

    @strawberry.field(description="What they own now, by building and door, within the reach.")
    async def dwellings(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> "Connection[DwellingOwnership] | None":
        """See OwnerQueries.dwellings_of."""
        page = await info.context.application.owners.queries.dwellings_of(
            actor(info), str(self.id), first=checked_first(first), after=place_by_key(after)
        )
        return connection_of(page, DwellingOwnership.of, after=after)

    @classmethod
    def of(cls, owner: shown.ShownOwner) -> "Owner":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(owner.id),
            kind=OwnerKind[owner.kind.name],
            masked_name=owner.name,
            masked_phone=owner.phone,
            residence=OwnerResidence[owner.residence.name],
            resident_id=strawberry.ID(owner.resident_id) if owner.resident_id else None,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Owner | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.owners, str(id))
        return cls.of(found) if found else None


@strawberry.type(description="An owner of a dwelling, and their part.")
class OwnershipStake:
    """See residents.domain.owners.periods."""

    owner: Owner = strawberry.field(description="Who.")
    share: OwnershipShare | None = strawberry.field(
        description="How much; null for each owner when they hold it jointly, without shares."
    )

    @classmethod
    def of(cls, stake: shown.ShownStake) -> "OwnershipStake":
        """As the graph shows it."""
        return cls(
            owner=Owner.of(stake.owner),
            share=OwnershipShare.of(stake.share) if stake.share else None,
        )


@strawberry.type(description="Whose a dwelling is, or was, from a day on.")
class DwellingOwnership:
    """See residents.domain.owners.ownership."""

    household_id: strawberry.ID = strawberry.field(description="The dwelling's id.")
    estate_id: strawberry.ID = strawberry.field(description="The estate that it is in.")
    building_id: strawberry.ID = strawberry.field(description="The building that it is in.")
    valid_from: date = strawberry.field(description="The first day of these owners.")
    is_start_known: bool = strawberry.field(
        description="Whether that is the day of registration; else they owned it by that day."
    )
    until: date | None = strawberry.field(
        description="The day on which others began to own it; null while these do."
    )
    is_joint: bool = strawberry.field(description="Whether they hold it jointly, without shares.")
    stakes: list[OwnershipStake] = strawberry.field(
        description="All owners; their shares are exactly the whole."
    )

    @strawberry.field(description="The dwelling; null where the caller may not see its people.")
    async def household(
        self, info: Info
    ) -> Annotated["Household", strawberry.lazy("residents.api.archive.types")] | None:
        """See the archive."""
        from residents.api.archive.types import Household  # which inherits a field of this type

        found = await info.context.load(archive_loaders.households, str(self.household_id))
        return Household.of(found) if found else None

    @classmethod
    def of(cls, period: shown.ShownPeriod) -> "DwellingOwnership":
        """As the graph shows it."""
        return cls(
            household_id=strawberry.ID(period.dwelling.household_id),
            estate_id=strawberry.ID(period.dwelling.estate_id),
            building_id=strawberry.ID(period.dwelling.building_id),
            valid_from=period.valid_from,
            is_start_known=period.is_start_known,
            until=period.until,
            is_joint=all(stake.share is None for stake in period.stakes),
            stakes=[OwnershipStake.of(stake) for stake in period.stakes],
        )

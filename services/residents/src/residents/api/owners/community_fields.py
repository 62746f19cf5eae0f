"""What a community knows of ownership; Community inherits it."""

from datetime import date, datetime

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    Rate,
    checked_first,
    connection_of,
    rate_of,
)
from chassis.graphql import scopes_for

from residents.api.context import Info, actor
from residents.api.owners.types import DwellingOwnership, Owner
from residents.api.paging import After, First, place_by_id, place_by_key
from residents.application.owners import ownership_figures
from residents.domain.owners.owner import ALL_OWNERS, Residence
from residents.domain.owners.ownership import OwnershipList


async def _dwellings(
    info: Info, of: OwnershipList, first: int, after: str | None
) -> Connection[DwellingOwnership]:
    page = await info.context.application.owners.figures.dwelling_rows(
        actor(info), of, first=checked_first(first), after=place_by_key(after)
    )
    return connection_of(page, DwellingOwnership.of, after=after)


async def _owners(info: Info, of: str, first: int, after: str | None) -> Connection[Owner]:
    page = await info.context.application.owners.figures.owner_rows(
        actor(info), of, first=checked_first(first), after=place_by_id(after)
    )
    return connection_of(page, Owner.of, after=after)


@strawberry.type(description="Share of the dwellings whose owners are known. Nothing is left out.")
class DwellingsWithKnownOwners(Rate):
    """See application.owners.ownership_figures."""

    @strawberry.field(description="The dwellings whose owners are known, by building and door.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[DwellingOwnership] | None:
        """One page."""
        return await _dwellings(info, OwnershipList.KNOWN, first, after)


@strawberry.type(
    description="Share of the dwellings with two owners or more, among those whose owners are "
    "known. Left out: `owners_unknown`."
)
class DwellingsWithCoOwners(Rate):
    """See application.owners.ownership_figures."""

    @strawberry.field(description="The dwellings with two owners or more, by building and door.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[DwellingOwnership] | None:
        """One page."""
        return await _dwellings(info, OwnershipList.CO_OWNED, first, after)


@strawberry.type(
    description="Share of the owners who live elsewhere, among the people who could be looked "
    "for among the residents. Left out: `company`, `not_comparable`."
)
class OwnersLivingElsewhere(Rate):
    """See application.owners.ownership_figures."""

    @strawberry.field(description="The owners who live elsewhere.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Owner] | None:
        """One page."""
        return await _owners(info, Residence.ELSEWHERE.value, first, after)


@strawberry.type(description="Everybody who owns a dwelling now, each counted once.")
class PresentOwners:
    """See application.owners.ownership_figures."""

    count: int = strawberry.field(description="How many.")

    @strawberry.field(description="The owners.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Owner] | None:
        """One page."""
        return await _owners(info, ALL_OWNERS, first, after)


@strawberry.type(description="What is known of who owns the community's dwellings.")
class OwnershipFigures:
    """See application.owners.ownership_figures."""

    register_as_of: date | None = strawberry.field(
        description="The day that the last imported register speaks of."
    )
    counted_at: datetime = strawberry.field(description="When it was counted.")
    dwellings_with_known_owners: DwellingsWithKnownOwners = strawberry.field(
        description="Of how many dwellings the owners are known."
    )
    dwellings_with_co_owners: DwellingsWithCoOwners = strawberry.field(
        description="How many have two owners or more."
    )
    owners: PresentOwners = strawberry.field(description="Who owns something now.")
    owners_living_elsewhere: OwnersLivingElsewhere = strawberry.field(
        description="How many of them do not live here."
    )

    @classmethod
    def of(cls, figures: ownership_figures.OwnershipFigures) -> "OwnershipFigures":
        """As the graph shows it."""
        at, by_residence = figures.counted_at, figures.by_residence
        elsewhere = by_residence[Residence.ELSEWHERE]
        return cls(
            register_as_of=figures.as_of,
            counted_at=at,
            dwellings_with_known_owners=DwellingsWithKnownOwners(
                **rate_of(numerator=figures.known, denominator=figures.dwellings, as_of=at)
            ),
            dwellings_with_co_owners=DwellingsWithCoOwners(
                **rate_of(
                    numerator=figures.co_owned,
                    denominator=figures.known,
                    excluded={"owners_unknown": figures.unknown},
                    as_of=at,
                )
            ),
            owners=PresentOwners(count=figures.owners),
            owners_living_elsewhere=OwnersLivingElsewhere(
                **rate_of(
                    numerator=elsewhere,
                    denominator=elsewhere + by_residence[Residence.HERE],
                    excluded={
                        "company": by_residence[Residence.NOT_A_PERSON],
                        "not_comparable": by_residence[Residence.NOT_COMPARABLE],
                    },
                    as_of=at,
                )
            ),
        )


@strawberry.type(description="A community as far as its dwellings are owned.")
class OwnershipOfCommunity:
    """Community inherits it."""

    @strawberry.federation.field(
        description="Who owns its dwellings, in figures that open their rows.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def ownership(self, info: Info) -> OwnershipFigures | None:
        """See ReadOwnershipFigures."""
        return OwnershipFigures.of(await info.context.application.owners.figures(actor(info)))

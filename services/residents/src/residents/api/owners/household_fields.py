"""What a household says of its owners; the archive's Household inherits it."""

from datetime import date
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for

from residents.api.context import Info, actor
from residents.api.owners import loaders
from residents.api.owners.types import DwellingOwnership

_READERS = scopes_for("resident", "steward", "clerk", "secretary")


@strawberry.type(description="A dwelling as something that is owned.")
class OwnersOfHousehold:
    """The fields need the household's id alone."""

    id: strawberry.ID = strawberry.field(description="Its id.")

    @strawberry.federation.field(
        description="Who owns it on a day; null if that is not known, or not the caller's to "
        "know. A resident reads it of what they own themselves, or owned on that day.",
        authenticated=True,
        requires_scopes=_READERS,
    )
    async def owners(
        self,
        info: Info,
        on: Annotated[
            date | None, strawberry.argument(description="The day; left out: today.")
        ] = None,
    ) -> DwellingOwnership | None:
        """See OwnerQueries.owners_on."""
        found = await info.context.load(loaders.owners_on, (str(self.id), on))
        return DwellingOwnership.of(found) if found else None

    @strawberry.federation.field(
        description="Who owns and owned it, the latest first; of it what the caller may know.",
        authenticated=True,
        requires_scopes=_READERS,
    )
    async def ownership_history(self, info: Info) -> list[DwellingOwnership] | None:
        """See OwnerQueries.history."""
        queries = info.context.application.owners.queries
        found = await queries.history(actor(info), str(self.id))
        return [DwellingOwnership.of(period) for period in found]

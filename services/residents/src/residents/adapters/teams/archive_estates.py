"""The archive's estates, as appointments need them."""

from collections.abc import Sequence
from typing import Protocol

from residents.domain.archive.errors import EstateNotFound
from residents.domain.archive.places import Estate


class ReadableEstates(Protocol):
    """The archive, as far as it is visible."""

    async def estates_by_id(self, community_id: str, ids: Sequence[str]) -> Sequence[Estate | None]:
        """In the order of the ids."""


class ArchiveEstates:
    """See `application.teams.ports.KnownEstates`."""

    def __init__(self, estates: ReadableEstates) -> None:
        self._estates = estates

    async def check_all_there(self, community_id: str, estate_ids: Sequence[str]) -> None:
        """See `KnownEstates.check_all_there`."""
        wanted = sorted(set(estate_ids))
        found = await self._estates.estates_by_id(community_id, wanted) if wanted else []
        if any(estate is None for estate in found):
            raise EstateNotFound

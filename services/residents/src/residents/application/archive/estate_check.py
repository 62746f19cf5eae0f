"""Whether estates are there, for who makes somebody responsible for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from residents.application.archive.reading import ArchiveReading
from residents.domain.archive.errors import EstateNotFound


@dataclass(frozen=True)
class EstateCheck:
    """Asked by the rooms that give scopes."""

    reading: ArchiveReading

    async def check(self, community_id: str, estate_ids: Sequence[str]) -> None:
        """Raises: EstateNotFound unless all of these count in the community."""
        if None in await self.reading.estates_by_id(community_id, estate_ids):
            raise EstateNotFound

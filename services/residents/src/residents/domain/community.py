"""A community: the tenant that everything else belongs to."""

from datetime import date, datetime

import msgspec

from residents.domain.naming import checked_name


class Community(msgspec.Struct, frozen=True, kw_only=True):
    """A community. It is its own tenant, so `community_id` is its `id`."""

    id: str
    community_id: str
    name: str
    founded_on: date | None
    created_at: datetime
    version: int = 0

    @classmethod
    def found(
        cls, community_id: str, *, name: str, founded_on: date | None, at: datetime
    ) -> "Community":
        """Raises: NameInvalid."""
        return cls(
            id=community_id,
            community_id=community_id,
            name=checked_name(name),
            founded_on=founded_on,
            created_at=at,
        )

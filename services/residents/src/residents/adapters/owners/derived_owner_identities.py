"""Ids derived from what a thing is, so that a repeat finds its like."""

from collections.abc import Callable, Sequence

from chassis.ids import derived_id


class DerivedOwnerIdentities:
    """See `ports.OwnerIdentities`."""

    def __init__(self, keyed_hash: Callable[[str, str], str]) -> None:
        self._keyed_hash = keyed_hash

    def register(self, community_id: str) -> str:
        """See `OwnerIdentities.register`."""
        return derived_id("owners_register", community_id)

    def ownership(self, household_id: str) -> str:
        """See `OwnerIdentities.ownership`."""
        return derived_id("ownership", household_id)

    def owner(self, community_id: str, mark: str) -> str:
        """See `OwnerIdentities.owner`."""
        return derived_id("owner", community_id, mark)

    def person_key(self, owner_id: str) -> str:
        """See `OwnerIdentities.person_key`."""
        return derived_id("person", owner_id)

    def owners_mark(self, owner_ids: Sequence[str]) -> str:
        """See `OwnerIdentities.owners_mark`."""
        return self._keyed_hash("owners", ",".join(owner_ids))

    def keyed_hash(self, kind: str, value: str) -> str:
        """See `OwnerIdentities.keyed_hash`."""
        return self._keyed_hash(kind, value)

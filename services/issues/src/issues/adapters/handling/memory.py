"""The ports of the handling in memory, for tests of what stands on them."""

from collections.abc import Sequence


class MemoryKnownAccounts:
    """The port `KnownAccounts`."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[int, frozenset[str]]] = {}

    async def learn(
        self, community_id: str, account_id: str, roles: Sequence[str], *, sequence: int
    ) -> None:
        """See `StoredKnownAccounts.learn`."""
        known = self._known.get((community_id, account_id))
        if known is None or known[0] < sequence:
            self._known[community_id, account_id] = sequence, frozenset(roles)

    async def roles_of(self, community_id: str, account_ids: Sequence[str]) -> list[frozenset[str]]:
        """See the port."""
        nothing = (0, frozenset[str]())
        return [self._known.get((community_id, each), nothing)[1] for each in account_ids]

"""The ports of joining, kept in this process: they pass the contract tests of the real ones."""

from datetime import datetime

from chassis.testing import MemoryAggregates

from outreach.application.joining_ports import NewLink
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.commenters import Commenter
from outreach.domain.errors import BoundAccountNotFound, CommenterNotFound


class MemoryCommenters(MemoryAggregates[Commenter]):
    """Commenters in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: CommenterNotFound())

    async def find(self, community_id: str, commenter_id: str) -> Commenter | None:
        """None for one that nobody has met."""
        return (await self.get_many(community_id, [commenter_id]))[0]

    async def of_union(self, community_id: str, union_mark: str) -> list[Commenter]:
        """By the mark."""
        return [
            it for it in self.all if (it.community_id, it.union_mark) == (community_id, union_mark)
        ]

    async def joined_to(self, community_id: str, account_id: str) -> list[Commenter]:
        """By the account."""
        return [
            it
            for it in self.all
            if it.community_id == community_id
            and it.joined is not None
            and it.joined.account_id == account_id
        ]

    async def due(self, at: datetime, *, limit: int) -> list[Commenter]:
        """Longest due first."""
        due = [(it.due_at, it) for it in self.all if it.due_at is not None and it.due_at <= at]
        due.sort(key=lambda pair: pair[0])
        return [it for _, it in due[:limit]]


class MemoryBoundAccounts(MemoryAggregates[BoundAccount]):
    """Accounts in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: BoundAccountNotFound())

    async def find(self, community_id: str, account_id: str) -> BoundAccount | None:
        """None for one that was never bound."""
        return (await self.get_many(community_id, [account_id]))[0]

    async def of_union(self, community_id: str, union_mark: str) -> list[BoundAccount]:
        """By the mark, in the order of the ids."""
        found = [
            it for it in self.all if (it.community_id, it.union_mark) == (community_id, union_mark)
        ]
        return sorted(found, key=lambda it: it.id)


class CountedJoinLinks:
    """Links whose codes a test can foretell: code-1, code-2 and so on."""

    def __init__(self) -> None:
        self.made = 0

    def new(self) -> NewLink:
        """The next one."""
        self.made += 1
        code = f"code-{self.made}"
        return NewLink(f"https://linli.example/join#{code}", self.mark_of(code))

    def mark_of(self, code: str) -> str:
        """Something else than the code."""
        return f"mark of {code.strip().lower()}"


class NoJoinLinks:
    """A system that has no page for links."""

    def new(self) -> None:
        """None."""

    def mark_of(self, code: str) -> str:
        """Something that no comment has."""
        return f"mark of {code}"

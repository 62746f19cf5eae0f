"""What the use cases of joining need of the world outside, beside `ports`."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec
from chassis.requests import Request

from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.commenters import Commenter
from outreach.domain.events import Event


class Commenters(Protocol):
    """The commenters of all communities."""

    async def add(
        self,
        aggregate: Commenter,
        events: Sequence[Event] = (),
        *,
        request: Request | None = None,
    ) -> Commenter:
        """Store once; a repeat gets the stored one."""

    async def find(self, community_id: str, commenter_id: str) -> Commenter | None:
        """None for one that nobody has met."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[Commenter], tuple[Commenter, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> Commenter:
        """Apply a transition. Raises: CommenterNotFound."""

    async def of_union(self, community_id: str, union_mark: str) -> list[Commenter]:
        """One person, as each official account knows them."""

    async def joined_to(self, community_id: str, account_id: str) -> list[Commenter]:
        """Those whose comments go to an account."""

    async def due(self, at: datetime, *, limit: int) -> list[Commenter]:
        """Of every community: where there is something to find out or to do, longest due first."""


class BoundAccounts(Protocol):
    """The accounts of all communities that residents told of."""

    async def add(
        self,
        aggregate: BoundAccount,
        events: Sequence[Event] = (),
        *,
        request: Request | None = None,
    ) -> BoundAccount:
        """Store once; a repeat gets the stored one."""

    async def find(self, community_id: str, account_id: str) -> BoundAccount | None:
        """None for one that was never bound."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[BoundAccount], tuple[BoundAccount, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> BoundAccount:
        """Apply a transition."""

    async def of_union(self, community_id: str, union_mark: str) -> list[BoundAccount]:
        """Those of one WeChat user, bound or not any more, by id."""


class NewLink(msgspec.Struct, frozen=True):
    """A link just made: its address, which nobody keeps, and the mark of the code in it."""

    address: str
    mark: str


class JoinLinks(Protocol):
    """Links by which a person takes a matter over."""

    def new(self) -> NewLink | None:
        """A link that nobody can guess; None where no address was set up for them."""

    def mark_of(self, code: str) -> str:
        """The keyed hash of a code as somebody gave it."""


class UnionMarks(Protocol):
    """What residents and outreach both know a WeChat user by."""

    def __call__(self, unionid: str) -> str:
        """A keyed hash of a unionid."""

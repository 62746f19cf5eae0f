"""The stores in memory, for unit tests; they pass the contract tests of the real ones."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from chassis.aggregates import Page
from chassis.testing import MemoryAggregates

from residents.application.hourly_limit import NothingCounted
from residents.application.ports import Cursor, NoAttempts, NoSigningKeys, UnknownLogin
from residents.domain.account import Account, AccountState
from residents.domain.attempts import LoginAttempts
from residents.domain.community import Community
from residents.domain.errors import AccountNotFound, CommunityNotFound, SessionNotFound
from residents.domain.hourly_counts import HourlyCount
from residents.domain.login import AccountRef, LoginIdentity
from residents.domain.logins.errors import BindingNotFound
from residents.domain.session import Session
from residents.domain.signing_keys import SigningKeys

T = TypeVar("T", Account, Session)


class MemoryCommunities(MemoryAggregates[Community]):
    """Communities in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: CommunityNotFound())


class MemoryAccounts(MemoryAggregates[Account]):
    """Accounts in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: AccountNotFound())

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Account]:
        """See `Accounts.newest_first`."""
        staff = [each for each in self._of(community_id) if each.is_staff]
        return _page(staff, _place, first=first, after=after, newest_first=True)

    async def invited(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Account]:
        """See `Accounts.invited`."""
        invited = [e for e in self._of(community_id) if e.state is AccountState.INVITED]
        return _page(invited, _place, first=first, after=after, newest_first=True)

    async def with_reset(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Account]:
        """See `Accounts.with_reset`."""
        asked = [each for each in self._of(community_id) if each.credential_reset]
        return _page(asked, _reset_place, first=first, after=after, newest_first=True)

    async def of_binding(self, community_id: str, binding_id: str) -> Account:
        """See `Accounts.of_binding`."""
        for account in self._of(community_id):
            if binding_id in {binding.id for binding in account.bindings}:
                return account
        raise BindingNotFound

    async def with_waiting_bindings(
        self, community_id: str, estate_ids: Sequence[str] | None, *, first: int,
        after: Cursor | None,
    ) -> Page[Account]:  # fmt: skip
        """See `Accounts.with_waiting_bindings`."""
        waiting = [
            account
            for account in self._of(community_id)
            if account.waiting_since is not None
            and (estate_ids is None or set(estate_ids) & set(account.waiting_estates))
        ]
        return _page(waiting, _waiting_place, first=first, after=after)

    async def with_roles_to_tell(self, at: datetime, *, limit: int) -> list[Account]:
        """See `Accounts.with_roles_to_tell`."""
        due = [each for each in self.all if each.roles_change_at and each.roles_change_at <= at]
        return due[:limit]

    def _of(self, community_id: str) -> list[Account]:
        return [kept for kept in self.all if kept.community_id == community_id]


class MemoryLogins(MemoryAggregates[LoginIdentity]):
    """Logins in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=UnknownLogin)


class MemoryAttemptCounts(MemoryAggregates[LoginAttempts]):
    """Counts of attempts in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=NoAttempts)


class MemoryHourlyCounts(MemoryAggregates[HourlyCount]):
    """What accounts did in the last hour, in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=NothingCounted)

    def id_of(self, community_id: str, account_id: str) -> str:
        """See `HourlyCounts.id_of`."""
        return f"count_of_{community_id}_{account_id}"


class MemorySessions(MemoryAggregates[Session]):
    """Sessions in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: SessionNotFound())

    async def standing_of(self, account_id: str) -> list[Session]:
        """See `Sessions.standing_of`."""
        return [
            session
            for session in self.all
            if session.account.account_id == account_id and session.revoked_at is None
        ]

    async def begun_since(
        self, account: AccountRef, at: datetime, *, first: int, after: Cursor | None
    ) -> Page[Session]:
        """See `Sessions.begun_since`."""
        standing = [
            session
            for session in await self.standing_of(account.account_id)
            if session.account == account and session.created_at > at
        ]
        return _page(standing, _place, first=first, after=after, newest_first=True)

    async def revoked_since(self, at: datetime) -> list[Session]:
        """See `Sessions.revoked_since`."""
        revoked = [(session.revoked_at, session) for session in self.all if session.revoked_at]
        recent = [entry for entry in revoked if entry[0] >= at]
        return [session for _, session in sorted(recent, key=lambda entry: entry[0])]


class MemorySigningKeySets(MemoryAggregates[SigningKeys]):
    """The signing keys in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=NoSigningKeys)


def _place(each: Account | Session) -> Cursor:
    return each.created_at, each.id


def _reset_place(account: Account) -> Cursor:
    asked = account.credential_reset
    return asked.requested_at if asked else account.created_at, account.id


def _waiting_place(account: Account) -> Cursor:
    return account.waiting_since, account.id


def _page(
    found: list[T], place: Callable[[T], Cursor], *, first: int, after: Cursor | None,
    newest_first: bool = False,
) -> Page[T]:  # fmt: skip
    listed = sorted(found, key=place, reverse=newest_first)
    rest = [
        each for each in listed if after is None or _is_beyond(place(each), after, newest_first)
    ]
    return Page(rest[:first], [place(each) for each in rest[:first]], len(rest) > first)


def _is_beyond(place: Cursor, after: Cursor, newest_first: bool) -> bool:
    return place < after if newest_first else place > after

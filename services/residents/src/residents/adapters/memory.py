"""The stores in memory, for unit tests; they pass the contract tests of the real ones."""

from datetime import datetime

from chassis.aggregates import Page
from chassis.testing import MemoryAggregates

from residents.application.ports import Cursor, NoAttempts, NoSigningKeys, UnknownLogin
from residents.domain.account import Account
from residents.domain.attempts import LoginAttempts
from residents.domain.community import Community
from residents.domain.errors import AccountNotFound, CommunityNotFound, SessionNotFound
from residents.domain.login import LoginIdentity
from residents.domain.session import Session
from residents.domain.signing_keys import SigningKeys


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
        of_community = [kept for kept in self.all if kept.community_id == community_id]
        listed = sorted(of_community, key=_place, reverse=True)
        rest = [account for account in listed if after is None or _place(account) < after]
        return Page(rest[:first], [_place(account) for account in rest[:first]], len(rest) > first)


class MemoryLogins(MemoryAggregates[LoginIdentity]):
    """Logins in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=UnknownLogin)


class MemoryAttemptCounts(MemoryAggregates[LoginAttempts]):
    """Counts of attempts in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=NoAttempts)


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

    async def revoked_since(self, at: datetime) -> list[Session]:
        """See `Sessions.revoked_since`."""
        revoked = [(session.revoked_at, session) for session in self.all if session.revoked_at]
        recent = [entry for entry in revoked if entry[0] >= at]
        return [session for _, session in sorted(recent, key=lambda entry: entry[0])]


class MemorySigningKeySets(MemoryAggregates[SigningKeys]):
    """The signing keys in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=NoSigningKeys)


def _place(account: Account) -> Cursor:
    return account.created_at, account.id

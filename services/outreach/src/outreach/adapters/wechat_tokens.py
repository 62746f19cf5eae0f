"""Access tokens by /cgi-bin/stable_token, kept until shortly before they end."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec

from outreach.domain.channels import OfficialAccount

RENEWED_BEFORE_END = timedelta(minutes=5)
Now = Callable[[], datetime]


class IssuedToken(msgspec.Struct, frozen=True):
    """What WeChat issued."""

    access_token: str
    expires_in: int


Issue = Callable[[OfficialAccount, bool], Awaitable[IssuedToken]]
"""Asks WeChat for a token; the flag forces a new one."""


class _Kept(msgspec.Struct, frozen=True):
    token: str
    until: datetime


class Holder(msgspec.Struct, frozen=True):
    """Whose a token is: an AppID is public, so only with the secret does it name somebody."""

    app_id: str
    secret_digest: bytes

    @classmethod
    def of(cls, account: OfficialAccount) -> "Holder":
        """The holder of these credentials."""
        return cls(account.app_id, hashlib.sha256(account.app_secret.encode()).digest())


class AccessTokens:
    """One token for the same credentials, renewed when it is old or WeChat no longer takes it."""

    def __init__(self, issue: Issue, now: Now) -> None:
        self._issue = issue
        self._now = now
        self._kept: dict[Holder, _Kept] = {}
        self._locks: defaultdict[Holder, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def current(self, account: OfficialAccount) -> str:
        """A token that should be good."""
        holder = Holder.of(account)
        async with self._locks[holder]:
            kept = self._kept.get(holder)
            if kept is not None and self._now() < kept.until:
                return kept.token
            return await self._renew(account, force=False)

    async def instead_of(self, account: OfficialAccount, refused: str) -> str:
        """Another token than the one that WeChat has just refused.

        Asked plainly WeChat gives the token in force, which somebody else may have renewed;
        only if that is the refused one is a new one forced: there are 20 of those a day.
        """
        holder = Holder.of(account)
        async with self._locks[holder]:
            kept = self._kept.get(holder)
            if kept is not None and kept.token != refused:
                return kept.token
            token = await self._renew(account, force=False)
            return await self._renew(account, force=True) if token == refused else token

    async def _renew(self, account: OfficialAccount, *, force: bool) -> str:
        issued = await self._issue(account, force)
        life = timedelta(seconds=issued.expires_in)
        until = self._now() + max(life - RENEWED_BEFORE_END, life / 2)
        self._kept[Holder.of(account)] = _Kept(issued.access_token, until)
        return issued.access_token

"""Access tokens by /cgi-bin/stable_token, kept until shortly before they end."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec

from wechat.credentials import AppCredentials, Holder

RENEWED_BEFORE_END = timedelta(minutes=5)
Now = Callable[[], datetime]


class IssuedToken(msgspec.Struct, frozen=True):
    """What WeChat issued."""

    access_token: str
    expires_in: int


Issue = Callable[[AppCredentials, bool], Awaitable[IssuedToken]]
"""Asks WeChat for a token; the flag forces a new one."""


class _Kept(msgspec.Struct, frozen=True):
    token: str
    until: datetime


class AccessTokens:
    """One token for the same credentials, renewed when it is old or WeChat no longer takes it."""

    def __init__(self, issue: Issue, now: Now) -> None:
        self._issue = issue
        self._now = now
        self._kept: dict[Holder, _Kept] = {}
        self._locks: defaultdict[Holder, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def current(self, app: AppCredentials) -> str:
        """A token that should be good."""
        holder = Holder.of(app)
        async with self._locks[holder]:
            kept = self._kept.get(holder)
            if kept is not None and self._now() < kept.until:
                return kept.token
            return await self._renew(app, force=False)

    async def instead_of(self, app: AppCredentials, refused: str) -> str:
        """Another token than the one that WeChat has just refused.

        Asked plainly WeChat gives the token in force, which somebody else may have renewed;
        only if that is the refused one is a new one forced: there are 20 of those a day.
        """
        holder = Holder.of(app)
        async with self._locks[holder]:
            kept = self._kept.get(holder)
            if kept is not None and kept.token != refused:
                return kept.token
            token = await self._renew(app, force=False)
            return await self._renew(app, force=True) if token == refused else token

    async def _renew(self, app: AppCredentials, *, force: bool) -> str:
        issued = await self._issue(app, force)
        life = timedelta(seconds=issued.expires_in)
        until = self._now() + max(life - RENEWED_BEFORE_END, life / 2)
        self._kept[Holder.of(app)] = _Kept(issued.access_token, until)
        return issued.access_token

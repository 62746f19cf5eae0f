"""What the use cases need from outside."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec
from chassis.requests import Request

from residents.domain.account import Account
from residents.domain.attempts import LoginAttempts
from residents.domain.community import Community
from residents.domain.events import Event
from residents.domain.login import AccountRef, LoginIdentity
from residents.domain.roles import RoleGrant
from residents.domain.session import Client, Session
from residents.domain.signing_keys import SigningKey, SigningKeys

A = TypeVar("A")
Cursor = tuple[object, ...]
Now = Callable[[], datetime]
NewSecret = Callable[[], str]
"""Gives a random string that cannot be guessed."""


class Kept(Protocol[A]):
    """The aggregates of one kind, each read and written as a whole.

    `community_id` is the tenant: another's id is not found. It is "" for what is global.
    """

    async def add(
        self, aggregate: A, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> A:
        """Store a new one once. Returns: the stored one, also for a repeat.

        Raises: RequestIdReused.
        """

    async def get(self, community_id: str, aggregate_id: str) -> A:
        """Read one. Raises: the kind's …NotFound."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[A | None]:
        """Read many in one query, in the order of the ids."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[A], tuple[A, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> A:
        """Read, apply, write state and events at once. Returns: the one after it.

        Raises: the kind's …NotFound; what the transition raises; RequestIdReused.
        """


class AccountPage(Protocol):
    """Some of a list of accounts."""

    @property
    def items(self) -> Sequence[Account]:
        """The accounts."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each is in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class Communities(Kept[Community], Protocol):
    """get and change raise CommunityNotFound."""


class Accounts(Kept[Account], Protocol):
    """get and change raise AccountNotFound."""

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> AccountPage:
        """The accounts of a community's staff."""

    async def invited(self, community_id: str, *, first: int, after: Cursor | None) -> AccountPage:
        """Those that wait for their person, the newest first."""

    async def with_reset(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> AccountPage:
        """Those whose credentials somebody wants reset, the newest request first."""

    async def of_binding(self, community_id: str, binding_id: str) -> Account:
        """The one that has this binding. Raises: BindingNotFound."""

    async def with_waiting_bindings(
        self, community_id: str, estate_ids: Sequence[str] | None, *, first: int,
        after: Cursor | None,
    ) -> AccountPage:  # fmt: skip
        """Those with a binding to be verified, who waits longest first.

        Args:
            estate_ids: in one of these estates; None for the whole community.
        """

    async def with_roles_to_tell(self, at: datetime, *, limit: int) -> Sequence[Account]:
        """Those of all communities whose roles a term has changed by then."""


class UnknownLogin(Exception):
    """Nobody has this username. It never leaves the application."""


class Logins(Kept[LoginIdentity], Protocol):
    """Global. get and change raise UnknownLogin."""


class NoAttempts(Exception):
    """Nobody tried this name or address lately. It never leaves the application."""


class AttemptCounts(Kept[LoginAttempts], Protocol):
    """Global. get and change raise NoAttempts."""


class SessionPage(Protocol):
    """Some of a list of sessions."""

    @property
    def items(self) -> Sequence[Session]:
        """The sessions."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each is in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class Sessions(Kept[Session], Protocol):
    """Global. get and change raise SessionNotFound."""

    async def begun_since(
        self, account: AccountRef, at: datetime, *, first: int, after: Cursor | None
    ) -> SessionPage:
        """An account's sessions begun after that and not revoked, the newest first."""

    async def standing_of(self, account_id: str) -> list[Session]:
        """The sessions of an account that were not revoked, whatever their community."""

    async def revoked_since(self, at: datetime) -> list[Session]:
        """Every session revoked at or after that, oldest first."""


class NoSigningKeys(Exception):
    """The service has not made its keys yet."""


class SigningKeySets(Kept[SigningKeys], Protocol):
    """Global, and there is one. get and change raise NoSigningKeys."""


class Passwords(Protocol):
    """Slow hashes of passwords."""

    async def hash(self, password: str) -> str:
        """Hash one, off the event loop."""

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Compare; without a hash it takes as long and says no."""


class NewTotp(msgspec.Struct, frozen=True):
    """A secret just made, once in clear for the person's own device."""

    secret: str
    sealed: bytes


class TotpCodes(Protocol):
    """Time-based one-time passwords (RFC 6238): six digits, 30 seconds, SHA-1."""

    def new_secret(self) -> NewTotp:
        """Make a secret."""

    def reveal(self, sealed: bytes) -> str:
        """A secret in clear again."""

    def otpauth_uri(self, secret: str, *, username: str) -> str:
        """What an authenticator app reads from a QR code."""

    def step_of(self, sealed: bytes, code: str, at: datetime) -> int | None:
        """The step whose code this is, at most one away from now; None for a wrong code."""


class EstateRegister(Protocol):
    """Which estates there are."""

    async def check(self, community_id: str, estate_ids: Sequence[str]) -> None:
        """Whether all of these are of the community. Raises: EstateNotFound."""


class SigningKeyPairs(Protocol):
    """Makes Ed25519 key pairs."""

    def new(self) -> SigningKey:
        """Make one, its private part sealed."""


class AccessClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What an access token says."""

    account: AccountRef
    session_id: str
    client: Client
    roles: tuple[RoleGrant, ...]
    issued_at: datetime
    expires_at: datetime


class AccessTokens(Protocol):
    """Signs access tokens with the active key."""

    async def issue(self, claims: AccessClaims) -> str:
        """A JWT."""

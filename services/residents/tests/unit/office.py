"""A community in memory, with quick stand-ins for slow hashes and real clocks."""

import itertools
from datetime import datetime

from chassis.ids import derived_id
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from residents.adapters.logins.memory import MemoryEstateRegister
from residents.adapters.memory import (
    MemoryAccounts,
    MemoryAttemptCounts,
    MemoryCommunities,
    MemoryLogins,
    MemorySessions,
)
from residents.application.attempt_limits import Attempt
from residents.application.create_community import Founded, NewCommunity
from residents.application.create_staff_account import Invited, NewStaff
from residents.application.log_in_staff import LoginProof
from residents.application.ports import AccessClaims, NewTotp
from residents.application.residents import Ports, Residents
from residents.application.token_pair import LoggedIn
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.session import Client

PASSWORD = "five-estates-39"


class QuickPasswords:
    """Hashes by writing the password down."""

    def __init__(self) -> None:
        self.verified = 0

    async def hash(self, password: str) -> str:
        return f"hash of {password}"

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.verified += 1
        return password_hash == f"hash of {password}"


class QuickTotpCodes:
    """The code is the step's number."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def new_secret(self) -> NewTotp:
        secret = f"SECRET{next(self._numbers)}"
        return NewTotp(secret, secret.encode())

    def reveal(self, sealed: bytes) -> str:
        return sealed.decode()

    def otpauth_uri(self, secret: str, *, username: str) -> str:
        return f"otpauth://totp/{username}?secret={secret}"

    def code(self, secret: str, at: datetime) -> str:
        return f"{secret}:{int(at.timestamp()) // 30}"

    def step_of(self, sealed: bytes, code: str, at: datetime) -> int | None:
        right = self.code(sealed.decode(), at)
        return int(at.timestamp()) // 30 if code == right else None


class ReadableTokens:
    """The token is its claims."""

    def __init__(self) -> None:
        self.issued: list[AccessClaims] = []

    async def issue(self, claims: AccessClaims) -> str:
        self.issued.append(claims)
        return f"token {len(self.issued)} of {claims.session_id}"


class Office:
    """The service in memory, and the things people do with it."""

    def __init__(self) -> None:
        self.now = FrozenClock()
        self.communities = MemoryCommunities()
        self.accounts = MemoryAccounts()
        self.logins = MemoryLogins()
        self.attempts = MemoryAttemptCounts()
        self.sessions = MemorySessions()
        self.passwords = QuickPasswords()
        self.totp = QuickTotpCodes()
        self.tokens = ReadableTokens()
        self.estates = MemoryEstateRegister("estate_a", "estate_b", "estate_c")
        self._numbers = itertools.count(1)
        self.residents = Residents(self.ports())

    def ports(self) -> Ports:
        return Ports(
            communities=self.communities,
            accounts=self.accounts,
            logins=self.logins,
            attempts=self.attempts,
            sessions=self.sessions,
            passwords=self.passwords,
            totp=self.totp,
            access_tokens=self.tokens,
            estates=self.estates,
            invitation_secret=lambda account_id: f"secret-of-{account_id}",
            new_secret=lambda: f"secret-{next(self._numbers)}",
            now=self.now,
        )

    @property
    def writes(self) -> int:
        stores = (self.communities, self.accounts, self.logins, self.attempts, self.sessions)
        return sum(store.writes for store in stores)

    async def found(
        self, *, request_id: str = "r1", username: str = "secretary", name: str = "八家庄",
        password: str = PASSWORD,
    ) -> Founded:  # fmt: skip
        new = NewCommunity(
            community_id=derived_id("community", "cli", request_id),
            account_id=derived_id("account", "cli", request_id),
            login_id=derived_id("login", username),
            name=name,
            founded_on=None,
            secretary_username=username,
            secretary_name="陈书记",
            secretary_password=password,
        )
        request = REQUESTS.request_for("cli", request_id, name=name, username=username)
        return await self.residents.create_community(new, request=request)

    async def invite(
        self, actor: Actor, *, request_id: str = "i1", username: str = "clerk",
        role: Role = Role.CLERK, scope: tuple[str, ...] | None = None, name: str = "李干事",
    ) -> Invited:  # fmt: skip
        new = NewStaff(
            account_id=derived_id("account", actor.account_id, request_id),
            login_id=derived_id("login", username),
            username=username,
            display_name=name,
            grant=RoleGrant(role, scope),
        )
        request = self.request(actor, request_id, username=username, name=name, role=role)
        return await self.residents.create_staff_account(actor, new, request=request)

    async def log_in(
        self, username: str, secret: str | None, *, password: str = PASSWORD,
        code: str | None = None, address: str = "10.0.0.1",
    ) -> LoggedIn:  # fmt: skip
        proof = LoginProof(
            login_id=derived_id("login", username),
            password=password,
            totp_code=self.totp.code(secret or "", self.now()) if code is None else code,
        )
        attempt = Attempt(f"username {username}", f"address {address}")
        session_id = f"session_{next(self._numbers)}"
        return await self.residents.log_in_staff(
            proof, attempt=attempt, client=Client.CONSOLE, session_id=session_id
        )

    def actor(self, founded: Founded) -> Actor:
        """The first secretary."""
        return actor_of(founded.community.id, founded.account.id, Role.SECRETARY)

    async def clerk(self, secretary: Actor) -> tuple[Actor, str]:
        """An active clerk, and the secret of their device."""
        invited = await self.invite(secretary)
        active = await self.residents.activate_staff_account(invited.invitation_code, PASSWORD)
        return actor_of(active.account.community_id, active.account.id, Role.CLERK), (
            active.totp_secret
        )

    def request(self, actor: Actor, request_id: str, **inputs: object) -> Request:
        return REQUESTS.request_for(actor.account_id, request_id, **inputs)


def actor_of(
    community_id: str, account_id: str, role: Role, *, scope: tuple[str, ...] | None = None,
    session_id: str = "",
) -> Actor:  # fmt: skip
    return Actor(account_id, community_id, session_id, (RoleGrant(role, scope),))

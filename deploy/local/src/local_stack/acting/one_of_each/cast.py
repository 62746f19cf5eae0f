"""One person of each role in one community, with real accounts, sessions and tokens.

Most roles cannot log in yet; their accounts are written into the archive as a login would find
them, and their tokens signed with the service's own key.
"""

from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import utc_now
from chassis.encryption import SecretBox
from chassis.ids import derived_id, new_id
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from residents.adapters.argon2_passwords import Argon2Passwords
from residents.adapters.ed25519_key_pairs import Ed25519KeyPairs
from residents.adapters.jwt_access_tokens import JwtAccessTokens
from residents.adapters.key_ring import KeyRing
from residents.adapters.mongo import (
    MongoAccounts,
    MongoCommunities,
    MongoLogins,
    MongoSessions,
    MongoSigningKeySets,
    account_codec,
)
from residents.adapters.pyotp_totp_codes import PyotpTotpCodes
from residents.application.ports import AccessClaims
from residents.application.rotate_signing_key import EnsureSigningKeys
from residents.bootstrap import rooms
from residents.domain.account import Account, AccountState
from residents.domain.community import Community
from residents.domain.login import GLOBAL, AccountRef, Credentials, LoginIdentity
from residents.domain.roles import Role, RoleGrant
from residents.domain.session import Client, Session
from residents.settings import ResidentsSettings

_TOKEN_LIFE = timedelta(minutes=9)


@dataclass(frozen=True)
class Person:
    """Somebody with a session.

    Attributes:
        scope: what the role is held for; None for the whole community.
    """

    account: AccountRef
    role: str
    session_id: str
    scope: tuple[str, ...] | None = None


class Cast:
    """Makes people."""

    def __init__(self, settings: ResidentsSettings) -> None:
        wrapping_keys = settings.wrapping_keys()
        self.store = Store.connect(
            settings.mongodb_uri.get_secret_value(), settings.mongodb_database
        )
        key_sets, key_pairs = (
            MongoSigningKeySets(self.store),
            Ed25519KeyPairs(SecretBox(wrapping_keys)),
        )
        ring = KeyRing(
            EnsureSigningKeys(key_sets, key_pairs, derived_id("keys", "signing"), utc_now),
            now=utc_now,
        )
        person_keys = PersonKeys(self.store, wrapping_keys, now=utc_now)
        self.rooms = rooms.build(settings)
        self._communities = MongoCommunities(self.store)
        self._accounts = MongoAccounts(self.store, codec=account_codec(person_keys))
        self._sessions = MongoSessions(self.store)
        self._logins = MongoLogins(self.store)
        self._passwords = Argon2Passwords()
        self._totp = PyotpTotpCodes(SecretBox(wrapping_keys))
        self._tokens = JwtAccessTokens(
            ring, key_pairs, issuer=settings.token_issuer, audience=settings.token_audience
        )

    async def community(self) -> str:
        """Found a community without anybody in it. Returns: its id."""
        made = Community.found(new_id("community"), name="试验社区", founded_on=None, at=utc_now())
        return (await self._communities.add(made)).id

    async def account(self, community_id: str, role: str) -> AccountRef:
        """Write an account of this role into the archive."""
        at = utc_now()
        account = Account(
            id=new_id("account"),
            community_id=community_id,
            login_id=new_id("login"),
            username=f"{role}-{new_id('u').lower()[-6:]}",
            display_name=f"某{role}",
            roles=(RoleGrant(Role(role)),),
            state=AccountState.ACTIVE,
            invitation=None,
            created_at=at,
            created_by=None,
        )
        await self._accounts.add(account, [account.roles_news(at)])
        return AccountRef(community_id, account.id)

    async def credentials(self, account: AccountRef) -> tuple[str, str]:
        """Give an account a password and a device. Returns: the password, the TOTP secret."""
        kept = await self._accounts.get(account.community_id, account.account_id)
        password, totp = f"five-estates-{new_id('p')[-6:]}", self._totp.new_secret()
        login = await self._logins.add(
            LoginIdentity(
                id=kept.login_id,
                username=str(kept.username),
                account=account,
                reserved_until=utc_now(),
            )
        )
        attempt = login.credentials.attempt + 1 if login.credentials else 1
        password_hash = await self._passwords.hash(password)
        chosen = Credentials(password_hash, totp.sealed, attempt)
        await self._logins.change(
            GLOBAL, login.id, lambda login: login.set_credentials(account, chosen)
        )
        return password, totp.secret

    async def session(self, account: AccountRef) -> Session:
        """Begin a session of an account."""
        return await self._sessions.add(
            Session.start(
                new_id("session"),
                account=account,
                client=Client.CONSOLE,
                session_secret="permission matrix",
                refresh_secret="permission matrix",
                at=utc_now(),
            )
        )

    async def person(self, community_id: str, role: str) -> Person:
        """Make somebody of this role, logged in."""
        account = await self.account(community_id, role)
        return Person(account, role, (await self.session(account)).id)

    async def token(self, person: Person) -> str:
        """Sign a token for somebody, new each time: a long run outlives any one."""
        at = utc_now()
        return await self._tokens.issue(
            AccessClaims(
                account=person.account,
                session_id=person.session_id,
                client=Client.CONSOLE,
                roles=(RoleGrant(Role(person.role), person.scope),),
                issued_at=at,
                expires_at=at + _TOKEN_LIFE,
            )
        )

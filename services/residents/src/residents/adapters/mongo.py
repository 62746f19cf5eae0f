"""The stores in MongoDB, and the indexes that their queries use."""

from datetime import datetime, timedelta

from chassis.aggregates import Aggregates, Codec, Page
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Index, Store
from chassis.person_keys import PersonKeys

from residents.application.ports import Cursor, NoAttempts, NoSigningKeys, UnknownLogin
from residents.domain.account import Account
from residents.domain.attempts import LoginAttempts
from residents.domain.community import Community
from residents.domain.errors import AccountNotFound, CommunityNotFound, SessionNotFound
from residents.domain.events import SERVICE_TOPIC
from residents.domain.login import LoginIdentity
from residents.domain.session import Session
from residents.domain.signing_keys import SigningKeys

OUTBOXES = ("accounts", "sessions")
"""The collections whose documents carry events."""

_SESSIONS_KEPT_SECONDS = int(timedelta(days=7).total_seconds())
_NEWEST_FIRST = (("created_at", -1), ("_id", -1))

INDEXES = (
    Index(collection="accounts", keys=(("community_id", 1), *_NEWEST_FIRST)),
    Index(collection="sessions", keys=(("account.account_id", 1), ("revoked_at", 1))),
    Index(collection="sessions", keys=(("revoked_at", 1),)),
    # An event not yet published goes with its document: a week is longer than any outage.
    Index(
        collection="sessions",
        keys=(("expires_at", 1),),
        expire_after_seconds=_SESSIONS_KEPT_SECONDS,
    ),
    Index(collection="login_attempts", keys=(("forget_at", 1),), expire_after_seconds=0),
)


class MongoCommunities(Aggregates[Community]):
    """Communities; a community is its own tenant."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "communities",
            Community,
            topic=SERVICE_TOPIC,
            not_found=lambda _: CommunityNotFound(),
            now=now,
        )


def account_codec(person_keys: PersonKeys) -> Codec:
    """What is a person's own in an account, encrypted under a key of the account's own."""
    return EncryptedFields(
        person_keys,
        fields=("display_name", "phone", "binding_words", "reset_reason"),
        person_key=lambda document: str(document["_id"]),
    )


class MongoAccounts(Aggregates[Account]):
    """Accounts; `account_codec` encrypts them."""

    def __init__(self, store: Store, *, codec: Codec, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "accounts",
            Account,
            topic=SERVICE_TOPIC,
            not_found=lambda _: AccountNotFound(),
            codec=codec,
            now=now,
        )

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Account]:
        """See `Accounts.newest_first`."""
        where = {"community_id": community_id}
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)


class MongoLogins(Aggregates[LoginIdentity]):
    """Logins, of the whole installation."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store, "logins", LoginIdentity, topic=SERVICE_TOPIC, not_found=UnknownLogin, now=now
        )


class MongoAttemptCounts(Aggregates[LoginAttempts]):
    """Counts of login attempts, which the store forgets by itself."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "login_attempts",
            LoginAttempts,
            topic=SERVICE_TOPIC,
            not_found=NoAttempts,
            now=now,
        )


class MongoSessions(Aggregates[Session]):
    """Sessions, of the whole installation."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "sessions",
            Session,
            topic=SERVICE_TOPIC,
            not_found=lambda _: SessionNotFound(),
            now=now,
        )

    async def standing_of(self, account_id: str) -> list[Session]:
        """See `Sessions.standing_of`."""
        found = await self.collection.find({"account.account_id": account_id, "revoked_at": None})
        return await self._aggregates(found)

    async def revoked_since(self, at: datetime) -> list[Session]:
        """See `Sessions.revoked_since`."""
        found = await self.collection.find({"revoked_at": {"$gte": at}}, sort=(("revoked_at", 1),))
        return await self._aggregates(found)


class MongoSigningKeySets(Aggregates[SigningKeys]):
    """The signing keys, their private parts sealed before they come here."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "signing_keys",
            SigningKeys,
            topic=SERVICE_TOPIC,
            not_found=NoSigningKeys,
            now=now,
        )

"""The stores in MongoDB, and the indexes that their queries use."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chassis.aggregates import Aggregates, Codec, Page
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Document, Index, Store
from chassis.person_keys import PersonKeys

from residents.application.ports import Cursor, NoAttempts, NoSigningKeys, UnknownLogin
from residents.domain.account import Account, AccountState
from residents.domain.attempts import LoginAttempts
from residents.domain.community import Community
from residents.domain.errors import AccountNotFound, CommunityNotFound, SessionNotFound
from residents.domain.events import SERVICE_TOPIC
from residents.domain.login import AccountRef, LoginIdentity
from residents.domain.logins.errors import BindingNotFound
from residents.domain.session import Session
from residents.domain.signing_keys import SigningKeys

OUTBOXES = ("accounts", "sessions")
"""The collections whose documents carry events."""

_SESSIONS_KEPT_SECONDS = int(timedelta(days=7).total_seconds())
_NEWEST_FIRST = (("created_at", -1), ("_id", -1))

_LONGEST_WAITING_FIRST = (("waiting_since", 1), ("_id", 1))
_NEWEST_RESET_FIRST = (("credential_reset.requested_at", -1), ("_id", -1))
_NEXT_CHANGE_FIRST = (("roles_change_at", 1), ("_id", 1))
_NEVER = datetime.min.replace(tzinfo=UTC)
"""Before anything that was ever written."""

INDEXES = (
    Index(
        collection="accounts",
        keys=(("community_id", 1), ("wechat_person_id", 1), *_NEWEST_FIRST),
    ),
    Index(collection="accounts", keys=(("community_id", 1), ("state", 1), *_NEWEST_FIRST)),
    Index(collection="accounts", keys=(("community_id", 1), ("bindings.id", 1))),
    Index(collection="accounts", keys=(("community_id", 1), *_LONGEST_WAITING_FIRST)),
    Index(
        collection="accounts",
        keys=(("community_id", 1), ("waiting_estates", 1), *_LONGEST_WAITING_FIRST),
    ),
    Index(collection="accounts", keys=(("community_id", 1), *_NEWEST_RESET_FIRST)),
    Index(collection="accounts", keys=_NEXT_CHANGE_FIRST),
    Index(
        collection="sessions",
        keys=(("account.account_id", 1), ("revoked_at", 1), *_NEWEST_FIRST),
    ),
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
        where = {"community_id": community_id, "wechat_person_id": None}
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)

    async def invited(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Account]:
        """See `Accounts.invited`."""
        where = {"community_id": community_id, "state": AccountState.INVITED.value}
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)

    async def with_reset(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Account]:
        """See `Accounts.with_reset`."""
        where = {
            "community_id": community_id,
            "credential_reset.requested_at": {"$gt": _NEVER},
        }
        return await self.page(where, sort=_NEWEST_RESET_FIRST, first=first, after=after)

    async def of_binding(self, community_id: str, binding_id: str) -> Account:
        """See `Accounts.of_binding`."""
        where = {"community_id": community_id, "bindings.id": binding_id}
        found = await self.collection.find(where, limit=1)
        if not found:
            raise BindingNotFound
        return await self._aggregate(found[0])

    async def with_waiting_bindings(
        self, community_id: str, estate_ids: Sequence[str] | None, *, first: int,
        after: Cursor | None,
    ) -> Page[Account]:  # fmt: skip
        """See `Accounts.with_waiting_bindings`.

        One estate at a time, merged here: a stewardship is of few, and each is walked in order.
        """
        everywhere: Document = {"community_id": community_id, "waiting_since": {"$gt": _NEVER}}
        wheres = (
            [everywhere]
            if estate_ids is None
            else [{**everywhere, "waiting_estates": estate_id} for estate_id in set(estate_ids)]
        )
        pages = [
            await self.page(where, sort=_LONGEST_WAITING_FIRST, first=first, after=after)
            for where in wheres
        ]
        return merged(pages, first=first)

    async def with_roles_to_tell(self, at: datetime, *, limit: int) -> list[Account]:
        """See `Accounts.with_roles_to_tell`."""
        where: Document = {"roles_change_at": {"$gt": _NEVER, "$lte": at}}
        return (await self.page(where, sort=_NEXT_CHANGE_FIRST, first=limit)).items


def merged(pages: Sequence[Page[Account]], *, first: int) -> Page[Account]:
    """The first of several lists of the same order as one, each account once."""
    rows = {
        cursor: account
        for page in pages
        for cursor, account in zip(page.cursors, page.items, strict=True)
    }
    cursors = sorted(rows)
    return Page(
        items=[rows[cursor] for cursor in cursors[:first]],
        cursors=cursors[:first],
        has_next_page=len(cursors) > first or any(page.has_next_page for page in pages),
    )


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

    async def begun_since(
        self, account: AccountRef, at: datetime, *, first: int, after: Cursor | None
    ) -> Page[Session]:
        """See `Sessions.begun_since`."""
        where = {
            "account.account_id": account.account_id,
            "account.community_id": account.community_id,
            "revoked_at": None,
            "created_at": {"$gt": at},
        }
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)

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

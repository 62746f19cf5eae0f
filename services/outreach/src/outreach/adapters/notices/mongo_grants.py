"""Permissions in MongoDB, and whose they are: an openid is locked with its person's key."""

from chassis.aggregates import Aggregates
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Document, Index, Store
from chassis.person_keys import PersonKeys

from outreach.adapters.personal_aggregates import PersonalAggregates
from outreach.adapters.topics import EVENTS
from outreach.domain.notices.errors import GrantNotFound, WeChatUserNotFound
from outreach.domain.notices.grants import GrantState, SubscriptionGrant, WeChatUser
from outreach.domain.notices.kinds import Template

USERS = "wechat_users"
GRANTS = "subscription_grants"
OLDEST_FIRST = (("granted_at", 1), ("_id", 1))
INDEXES = (
    Index(collection=USERS, keys=(("community_id", 1), ("account_id", 1))),
    Index(
        collection=GRANTS,
        keys=(
            ("community_id", 1),
            ("account_id", 1),
            ("template", 1),
            ("state", 1),
            *OLDEST_FIRST,
        ),
    ),
    Index(collection=GRANTS, keys=(("community_id", 1), ("spent_on", 1))),
)


def unspent_of(community_id: str, account_id: str, template: Template) -> Document:
    """What can be spent for an account."""
    return {
        "community_id": community_id,
        "account_id": account_id,
        "template": template.value,
        "state": GrantState.UNSPENT.value,
    }


class MongoWeChatUsers(PersonalAggregates[WeChatUser]):
    """As whom mini-programs know people; found by id, which is derived from the openid."""

    def __init__(self, store: Store, keys: PersonKeys) -> None:
        super().__init__(
            store,
            USERS,
            WeChatUser,
            topic=EVENTS,
            not_found=lambda _: WeChatUserNotFound(),
            codec=EncryptedFields(
                keys, fields=("openid",), person_key=lambda document: str(document["locked_for"])
            ),
        )

    async def of_account(self, community_id: str, account_id: str) -> list[WeChatUser]:
        """As whom an account's person is known."""
        where: Document = {"community_id": community_id, "account_id": account_id}
        return await self._aggregates(await self.collection.find(where))


class MongoGrants(Aggregates[SubscriptionGrant]):
    """The permissions of all communities' people."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store,
            GRANTS,
            SubscriptionGrant,
            topic=EVENTS,
            not_found=lambda _: GrantNotFound(),
        )

    async def held_by(self, community_id: str, notification_id: str) -> SubscriptionGrant | None:
        """The permission that a notice has already been given."""
        where: Document = {"community_id": community_id, "spent_on": notification_id}
        held = await self._aggregates(await self.collection.find(where))
        return next((grant for grant in held if grant.state is GrantState.SPENT), None)

    async def unspent(
        self, community_id: str, account_id: str, template: Template, *, limit: int
    ) -> list[SubscriptionGrant]:
        """What can be spent for an account, oldest first."""
        where = unspent_of(community_id, account_id, template)
        found = await self.collection.find(where, sort=OLDEST_FIRST, limit=limit)
        return await self._aggregates(found)

    async def count_unspent(self, community_id: str, account_id: str, template: Template) -> int:
        """How many of them there are."""
        return await self.collection.count(unspent_of(community_id, account_id, template))

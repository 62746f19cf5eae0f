"""Comments in MongoDB: words, openids and replies locked with the key of who wrote."""

from collections import defaultdict
from datetime import datetime

from chassis.aggregates import Cursor, Page
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Document, Index, Store
from chassis.person_keys import PersonKeys

from outreach.adapters.personal_aggregates import PersonalAggregates
from outreach.adapters.topics import EVENTS
from outreach.application.period import Period
from outreach.application.ports import KnownComment, PersonsComment, WorkItem
from outreach.domain.comments import Comment, CommentSource, CommentState
from outreach.domain.errors import CommentNotFound
from outreach.domain.replies import Delivery

COLLECTION = "comments"
LATEST_FIRST = (("received_at", -1), ("_id", -1))
_BY_TIME = (("received_at", 1), ("_id", 1))
# Rising, and walked backwards for the latest: over a falling one the wheel store loses the very
# start of a period.
INDEXES = (
    Index(collection=COLLECTION, keys=(("community_id", 1), *_BY_TIME)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("state", 1), *_BY_TIME)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("replied_at", 1), ("state", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("article_id", 1))),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("person_key", 1), ("source", 1), ("commented_at", -1)),
    ),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("join_link.mark", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("joined.account_id", 1), *_BY_TIME)),
    # The worker's own queries, over all communities.
    Index(collection=COLLECTION, keys=(("reply.delivery", 1), ("reply.due_at", 1))),
    Index(collection=COLLECTION, keys=(("reply.delivery", 1), ("reply.sending_at", 1))),
)
LOCKED = ("text", "openid", "reply.text")
_WHO = {"_id": 1, "community_id": 1}


def unanswered_in(community_id: str) -> Document:
    """What is open and has no delivered reply."""
    open_states = [CommentState.RECEIVED.value, CommentState.LINKED.value]
    return {
        "community_id": community_id,
        "replied_at": None,
        "state": {"$in": open_states},
    }


def due_by(at: datetime) -> Document:
    """Replies of every community that are to be sent by now."""
    return {"reply.delivery": Delivery.PENDING.value, "reply.due_at": {"$lte": at}}


def sending_since(before: datetime) -> Document:
    """Replies of every community whose sending began before this and has no outcome."""
    return {"reply.delivery": Delivery.SENDING.value, "reply.sending_at": {"$lt": before}}


class MongoComments(PersonalAggregates[Comment]):
    """The comments of all communities."""

    def __init__(self, store: Store, keys: PersonKeys) -> None:
        super().__init__(
            store,
            COLLECTION,
            Comment,
            topic=EVENTS,
            not_found=lambda _: CommentNotFound(),
            codec=EncryptedFields(
                keys, fields=LOCKED, person_key=lambda document: str(document["person_key"])
            ),
        )

    async def listed(
        self, community_id: str, *, state: CommentState | None, first: int, after: Cursor | None
    ) -> Page[Comment]:
        """Latest received first."""
        where: Document = {"community_id": community_id}
        if state is not None:
            where["state"] = state.value
        return await self.page(where, sort=LATEST_FIRST, first=first, after=after)

    async def count(self, community_id: str, period: Period) -> int:
        """How many were received in the period."""
        within = {"$gte": period.start, "$lt": period.end}
        return await self.collection.count({"community_id": community_id, "received_at": within})

    async def count_unanswered(self, community_id: str, *, limit: int) -> int:
        """How many are open and without a delivered reply, as far as the limit."""
        return await self.collection.count(unanswered_in(community_id), limit=limit)

    async def last_message_at(self, community_id: str, person_key: str) -> datetime | None:
        """When somebody last sent a message, by WeChat's clock."""
        found = await self.collection.find_one(
            {
                "community_id": community_id,
                "person_key": person_key,
                "source": CommentSource.MESSAGE.value,
            },
            fields={"commented_at": 1},
            sort=(("commented_at", -1),),
        )
        return found["commented_at"] if found else None

    async def known_of_article(self, community_id: str, article_id: str) -> list[KnownComment]:
        """Every comment of an article, without decrypting any."""
        found = await self.collection.find(
            {"community_id": community_id, "article_id": article_id},
            fields={"text_mark": 1, "deleted_at": 1, "reply.delivery": 1},
        )
        return [
            KnownComment(
                id=document["_id"],
                text_mark=document["text_mark"],
                deleted=document["deleted_at"] is not None,
                reply_unknown=_delivery(document) == Delivery.UNKNOWN.value,
            )
            for document in found
        ]

    async def articles_with_unknown_replies(self, *, limit: int) -> dict[str, list[str]]:
        """Of every community: its articles, by the replies last sent, so many of them at most."""
        found = await self.collection.find(
            {
                "reply.delivery": Delivery.UNKNOWN.value,
                "source": CommentSource.ARTICLE.value,
                "deleted_at": None,
            },
            fields={"community_id": 1, "article_id": 1},
            sort=(("reply.sending_at", -1),),
            limit=limit,
        )
        articles: defaultdict[str, set[str]] = defaultdict(set)
        for document in found:
            articles[document["community_id"]].add(document["article_id"])
        return {community_id: sorted(ids) for community_id, ids in articles.items()}

    async def due_replies(self, at: datetime, *, limit: int) -> list[WorkItem]:
        """Of every community: replies to be sent by now, longest due first."""
        found = await self.collection.find(
            due_by(at), fields=_WHO, sort=(("reply.due_at", 1),), limit=limit
        )
        return [_work_item(document) for document in found]

    async def sending_since_before(self, before: datetime, *, limit: int) -> list[WorkItem]:
        """Of every community: replies whose sending began before this and has no outcome."""
        found = await self.collection.find(sending_since(before), fields=_WHO, limit=limit)
        return [_work_item(document) for document in found]

    async def of_person(self, community_id: str, person_key: str) -> list[PersonsComment]:
        """All that one commenter wrote, without decrypting any."""
        found = await self.collection.find(
            {"community_id": community_id, "person_key": person_key},
            fields={"joined.account_id": 1},
        )
        return [
            PersonsComment(document["_id"], (document.get("joined") or {}).get("account_id"))
            for document in found
        ]

    async def openid_of_person(self, community_id: str, person_key: str) -> str | None:
        """By what name WeChat knows a commenter; None once they were erased."""
        found = await self.collection.find_one(
            {"community_id": community_id, "person_key": person_key}
        )
        return (await self._aggregate(found)).openid if found else None

    async def of_join_mark(self, community_id: str, mark: str) -> Comment | None:
        """The comment whose link has this code."""
        found = await self.collection.find_one(
            {"community_id": community_id, "join_link.mark": mark}
        )
        return await self._aggregate(found) if found else None

    async def joined_to(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Comment]:
        """What an account's person wrote, latest received first."""
        where: Document = {"community_id": community_id, "joined.account_id": account_id}
        return await self.page(where, sort=LATEST_FIRST, first=first, after=after)

    async def joined_but_not_under(
        self, community_id: str, account_id: str, person_key: str | None
    ) -> list[str]:
        """The ids of what is joined to an account under another pseudonym, or under none."""
        found = await self.collection.find(
            {"community_id": community_id, "joined.account_id": account_id},
            fields={"joined.person_key": 1},
        )
        return [
            document["_id"] for document in found if document["joined"]["person_key"] != person_key
        ]


def _delivery(document: Document) -> str | None:
    reply = document.get("reply") or {}
    return reply.get("delivery")


def _work_item(document: Document) -> WorkItem:
    return WorkItem(community_id=document["community_id"], comment_id=document["_id"])

"""Notices in MongoDB: account ids and our own words, which name nobody."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from chassis.aggregates import Aggregates, Cursor, Page
from chassis.mongo import Document, Index, Store

from outreach.adapters.topics import EVENTS
from outreach.application.notices.ports import NoticeWork
from outreach.application.period import Period
from outreach.domain.notices.errors import NotificationNotFound
from outreach.domain.notices.notifications import DeliveryState, Notification
from outreach.domain.notices.turns import Standing

COLLECTION = "notifications"
LATEST_FIRST = (("happened_at", -1), ("_id", -1))
_BY_TIME = (("happened_at", 1), ("_id", 1))
_READ_AT_ONCE = 200
_MILLISECOND = timedelta(milliseconds=1)
INDEXES = (
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("account_id", 1), ("shown", 1), *_BY_TIME),
    ),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("account_id", 1), ("shown", 1), ("read_at", 1), *_BY_TIME),
    ),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("account_id", 1), ("subject_id", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("subject_id", 1), *_BY_TIME)),
    Index(
        collection=COLLECTION, keys=(("community_id", 1), ("phone.state", 1), ("happened_at", 1))
    ),
    # The worker's own queries, over all communities.
    Index(collection=COLLECTION, keys=(("phone.state", 1), ("phone.due_at", 1))),
    Index(collection=COLLECTION, keys=(("phone.state", 1), ("phone.sending_at", 1))),
)
_WORK = {
    "_id": 1,
    "community_id": 1,
    "account_id": 1,
    "subject_id": 1,
    "happened_at": 1,
    "told_sequence": 1,
}
_STANDING = {"_id": 1, "happened_at": 1, "told_sequence": 1, "phone.state": 1, "phone.due_at": 1}


def shown_to(community_id: str, account_id: str, *, unread_only: bool) -> Document:
    """What the app shows an account."""
    where: Document = {"community_id": community_id, "account_id": account_id, "shown": True}
    return {**where, "read_at": None} if unread_only else where


def told_of(community_id: str, subject_id: str) -> Document:
    """What anybody was shown or sent of a subject; not what was taken back before it left.

    Whether there is a document of that depends on the order in which events came.
    """
    return {
        "community_id": community_id,
        "subject_id": subject_id,
        "$nor": [{"shown": False, "phone": None}],
    }


def due_by(at: datetime) -> Document:
    """Notices of every community that are to be sent by now."""
    return {"phone.state": DeliveryState.PENDING.value, "phone.due_at": {"$lte": at}}


def sending_since(before: datetime) -> Document:
    """Notices of every community whose sending began before this and has no outcome."""
    return {"phone.state": DeliveryState.SENDING.value, "phone.sending_at": {"$lt": before}}


def in_state(community_id: str, state: DeliveryState, period: Period) -> Document:
    """Those of what happened in a period that have come so far."""
    return {
        "community_id": community_id,
        "phone.state": state.value,
        "happened_at": {"$gte": period.start, "$lt": period.end},
    }


class MongoNotifications(Aggregates[Notification]):
    """The notices of all communities."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store,
            COLLECTION,
            Notification,
            topic=EVENTS,
            not_found=lambda _: NotificationNotFound(),
        )

    async def listed(
        self,
        community_id: str,
        account_id: str,
        *,
        unread_only: bool,
        first: int,
        after: Cursor | None,
    ) -> Page[Notification]:
        """What an account is shown, latest happened first."""
        where = shown_to(community_id, account_id, unread_only=unread_only)
        return await self.page(where, sort=LATEST_FIRST, first=first, after=after)

    async def count_unread(self, community_id: str, account_id: str, *, limit: int) -> int:
        """How many an account has not read, as far as the limit."""
        where = shown_to(community_id, account_id, unread_only=True)
        return await self.collection.count(where, limit=limit)

    async def read_up_to(
        self, community_id: str, account_id: str, last: datetime, at: datetime
    ) -> None:
        """Mark as read what an account is shown of what happened up to a moment."""
        where = shown_to(community_id, account_id, unread_only=True)
        # Over an index that goes on behind it, the wheel store loses what lies on a bound of $lte.
        where["happened_at"] = {"$lt": last + _MILLISECOND}
        while await self.change_found(where, lambda it: it.read(at), limit=_READ_AT_ONCE):
            pass

    async def of_subject(
        self, community_id: str, subject_id: str, *, first: int, after: Cursor | None
    ) -> Page[Notification]:
        """All about an issue that anybody was shown or sent, latest happened first."""
        where = told_of(community_id, subject_id)
        return await self.page(where, sort=LATEST_FIRST, first=first, after=after)

    async def standings(
        self, community_id: str, account_id: str, subject_id: str
    ) -> list[Standing]:
        """Where each notice of one account about one subject is that is for the phone."""
        found = await self.collection.find(
            {"community_id": community_id, "account_id": account_id, "subject_id": subject_id},
            fields=_STANDING,
        )
        return [_standing(document) for document in found if document.get("phone")]

    async def due(self, at: datetime, *, limit: int) -> list[NoticeWork]:
        """Of every community: what is to be sent by now, longest due first."""
        found = await self.collection.find(
            due_by(at), fields=_WORK, sort=(("phone.due_at", 1),), limit=limit
        )
        return [_work(document) for document in found]

    async def sending_since_before(self, before: datetime, *, limit: int) -> list[NoticeWork]:
        """Of every community: what has been under way since before this."""
        found = await self.collection.find(sending_since(before), fields=_WORK, limit=limit)
        return [_work(document) for document in found]

    async def count_by_state(
        self, community_id: str, period: Period
    ) -> Mapping[DeliveryState, int]:
        """How many of those of a period are in each state."""
        return {
            state: await self.collection.count(in_state(community_id, state, period))
            for state in DeliveryState
        }


def _work(document: Document) -> NoticeWork:
    return NoticeWork(
        community_id=document["community_id"],
        account_id=document["account_id"],
        subject_id=document["subject_id"],
        happened_at=document["happened_at"],
        sequence=document["told_sequence"],
        notification_id=document["_id"],
    )


def _standing(document: Document) -> Standing:
    return Standing(
        id=document["_id"],
        happened_at=document["happened_at"],
        sequence=document["told_sequence"],
        state=DeliveryState(document["phone"]["state"]),
        due_at=document["phone"].get("due_at"),
    )

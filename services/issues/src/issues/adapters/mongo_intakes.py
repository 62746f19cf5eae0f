"""Intakes in MongoDB, and the figures counted over them."""

from collections.abc import Sequence
from datetime import datetime

from chassis.aggregates import Aggregates, Cursor, Page
from chassis.clock import Now
from chassis.mongo import Document, Index, Store

from issues.application.ports import Period, ReplyTally
from issues.domain.clocks import FIRST_REPLY
from issues.domain.errors import IntakeNotFound
from issues.domain.first_reply import ReplyOutcome
from issues.domain.intake import Intake, IntakeState

COLLECTION = "intakes"

INTAKE_INDEXES = [
    # the inbox, whole and by state
    Index(collection=COLLECTION, keys=(("community_id", 1), ("received_at", 1), ("_id", 1))),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("state", 1), ("received_at", 1), ("_id", 1)),
    ),
    # who waits for a reply; the times to a reply, counted without reading a document
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("first_reply.outcome", 1),
            ("received_at", 1),
            ("first_reply.seconds", 1),
        ),
    ),
    # the rows of the reply rate
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("first_reply.counted", 1),
            ("received_at", 1),
            ("_id", 1),
        ),
    ),
    # the outcomes of a period, counted without reading a document
    Index(
        collection=COLLECTION,
        keys=(
            ("community_id", 1),
            ("received_at", 1),
            ("first_reply.outcome", 1),
            ("first_reply.judged_at", 1),
            ("first_reply.seconds", 1),
        ),
    ),
]

_FIRST_REPLY_SECONDS = int(FIRST_REPLY.total_seconds())


class MongoIntakes(Aggregates[Intake]):
    """The port `Intakes`."""

    def __init__(self, store: Store, *, topic: str, now: Now) -> None:
        super().__init__(
            store, COLLECTION, Intake, topic=topic, not_found=lambda _: IntakeNotFound(), now=now
        )

    async def inbox(
        self, community_id: str, state: IntakeState | None, *, first: int, after: Cursor | None
    ) -> Page[Intake]:
        """See the port."""
        where: Document = {"community_id": community_id}
        if state is not None:
            where["state"] = state
        return await self.page(
            where, sort=(("received_at", -1), ("_id", -1)), first=first, after=after
        )

    async def awaiting_reply(self, community_id: str) -> int:
        """See the port."""
        return await self.collection.count(
            {"community_id": community_id, "first_reply.outcome": ReplyOutcome.AWAITED}
        )

    async def tally_replies(
        self, community_id: str, period: Period, *, judged_by: datetime
    ) -> ReplyTally:
        """See the port."""
        counted = await self.collection.aggregate(tally_pipeline(community_id, period, judged_by))
        by_outcome = {ReplyOutcome(row["_id"]): row for row in counted}
        return ReplyTally(
            by_outcome={outcome: row["count"] for outcome, row in by_outcome.items()},
            judged=sum(
                row["judged"]
                for outcome, row in by_outcome.items()
                if outcome in (ReplyOutcome.AWAITED, ReplyOutcome.GIVEN)
            ),
            within_a_day=by_outcome.get(ReplyOutcome.GIVEN, {"within": 0})["within"],
        )

    async def reply_seconds_at(
        self, community_id: str, period: Period, ranks: Sequence[int]
    ) -> list[int]:
        """See the port."""
        counted = await self.collection.aggregate(reply_seconds_pipeline(community_id, period))
        counts = sorted((row["_id"], row["count"]) for row in counted)
        return [_at_rank(counts, rank) for rank in ranks]

    async def judged_replies(
        self,
        community_id: str,
        period: Period,
        *,
        judged_by: datetime,
        first: int,
        after: Cursor | None,
    ) -> Page[Intake]:
        """See the port."""
        return await self.page(
            {
                "community_id": community_id,
                "first_reply.counted": True,
                "received_at": {"$gte": period.start, "$lt": period.end},
                "first_reply.judged_at": {"$lte": judged_by},
            },
            sort=(("received_at", 1), ("_id", 1)),
            first=first,
            after=after,
        )


def tally_pipeline(community_id: str, period: Period, judged_by: datetime) -> list[Document]:
    """Count a period's comments by outcome of the first reply, by one index alone."""
    return [
        {"$match": _received_in(community_id, period)},
        {
            "$group": {
                "_id": "$first_reply.outcome",
                "count": {"$sum": 1},
                "judged": _count_where({"$lte": ["$first_reply.judged_at", judged_by]}),
                "within": _count_where({"$lte": ["$first_reply.seconds", _FIRST_REPLY_SECONDS]}),
            }
        },
    ]


def reply_seconds_pipeline(community_id: str, period: Period) -> list[Document]:
    """Count a period's answered comments by the seconds to the reply, by one index alone."""
    return [
        {
            "$match": {
                **_received_in(community_id, period),
                "first_reply.outcome": ReplyOutcome.GIVEN,
            }
        },
        {"$group": {"_id": "$first_reply.seconds", "count": {"$sum": 1}}},
    ]


def _received_in(community_id: str, period: Period) -> Document:
    return {
        "community_id": community_id,
        "received_at": {"$gte": period.start, "$lt": period.end},
    }


def _count_where(condition: Document) -> Document:
    return {"$sum": {"$cond": [condition, 1, 0]}}


def _at_rank(counts: Sequence[tuple[int, int]], rank: int) -> int:
    """Return the value that stands n-th, from 0, in sorted (value, how many) pairs."""
    for value, count in counts:
        rank -= count
        if rank < 0:
            return value
    return counts[-1][0]

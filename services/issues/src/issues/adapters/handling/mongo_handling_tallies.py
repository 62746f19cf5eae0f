"""Counts of issues in MongoDB."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from chassis.aggregates import Cursor, Page
from chassis.mongo import Document

from issues.adapters.mongo_issues import MongoIssues
from issues.application.handling.ports import HandledGroup, PromiseTally
from issues.application.ports import Period
from issues.domain.handling.decisions import ConfirmedHow
from issues.domain.handling.rounds import PromiseOutcome
from issues.domain.issue import DONE_STATES, OPEN_STATES, Issue, IssueState, Level

_BY_REPORT = (("reported_at", 1), ("_id", 1))
_BY_DUE = (("due_at", 1), ("_id", 1))


class MongoHandlingTallies:
    """The port `HandlingTallies`."""

    def __init__(self, issues: MongoIssues) -> None:
        self._issues = issues

    async def groups(
        self, community_id: str, period: Period, *, judged_by: datetime
    ) -> list[HandledGroup]:
        """See the port."""
        pipeline = groups_pipeline(community_id, period, judged_by)
        return [_group(row) for row in await self._issues.collection.aggregate(pipeline)]

    async def promises(
        self, community_id: str, first_day: date, last_day: date, *, today: date
    ) -> PromiseTally:
        """See the port."""
        pipeline = promises_pipeline(community_id, first_day, last_day)
        counts = dict.fromkeys(PromiseTally.__struct_fields__, 0)
        for row in await self._issues.collection.aggregate(pipeline):
            counts[_standing(row["_id"], today)] += row["count"]
        return PromiseTally(**counts)

    async def judged(
        self,
        community_id: str,
        period: Period,
        *,
        judged_by: datetime,
        first: int,
        after: Cursor | None,
    ) -> Page[Issue]:
        """See the port."""
        where = {**_reported_in(community_id, period), "judged_at": {"$lte": judged_by}}
        return await self._issues.page(where, sort=_BY_REPORT, first=first, after=after)

    async def done(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        where = {**_reported_in(community_id, period), "state": {"$in": list(DONE_STATES)}}
        return await self._issues.page(where, sort=_BY_REPORT, first=first, after=after)

    async def rated(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        where = {**_reported_in(community_id, period), "confirmation.how": ConfirmedHow.REPORTER}
        return await self._issues.page(where, sort=_BY_REPORT, first=first, after=after)

    async def count_overdue(self, community_id: str, at: datetime) -> int:
        """See the port."""
        return await self._issues.collection.count(_overdue(community_id, at))

    async def count_at_risk(self, community_id: str, at: datetime) -> int:
        """See the port."""
        return await self._issues.collection.count(_at_risk(community_id, at))

    async def overdue(
        self, community_id: str, at: datetime, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        where = _overdue(community_id, at)
        return await self._issues.page(where, sort=_BY_DUE, first=first, after=after)

    async def at_risk(
        self, community_id: str, at: datetime, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        where = _at_risk(community_id, at)
        return await self._issues.page(where, sort=_BY_DUE, first=first, after=after)


def groups_pipeline(community_id: str, period: Period, judged_by: datetime) -> list[Document]:
    """Count a period's issues by how they stand, by one index alone."""
    # a moment is greater than null, so what is never judged is told apart by its lower bound
    judged = {"$and": [{"$gt": ["$judged_at", None]}, {"$lte": ["$judged_at", judged_by]}]}
    return [
        {"$match": _reported_in(community_id, period)},
        {
            "$group": {
                "_id": {
                    "state": "$state",
                    "level": "$level",
                    "in_time": "$resolution.in_time",
                    "how": "$confirmation.how",
                    "rating": "$confirmation.rating",
                },
                "count": {"$sum": 1},
                "judged": {"$sum": {"$cond": [judged, 1, 0]}},
            }
        },
    ]


def promises_pipeline(community_id: str, first_day: date, last_day: date) -> list[Document]:
    """Count the promises for some days by day and by what became of them.

    The days are named one by one: of a range over an array, an index bounds one end alone.
    """
    numbers = range((last_day - first_day).days + 1)
    days = {"$in": [(first_day + timedelta(days=number)).isoformat() for number in numbers]}
    return [
        {"$match": {"community_id": community_id, "rounds.promise.due_on": days}},
        {"$unwind": "$rounds"},
        {"$match": {"rounds.promise.due_on": days, "$or": [_WAITED_FOR, _SETTLED]}},
        {
            "$group": {
                "_id": {
                    "due_on": "$rounds.promise.due_on",
                    "outcome": "$rounds.promise.settlement.outcome",
                },
                "count": {"$sum": 1},
            }
        },
    ]


_WAITED_FOR: Document = {"state": {"$in": [*OPEN_STATES, IssueState.RESOLVED]}}
_SETTLED: Document = {
    "state": IssueState.CONFIRMED,
    "rounds.promise.settlement.outcome": {"$in": list(PromiseOutcome)},
}


def _overdue(community_id: str, at: datetime) -> Document:
    return {"community_id": community_id, "due_at": {"$lt": at}}


def _at_risk(community_id: str, at: datetime) -> Document:
    return {
        "community_id": community_id,
        "due_at": {"$gte": at},
        "at_risk_at": {"$lte": at},
    }


def _reported_in(community_id: str, period: Period) -> Document:
    return {
        "community_id": community_id,
        "reported_at": {"$gte": period.start, "$lt": period.end},
    }


def _group(row: Document) -> HandledGroup:
    stand = row["_id"]
    how = stand.get("how")
    return HandledGroup(
        state=IssueState(stand["state"]),
        level=Level(stand["level"]),
        in_time=stand.get("in_time"),
        confirmed_how=ConfirmedHow(how) if how else None,
        rating=stand.get("rating"),
        count=row["count"],
        judged=row["judged"],
    )


def _standing(promise: Mapping[str, str | None], today: date) -> str:
    outcome, due_on = promise.get("outcome"), promise["due_on"]
    if outcome is not None or due_on is None:
        return outcome or "open"
    if due_on < today.isoformat():
        return "overdue"
    return "due" if due_on == today.isoformat() else "open"

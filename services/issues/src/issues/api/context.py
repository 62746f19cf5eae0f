"""What every resolver is handed, and who acts through it."""

from datetime import UTC, datetime, timedelta

import strawberry
from chassis.connections import Cursor, decode_cursor
from chassis.errors import BadUserInput
from chassis.graphql import scopes_for
from chassis.graphql_context import Context

from issues.application.matters import Matters
from issues.application.ports import Period
from issues.domain.permissions import Actor

Info = strawberry.Info[Context[Matters], None]

STAFF = scopes_for("clerk", "secretary")
HANDLERS = scopes_for("steward", "partner", "clerk", "secretary")
REPORTERS = scopes_for("resident")
REOPENERS = scopes_for("resident", "clerk", "secretary")
SECRETARY = scopes_for("secretary")

_YEARS = range(2000, 2101)
_DEFAULT_PERIOD = timedelta(days=30)
_LONGEST_PERIOD = timedelta(days=366)
# a channel's clock may run ahead of ours
_AHEAD = timedelta(hours=1)


def actor_of(context: Context[Matters]) -> Actor:
    """Say who asks. Raises: Unauthenticated."""
    principal = context.require_principal()
    return Actor(
        account_id=principal.account_id,
        community_id=principal.community_id,
        roles=frozenset(held.role for held in principal.roles),
    )


def place_after(cursor: str | None) -> Cursor | None:
    """Say where a list goes on: a time and an id. Raises: BadUserInput."""
    place = decode_cursor(cursor)
    match place:
        case None | (datetime(), str()):
            return place
    raise BadUserInput("分页游标无效，请从第一页重新查询。")


def moment_of(moment: datetime, *, name: str) -> datetime:
    """Take a moment in UTC, cut to the millisecond. Raises: BadUserInput without an offset."""
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise BadUserInput("时间须带时区，且在2000年至2100年之间。", input_name=name)
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def period_of(start: datetime | None, end: datetime | None, *, now: datetime) -> Period:
    """Make a period of what was asked for; the last 30 days where nothing was.

    Raises: BadUserInput for a moment without an offset or far away, for an empty period, and for
        one over 366 days.
    """
    for moment in (start, end):
        if moment is not None and (moment.tzinfo is None or moment.year not in _YEARS):
            raise BadUserInput("时间须带时区，且在2000年至2100年之间。")
    until = end.astimezone(UTC) if end else now + _AHEAD
    since = start.astimezone(UTC) if start else until - _DEFAULT_PERIOD
    if not since < until:
        raise BadUserInput("起始时间须早于结束时间。")
    if until - since > _LONGEST_PERIOD:
        raise BadUserInput("一次最多统计 366 天。")
    return Period(since, until)

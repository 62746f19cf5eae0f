"""The figures of one subject, as a page; and the latest reads of many articles, by one read."""

from collections.abc import Sequence
from datetime import date, datetime

from chassis.connections import Connection, Cursor, checked_first, connection_of, decode_cursor
from chassis.errors import BadUserInput
from chassis.graphql_context import Context, Loader

from outreach.api.context import Info, actor_of
from outreach.api.metrics.types import MetricSnapshot
from outreach.application.outreach import Outreach
from outreach.domain.metrics import snapshots


async def metrics_of(
    info: Info, subject_id: str, first: int, after: str | None
) -> Connection[MetricSnapshot]:
    """One page, of the latest day first."""
    page = await info.context.application.metrics.of_subject(
        actor_of(info.context), subject_id, first=checked_first(first), after=_place_after(after)
    )
    return connection_of(page, MetricSnapshot.of, after=after)


def _place_after(cursor: str | None) -> Cursor | None:
    """Where a list by day goes on. Raises: BadUserInput."""
    place = decode_cursor(cursor)
    match place:
        case None:
            return None
        case (str() as day, datetime(), str()) if _is_day(day):
            return place
    raise BadUserInput("分页游标无效，请从第一页重新查询。")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


async def _latest_reads(
    context: Context[Outreach], article_ids: Sequence[str]
) -> Sequence[snapshots.MetricSnapshot | None]:
    return await context.application.metrics.latest_reads(actor_of(context), article_ids)


latest_reads: Loader[Outreach, str, snapshots.MetricSnapshot | None] = Loader(_latest_reads)

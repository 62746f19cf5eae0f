"""What happened to an issue, as the graph shows it."""

from datetime import date, datetime

import strawberry
from chassis.connections import Connection, checked_first, connection_of, decode_cursor
from chassis.errors import BadUserInput

from issues.api.context import Info
from issues.api.public.enums import TimelineKind
from issues.application.ports import Cursor
from issues.domain.timeline import entry
from issues.domain.timeline.sentences import sentence_of


@strawberry.type(description="One thing that happened to an issue; never changed.")
class TimelineEntry:
    """See `domain.timeline.entry.TimelineEntry`."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: TimelineKind = strawberry.field(description="What happened.")
    at: datetime = strawberry.field(description="When.")
    text: str = strawberry.field(
        description="One sentence in zh-CN; no names, no doors, nothing that somebody typed."
    )
    public: bool = strawberry.field(
        description="Whether everybody who may see the issue may read it."
    )
    round: int | None = strawberry.field(description="The number of the round, from 1.")
    promise_due_on: date | None = strawberry.field(
        description="By which day the party promised it."
    )
    photo_count: int | None = strawberry.field(description="How many photos prove the work.")
    rating: int | None = strawberry.field(description="What the reporter gave, 1 to 5.")

    @classmethod
    def of(cls, kept: entry.TimelineEntry) -> "TimelineEntry":
        """The graph's view of an entry."""
        facts = kept.facts
        return cls(
            id=strawberry.ID(kept.id),
            kind=TimelineKind(kept.kind.value),
            at=kept.at,
            text=sentence_of(kept),
            public=kept.public,
            round=facts.round,
            promise_due_on=facts.promise_due_on,
            photo_count=facts.photo_count,
            rating=facts.rating,
        )


async def timeline_of(
    info: Info, issue_id: str, *, public_only: bool, first: int, after: str | None
) -> Connection[TimelineEntry]:
    """One page of the timeline of an issue that the caller may see."""
    page = await info.context.application.public.issues.timeline_of(
        info.context.require_principal().community_id,
        issue_id,
        public_only=public_only,
        first=checked_first(first),
        after=_place_after(after),
    )
    return connection_of(page, TimelineEntry.of, after=after)


def _place_after(cursor: str | None) -> Cursor | None:
    place = decode_cursor(cursor)
    match place:
        case None | (datetime(), int(), str()):
            return place
    raise BadUserInput("分页游标无效，请从第一页重新查询。")

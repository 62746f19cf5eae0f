"""A community's figures; every rate opens its rows."""

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    Rate,
    checked_first,
    connection_of,
    rate_of,
)

from issues.api import loaders
from issues.api.context import STAFF, Info, actor_of, period_of, place_after
from issues.api.handling.figures import HandlingFigures
from issues.api.paging import After, First
from issues.api.types import Intake
from issues.application import issue_figures
from issues.application.permit import permit
from issues.domain.permissions import Operation


@strawberry.type(description="How long people waited for the first reply.")
class TimeToFirstReply:
    """See `application.issue_figures.TimeToFirstReply`."""

    median_seconds: int = strawberry.field(description="Half waited no longer than this.")
    p90_seconds: int = strawberry.field(description="Nine tenths waited no longer than this.")


@strawberry.type(
    description=(
        "Share of the comments answered within 24 hours, among those answered or whose 24 hours "
        "are over. Left out: `day_not_over`, `dismissed_without_reply`, `deleted_before_reply`."
    )
)
class RepliedWithinDay(Rate):
    """See `application.issue_figures.ReplyRate`."""

    rate: strawberry.Private[issue_figures.ReplyRate]

    @classmethod
    def of(cls, rate: issue_figures.ReplyRate) -> "RepliedWithinDay":
        """The graph's view of the rate."""
        return cls(
            **rate_of(
                numerator=rate.numerator,
                denominator=rate.denominator,
                excluded=rate.excluded,
                as_of=rate.as_of,
            ),
            rate=rate,
        )

    @strawberry.field(description="The intakes that the denominator counts, first received first.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Intake] | None:
        """One page."""
        page = await info.context.application.intake.figures.replied_within_day_rows(
            actor_of(info.context),
            self.rate,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Intake.of, after=after)


@strawberry.type(description="A community's matters at a glance.")
class IssueFigures(HandlingFigures):
    """See `application.issue_figures`."""

    received_from: datetime = strawberry.field(description="The start of the period.")
    received_until: datetime = strawberry.field(description="Its end, itself not included.")

    @strawberry.field(description="Comments received in the period.")
    async def received(self, info: Info) -> int | None:
        """Count."""
        return (await info.context.load(loaders.replies, self.period)).received

    @strawberry.field(description="Comments that wait for a reply now, whenever they came.")
    async def unanswered(self, info: Info) -> int | None:
        """Count."""
        return await info.context.application.intake.figures.unanswered(actor_of(info.context))

    @strawberry.field(description="Issues that are open now, whenever they were reported.")
    async def open_issues(self, info: Info) -> int | None:
        """Count."""
        return await info.context.application.intake.figures.open_issues(actor_of(info.context))

    @strawberry.field(description="Over the period's answered comments; null while there are none.")
    async def time_to_first_reply(self, info: Info) -> TimeToFirstReply | None:
        """Take the ranks."""
        replies = await info.context.load(loaders.replies, self.period)
        figures = info.context.application.intake.figures
        times = await figures.time_to_first_reply(actor_of(info.context), replies)
        if times is None:
            return None
        return TimeToFirstReply(median_seconds=times.median_seconds, p90_seconds=times.p90_seconds)

    @strawberry.field(description="How many of the period's comments were answered in time.")
    async def replied_within_day(self, info: Info) -> RepliedWithinDay | None:
        """Count."""
        replies = await info.context.load(loaders.replies, self.period)
        return RepliedWithinDay.of(replies.within_day)


@strawberry.federation.type(keys=["id"], description="A community.")
class Community:
    """The part of a community that this service knows."""

    id: strawberry.ID = strawberry.field(description="Its id.")

    @classmethod
    def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Community | None":  # noqa: A002
        """The caller's own community; another is as unknown as one that never was."""
        return cls(id=id) if id == info.context.require_principal().community_id else None

    @strawberry.federation.field(
        description="Its matters at a glance.", authenticated=True, requires_scopes=STAFF
    )
    async def issue_figures(
        self,
        info: Info,
        received_from: Annotated[
            datetime | None,
            strawberry.argument(
                description="Start of the period; 30 days before its end if left out."
            ),
        ] = None,
        received_until: Annotated[
            datetime | None,
            strawberry.argument(
                description="End of the period, itself not included; left out: now."
            ),
        ] = None,
    ) -> IssueFigures | None:
        """Each figure is counted when it is asked for."""
        permit(actor_of(info.context), Operation.ISSUE_FIGURES)
        now = info.context.application.now()
        period = period_of(received_from, received_until, now=now)
        return IssueFigures(received_from=period.start, received_until=period.end, period=period)

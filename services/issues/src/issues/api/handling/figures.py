"""How a period's issues were handled; every rate opens its rows."""

from collections.abc import Mapping
from datetime import datetime

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    Exclusion,
    Rate,
    checked_first,
    connection_of,
    rate_of,
)

from issues.api import loaders
from issues.api.context import Info, actor_of, place_after
from issues.api.paging import After, First
from issues.api.types import Issue
from issues.application.handling import handling_figures
from issues.application.ports import Period
from issues.domain.handling.decisions import ConfirmedHow


@strawberry.type(
    description=(
        "Share of the period's issues handled in time, among those resolved or whose time has run "
        "out. Left out: `time_left`, `rejected`, `duplicate`."
    )
)
class HandledInTime(Rate):
    """See `application.handling.handling_figures`."""

    figures: strawberry.Private[handling_figures.HandlingFigures]

    @strawberry.field(description="The issues that the denominator counts, first reported first.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Issue] | None:
        """One page."""
        page = await info.context.application.handling.figures.in_time_rows(
            actor_of(info.context),
            self.figures,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Issue.of, after=after)


@strawberry.type(
    description=(
        "Share of the period's resolved issues that the community solved by itself. "
        "Left out: `open`, `rejected`, `duplicate`."
    )
)
class SolvedInCommunity(Rate):
    """See `application.handling.handling_figures`."""

    figures: strawberry.Private[handling_figures.HandlingFigures]

    @strawberry.field(description="The issues that the denominator counts, first reported first.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Issue] | None:
        """One page."""
        page = await info.context.application.handling.figures.in_community_rows(
            actor_of(info.context),
            self.figures,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Issue.of, after=after)


@strawberry.type(description="How often something was rated so.")
class RatingCount:
    """A rating and its count."""

    rating: int = strawberry.field(description="1 to 5, 5 the most content.")
    count: int = strawberry.field(description="How many of the period's issues.")


@strawberry.type(
    description=(
        "How content the reporters of the period's issues are, in their own word. Left out: "
        "`on_behalf`, `by_silence`, `awaits_confirmation`, `open`, `rejected`, `duplicate`."
    )
)
class Satisfaction:
    """See `application.handling.handling_figures.Satisfaction`."""

    mean_hundredths: int | None = strawberry.field(
        description="The mean rating times 100, 467 for 4.67; null while nobody has rated."
    )
    counts: list[RatingCount] = strawberry.field(description="How many gave each rating, 1 to 5.")
    denominator: int = strawberry.field(description="How many their reporters rated.")
    excluded: list[Exclusion] = strawberry.field(description="What is left out, and why.")
    as_of: datetime = strawberry.field(description="The moment it was computed for.")
    figures: strawberry.Private[handling_figures.HandlingFigures]

    @strawberry.field(description="The issues that their reporters rated, first reported first.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Issue] | None:
        """One page."""
        page = await info.context.application.handling.figures.rated_rows(
            actor_of(info.context),
            self.figures,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Issue.of, after=after)


@strawberry.type(description="On whose word the period's issues were settled; counted apart.")
class ConfirmedIssues:
    """See `domain.handling.decisions.ConfirmedHow`."""

    total: int = strawberry.field(description="All of them.")
    by_reporter: int = strawberry.field(description="On the reporter's own word.")
    on_behalf: int = strawberry.field(description="On the reporter's word through the staff.")
    by_silence: int = strawberry.field(description="Because nobody objected.")


@strawberry.type(
    description=(
        "What outside parties promised for the days of the period, in China, whenever the issue "
        "was reported. Left out: those of rejected issues and of duplicates, and of settled "
        "issues those without a word."
    )
)
class PromiseFigures:
    """See `application.handling.ports.PromiseTally`."""

    kept: int = strawberry.field(description="Kept by their day.")
    late: int = strawberry.field(description="Kept after their day.")
    broken: int = strawberry.field(description="Not kept.")
    open: int = strawberry.field(description="Their day is to come.")
    due: int = strawberry.field(description="Their day is today, and nobody says more.")
    overdue: int = strawberry.field(description="Their day is over, and nobody says more.")


@strawberry.type(
    description=(
        "Open issues by the clock of theirs that is due first, whenever they were reported; one "
        "whose clock rests is in neither."
    )
)
class Deadlines:
    """See `application.handling.handling_figures.Deadlines`."""

    overdue: int = strawberry.field(description="A promised time of theirs is over.")
    at_risk: int = strawberry.field(description="Less than a fifth of it is left.")
    as_of: datetime = strawberry.field(description="The moment it was computed for.")
    kept: strawberry.Private[handling_figures.Deadlines]

    @strawberry.field(description="The issues that are overdue, the first due first.")
    async def overdue_rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Issue] | None:
        """One page."""
        page = await info.context.application.handling.figures.overdue_rows(
            actor_of(info.context),
            self.kept,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Issue.of, after=after)

    @strawberry.field(description="The issues that are at risk, the first due first.")
    async def at_risk_rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Issue] | None:
        """One page."""
        page = await info.context.application.handling.figures.at_risk_rows(
            actor_of(info.context),
            self.kept,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Issue.of, after=after)


@strawberry.type(description="How a period's issues were handled.")
class HandlingFigures:
    """Fields of `IssueFigures`."""

    period: strawberry.Private[Period]

    @strawberry.field(description="How many of the period's issues are resolved or confirmed.")
    async def handled(self, info: Info) -> int | None:
        """Count."""
        return (await info.context.load(loaders.handling, self.period)).handled

    @strawberry.field(description="How many of the period's issues were handled in time.")
    async def in_time(self, info: Info) -> HandledInTime | None:
        """Count."""
        figures = await info.context.load(loaders.handling, self.period)
        share = figures.in_time
        return HandledInTime(
            **rate_of(
                numerator=share.numerator,
                denominator=share.denominator,
                excluded=share.excluded,
                as_of=figures.as_of,
            ),
            figures=figures,
        )

    @strawberry.field(description="How many of them the community solved by itself.")
    async def in_community_rate(self, info: Info) -> SolvedInCommunity | None:
        """Count."""
        figures = await info.context.load(loaders.handling, self.period)
        share = figures.in_community
        return SolvedInCommunity(
            **rate_of(
                numerator=share.numerator,
                denominator=share.denominator,
                excluded=share.excluded,
                as_of=figures.as_of,
            ),
            figures=figures,
        )

    @strawberry.field(description="How many of the period's issues are settled, on whose word.")
    async def confirmed(self, info: Info) -> ConfirmedIssues | None:
        """Count."""
        confirmed = (await info.context.load(loaders.handling, self.period)).confirmed
        return ConfirmedIssues(
            total=sum(confirmed.values()),
            by_reporter=confirmed[ConfirmedHow.REPORTER],
            on_behalf=confirmed[ConfirmedHow.ON_BEHALF],
            by_silence=confirmed[ConfirmedHow.SILENCE],
        )

    @strawberry.field(description="How content the reporters of the period's issues are.")
    async def satisfaction(self, info: Info) -> Satisfaction | None:
        """Count."""
        figures = await info.context.load(loaders.handling, self.period)
        found = figures.satisfaction
        return Satisfaction(
            mean_hundredths=found.mean_hundredths,
            counts=[RatingCount(rating=r, count=n) for r, n in sorted(found.by_rating.items())],
            denominator=found.denominator,
            excluded=_exclusions(found.excluded),
            as_of=figures.as_of,
            figures=figures,
        )

    @strawberry.field(description="What outside parties promised for the days of the period.")
    async def promises(self, info: Info) -> PromiseFigures | None:
        """Count."""
        figures = info.context.application.handling.figures
        tally = await figures.promises(actor_of(info.context), self.period)
        return PromiseFigures(
            kept=tally.kept,
            late=tally.late,
            broken=tally.broken,
            open=tally.open,
            due=tally.due,
            overdue=tally.overdue,
        )

    @strawberry.field(
        description="Issues whose time is short or over now, whenever they were reported."
    )
    async def deadlines(self, info: Info) -> Deadlines | None:
        """Count."""
        figures = info.context.application.handling.figures
        found = await figures.deadlines(actor_of(info.context))
        return Deadlines(
            overdue=found.overdue, at_risk=found.at_risk, as_of=found.as_of, kept=found
        )


def _exclusions(excluded: Mapping[str, int]) -> list[Exclusion]:
    return [Exclusion(reason=reason, count=count) for reason, count in excluded.items()]

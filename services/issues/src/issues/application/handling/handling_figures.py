"""How a community's matters were handled, at a glance. Counted at the moment of asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from issues.application.handling.ports import HandledGroup, HandlingTallies, PromiseTally
from issues.application.permit import permit
from issues.application.ports import Cursor, Now, Page, Period
from issues.domain.china_days import day_of
from issues.domain.handling.confirm import RATINGS
from issues.domain.handling.decisions import ConfirmedHow
from issues.domain.issue import DONE_STATES, OPEN_STATES, Issue, IssueState, Level
from issues.domain.permissions import Actor, Operation

Which = Callable[[HandledGroup], bool]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A share of a period's issues, and what it leaves out, by reason."""

    numerator: int
    denominator: int
    excluded: dict[str, int]


class Satisfaction(msgspec.Struct, frozen=True, kw_only=True):
    """How content those were who were asked.

    Attributes:
        mean_hundredths: 467 stands for 4.67, rounded half up; None while nobody has rated.
        by_rating: how many reporters rated 1, 2, 3, 4 and 5 themselves.
    """

    mean_hundredths: int | None
    by_rating: dict[int, int]
    denominator: int
    excluded: dict[str, int]


class HandlingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the issues that were reported in a period."""

    handled: int
    in_time: Share
    in_community: Share
    confirmed: dict[ConfirmedHow, int]
    satisfaction: Satisfaction
    period: Period
    as_of: datetime


class Deadlines(msgspec.Struct, frozen=True, kw_only=True):
    """Open issues by the clock of theirs that is due first; one that rests is in neither."""

    overdue: int
    at_risk: int
    as_of: datetime


@dataclass(frozen=True)
class ReadHandlingFigures:
    """Count the issues reported in a period by what became of them.

    Raises from every call: Forbidden.
    """

    tallies: HandlingTallies
    now: Now

    async def handling(self, actor: Actor, period: Period) -> HandlingFigures:
        """Count all figures of the period by one read.

        An issue counts as handled in time or not once it is resolved or its time has run out.
        """
        permit(actor, Operation.ISSUE_FIGURES)
        as_of = self.now()
        groups = await self.tallies.groups(actor.community_id, period, judged_by=as_of)
        return HandlingFigures(
            handled=_count(groups, _is_done),
            in_time=_in_time(groups),
            in_community=_in_community(groups),
            confirmed={how: _count(groups, _is_confirmed(how)) for how in ConfirmedHow},
            satisfaction=_satisfaction(groups),
            period=period,
            as_of=as_of,
        )

    async def promises(self, actor: Actor, period: Period) -> PromiseTally:
        """Count what outside parties promised for the days of the period, in China."""
        permit(actor, Operation.ISSUE_FIGURES)
        last_moment = period.end - timedelta(milliseconds=1)
        return await self.tallies.promises(
            actor.community_id,
            day_of(period.start),
            day_of(last_moment),
            today=day_of(self.now()),
        )

    async def deadlines(self, actor: Actor) -> Deadlines:
        """Count the open issues whose time is short or over, whenever they were reported."""
        permit(actor, Operation.ISSUE_FIGURES)
        as_of = self.now()
        return Deadlines(
            overdue=await self.tallies.count_overdue(actor.community_id, as_of),
            at_risk=await self.tallies.count_at_risk(actor.community_id, as_of),
            as_of=as_of,
        )

    async def overdue_rows(
        self, actor: Actor, deadlines: Deadlines, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List the open issues that are overdue, the first due first."""
        permit(actor, Operation.ISSUE_FIGURES)
        return await self.tallies.overdue(
            actor.community_id, deadlines.as_of, first=first, after=after
        )

    async def at_risk_rows(
        self, actor: Actor, deadlines: Deadlines, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List the open issues whose time is short, the first due first."""
        permit(actor, Operation.ISSUE_FIGURES)
        return await self.tallies.at_risk(
            actor.community_id, deadlines.as_of, first=first, after=after
        )

    async def in_time_rows(
        self, actor: Actor, figures: HandlingFigures, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List the issues that the share in time counts, as of the moment it was counted."""
        permit(actor, Operation.ISSUE_FIGURES)
        return await self.tallies.judged(
            actor.community_id, figures.period, judged_by=figures.as_of, first=first, after=after
        )

    async def in_community_rows(
        self, actor: Actor, figures: HandlingFigures, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List the issues that the in-community share counts."""
        permit(actor, Operation.ISSUE_FIGURES)
        return await self.tallies.done(actor.community_id, figures.period, first=first, after=after)

    async def rated_rows(
        self, actor: Actor, figures: HandlingFigures, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List the issues that their reporters rated."""
        permit(actor, Operation.ISSUE_FIGURES)
        return await self.tallies.rated(
            actor.community_id, figures.period, first=first, after=after
        )


def _in_time(groups: Sequence[HandledGroup]) -> Share:
    judged = sum(group.judged for group in groups)
    with_work = _count(groups, lambda group: group.state in (*OPEN_STATES, *DONE_STATES))
    return Share(
        numerator=_count(groups, lambda group: _is_done(group) and group.in_time is True),
        denominator=judged,
        excluded={"time_left": with_work - judged, **_without_work(groups)},
    )


def _in_community(groups: Sequence[HandledGroup]) -> Share:
    return Share(
        numerator=_count(groups, lambda group: _is_done(group) and group.level == Level.COMMUNITY),
        denominator=_count(groups, _is_done),
        excluded={
            "open": _count(groups, lambda group: group.state in OPEN_STATES),
            **_without_work(groups),
        },
    )


def _satisfaction(groups: Sequence[HandledGroup]) -> Satisfaction:
    by_rating = {rating: _count(groups, _is_rated_by_reporter(rating)) for rating in RATINGS}
    rated = sum(by_rating.values())
    total = sum(rating * count for rating, count in by_rating.items())
    return Satisfaction(
        mean_hundredths=(200 * total + rated) // (2 * rated) if rated else None,
        by_rating=by_rating,
        denominator=rated,
        excluded={
            "on_behalf": _count(groups, _is_confirmed(ConfirmedHow.ON_BEHALF)),
            "by_silence": _count(groups, _is_confirmed(ConfirmedHow.SILENCE)),
            "awaits_confirmation": _count(groups, lambda g: g.state == IssueState.RESOLVED),
            "open": _count(groups, lambda group: group.state in OPEN_STATES),
            **_without_work(groups),
        },
    )


def _without_work(groups: Sequence[HandledGroup]) -> dict[str, int]:
    return {
        "rejected": _count(groups, lambda group: group.state == IssueState.REJECTED),
        "duplicate": _count(groups, lambda group: group.state == IssueState.DUPLICATE),
    }


def _count(groups: Sequence[HandledGroup], which: Which) -> int:
    return sum(group.count for group in groups if which(group))


def _is_done(group: HandledGroup) -> bool:
    return group.state in DONE_STATES


def _is_rated_by_reporter(rating: int) -> Which:
    return lambda group: group.confirmed_how == ConfirmedHow.REPORTER and group.rating == rating


def _is_confirmed(how: ConfirmedHow) -> Which:
    return lambda group: group.confirmed_how == how

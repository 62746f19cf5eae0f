"""What is read many at once."""

from collections.abc import Sequence

from chassis.graphql_context import Context, Loader

from issues.api.context import actor_of
from issues.application.handling.handling_figures import HandlingFigures
from issues.application.issue_figures import ReplyFigures
from issues.application.matters import Matters
from issues.application.ports import Period
from issues.domain import intake, issue


async def _intakes(context: Context[Matters], ids: Sequence[str]) -> Sequence[intake.Intake | None]:
    return await context.application.intake.queries.intakes_by_id(actor_of(context), ids)


async def _issues(context: Context[Matters], ids: Sequence[str]) -> Sequence[issue.Issue | None]:
    return await context.application.intake.queries.issues_by_id(actor_of(context), ids)


async def _replies(context: Context[Matters], periods: Sequence[Period]) -> Sequence[ReplyFigures]:
    """Count each period once, however many fields tell of it."""
    actor = actor_of(context)
    return [await context.application.intake.figures.replies(actor, period) for period in periods]


async def _handling(
    context: Context[Matters], periods: Sequence[Period]
) -> Sequence[HandlingFigures]:
    """Count each period once, however many fields tell of it."""
    actor, figures = actor_of(context), context.application.handling.figures
    return [await figures.handling(actor, period) for period in periods]


intakes: Loader[Matters, str, intake.Intake | None] = Loader(_intakes)
issues: Loader[Matters, str, issue.Issue | None] = Loader(_issues)
replies: Loader[Matters, Period, ReplyFigures] = Loader(_replies)
handling: Loader[Matters, Period, HandlingFigures] = Loader(_handling)

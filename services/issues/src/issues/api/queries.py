"""What can be asked."""

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of

from issues.api.context import HANDLERS, STAFF, Info, actor_of, place_after
from issues.api.enums import IntakeState, IssueState
from issues.api.figures import Community
from issues.api.paging import After, First
from issues.api.types import HazardRule, Id, Intake, Issue, IssueCategory
from issues.domain import intake, issue


@strawberry.type(description="What can be asked.")
class Query:
    """Every read."""

    @strawberry.federation.field(
        description="A community, as far as the caller belongs to it.",
        shareable=True,
        authenticated=True,
    )
    def community(self, info: Info, id: Id) -> Community | None:  # noqa: A002
        """Its fields are answered by every service that has some."""
        return Community.resolve_reference(info, id)

    @strawberry.federation.field(
        description="What people wrote and what became of it, the latest received first.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def inbox(
        self,
        info: Info,
        first: First = DEFAULT_FIRST,
        after: After = None,
        state: Annotated[
            IntakeState | None, strawberry.argument(description="Only those in this state.")
        ] = None,
    ) -> Connection[Intake] | None:
        """One page."""
        page = await info.context.application.intake.queries.inbox(
            actor_of(info.context),
            intake.IntakeState(str(state.value)) if state else None,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Intake.of, after=after)

    @strawberry.federation.field(
        description="One intake of the caller's community.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def intake(self, info: Info, id: Id) -> Intake | None:  # noqa: A002
        """Null for an id that the community does not have."""
        return await Intake.resolve_reference(info, id)

    @strawberry.federation.field(
        description="The community's issues, the latest reported first.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def issues(
        self,
        info: Info,
        first: First = DEFAULT_FIRST,
        after: After = None,
        state: Annotated[
            IssueState | None, strawberry.argument(description="Only those in this state.")
        ] = None,
    ) -> Connection[Issue] | None:
        """One page."""
        page = await info.context.application.intake.queries.latest_issues(
            actor_of(info.context),
            issue.IssueState(str(state.value)) if state else None,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Issue.of, after=after)

    @strawberry.federation.field(
        description="One issue of the caller's community, as far as the caller is to work on it.",
        authenticated=True,
        requires_scopes=HANDLERS,
    )
    async def issue(self, info: Info, id: Id) -> Issue | None:  # noqa: A002
        """Null for an id that the community does not have, or out of the caller's reach."""
        return await Issue.resolve_reference(info, id)

    @strawberry.federation.field(
        description="What an issue can be about.", authenticated=True, requires_scopes=STAFF
    )
    def issue_categories(self, info: Info) -> list[IssueCategory] | None:
        """All of them."""
        categories = info.context.application.intake.queries.categories(actor_of(info.context))
        return [IssueCategory.of(category) for category in categories]

    @strawberry.federation.field(
        description="The rules by which danger is spotted, in the order in which they are tried.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def hazard_rules(self, info: Info) -> list[HazardRule] | None:
        """All of them; at most 100."""
        rules = await info.context.application.intake.queries.hazard_rules(actor_of(info.context))
        return [HazardRule.of(rule) for rule in rules]

"""What the staff can read. Another community's object is as unknown as one that never was."""

from collections.abc import Sequence
from dataclasses import dataclass

from issues.application.handling.reach import reaches
from issues.application.hazard_rules_in_force import HazardRulesInForce
from issues.application.permit import permit
from issues.application.ports import Cursor, Intakes, Issues, Page
from issues.domain.categories import CATEGORIES, Category
from issues.domain.hazard_rules import HazardRule
from issues.domain.intake import Intake, IntakeState
from issues.domain.issue import Issue, IssueState
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class Queries:
    """Reads, each with the actor who asks.

    Raises from every call: Forbidden.
    """

    intakes: Intakes
    issues: Issues
    rules: HazardRulesInForce

    async def inbox(
        self, actor: Actor, state: IntakeState | None, *, first: int, after: Cursor | None
    ) -> Page[Intake]:
        """List the community's intakes, the latest received first."""
        permit(actor, Operation.INBOX)
        return await self.intakes.inbox(actor.community_id, state, first=first, after=after)

    async def latest_issues(
        self, actor: Actor, state: IssueState | None, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List the community's issues, the latest reported first."""
        permit(actor, Operation.ISSUES)
        return await self.issues.latest(actor.community_id, state, first=first, after=after)

    async def intakes_by_id(self, actor: Actor, ids: Sequence[str]) -> list[Intake | None]:
        """Read intakes in the order of the ids, None for one that is not there."""
        permit(actor, Operation.INTAKE)
        return await self.intakes.get_many(actor.community_id, ids)

    async def issues_by_id(self, actor: Actor, ids: Sequence[str]) -> list[Issue | None]:
        """Read issues in the order of the ids, None for one that is not there or out of reach."""
        permit(actor, Operation.ISSUE)
        found = await self.issues.get_many(actor.community_id, ids)
        return [issue if issue is not None and reaches(actor, issue) else None for issue in found]

    async def hazard_rules(self, actor: Actor) -> Sequence[HazardRule]:
        """List the rules that the community goes by."""
        permit(actor, Operation.HAZARD_RULES)
        return await self.rules(actor.community_id)

    def categories(self, actor: Actor) -> Sequence[Category]:
        """List what an issue can be about."""
        permit(actor, Operation.ISSUE_CATEGORIES)
        return CATEGORIES

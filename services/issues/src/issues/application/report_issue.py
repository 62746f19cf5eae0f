"""An intake was accepted: the issue comes to be."""

from dataclasses import dataclass

from issues.application.ports import Intakes, Issues
from issues.domain.errors import IntakeNotFound
from issues.domain.issue import Issue, facts_of_issue, issue_of


@dataclass(frozen=True)
class ReportIssue:
    """Create the issue that an accepted intake became, once.

    Raises: IntakeNotFound while there is no accepted intake.
    Emits: issue.reported v1; hazard.found v1 for a hazard.
    """

    intakes: Intakes
    issues: Issues

    async def __call__(self, community_id: str, intake_id: str) -> Issue:
        issue = issue_of(await self.intakes.get(community_id, intake_id))
        if issue is None:
            raise IntakeNotFound
        return await self.issues.add(issue, facts_of_issue(issue))

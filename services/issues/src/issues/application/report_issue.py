"""An intake was accepted: the issue comes to be."""

from dataclasses import dataclass

from issues.application.handling.note_issue_reporter import NoteIssueReporter
from issues.application.ports import Intakes, Issues
from issues.domain.errors import IntakeNotFound
from issues.domain.handling.facts import facts_of_issue
from issues.domain.issue import Issue, issue_of


@dataclass(frozen=True)
class ReportIssue:
    """Create the issue that an accepted intake became, once.

    Its reporter may become known before it is there or at the same time. The intake is asked
    once more when it is there: who is joined later finds the issue.

    Raises: IntakeNotFound while there is no accepted intake.
    Emits: issue.reported v1; hazard.found v1 for a hazard; issue.updated v1 for a reporter.
    """

    intakes: Intakes
    issues: Issues
    note_reporter: NoteIssueReporter

    async def __call__(self, community_id: str, intake_id: str) -> Issue:
        issue = issue_of(await self.intakes.get(community_id, intake_id))
        if issue is None:
            raise IntakeNotFound
        reported = await self.issues.add(issue, facts_of_issue(issue))
        reporter = (await self.intakes.get(community_id, intake_id)).reporter
        if reporter is None:
            return reported
        return await self.note_reporter(community_id, issue.id, reporter) or reported

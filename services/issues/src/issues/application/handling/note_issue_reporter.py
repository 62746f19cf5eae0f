"""It is known whose account an issue is of."""

from dataclasses import dataclass

from issues.application.ports import Issues, Now
from issues.domain.errors import IssueNotFound
from issues.domain.handling.join import note_reporter
from issues.domain.issue import Issue
from issues.domain.reporter import Reporter


@dataclass(frozen=True)
class NoteIssueReporter:
    """Note the reporter on the issue, if there is one already.

    Returns: the issue; None while it is not there. Its intake knows the reporter then.
    Emits: issue.updated v1 where it was not known.
    """

    issues: Issues
    now: Now

    async def __call__(self, community_id: str, issue_id: str, reporter: Reporter) -> Issue | None:
        at = self.now()
        try:
            return await self.issues.change(
                community_id, issue_id, lambda issue: note_reporter(issue, reporter, at)
            )
        except IssueNotFound:
            return None

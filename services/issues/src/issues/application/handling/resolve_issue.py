"""The work is done, and proved."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.requests import Request

from issues.application.evidence_ports import Photos
from issues.application.handling.reach import within_reach
from issues.application.permit import permit
from issues.application.ports import Issues, Now
from issues.domain.events import Event
from issues.domain.handling.evidence import require_evidence
from issues.domain.handling.resolve import resolve
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class ResolveIssue:
    """Say that the work is done, with a note that everybody may read and photos of it.

    Raises: Forbidden; IssueNotFound; IssueClosed; IssueNotAssigned; IssueNotInProgress;
        EvidenceMissing; EvidenceUnknown; EvidenceNotOfWork; PublicTextInvalid;
        PublicTextRevealsPerson.
    Emits: issue.resolved v1.
    """

    issues: Issues
    photos: Photos
    now: Now

    async def __call__(
        self,
        actor: Actor,
        issue_id: str,
        *,
        note: str,
        photo_ids: Sequence[str],
        request: Request,
    ) -> Issue:
        permit(actor, Operation.RESOLVE_ISSUE)
        at = self.now()
        known = await self.photos.of_issue(actor.community_id, issue_id, photo_ids)

        def resolved(issue: Issue) -> tuple[Issue, Sequence[Event]]:
            after = resolve(issue, note=note, photo_ids=photo_ids, by=actor.account_id, at=at)
            require_evidence(issue, photo_ids, known, by=actor.account_id)
            return after

        return await self.issues.change(
            actor.community_id, issue_id, within_reach(actor, resolved), request=request
        )

"""Where issues are worked on, on one page: from the assignment to the reporter's word."""

from dataclasses import dataclass

from issues.application.handling.assign_issue import AssignIssue
from issues.application.handling.assigned_issues import AssignedIssues
from issues.application.handling.confirm_issue import ConfirmIssue
from issues.application.handling.confirm_issue_on_behalf import ConfirmIssueOnBehalf
from issues.application.handling.escalate_issue import EscalateIssue
from issues.application.handling.handling_figures import ReadHandlingFigures
from issues.application.handling.mark_duplicate import MarkDuplicate
from issues.application.handling.record_round import RecordRound
from issues.application.handling.reject_issue import RejectIssue
from issues.application.handling.reopen_issue import ReopenIssue
from issues.application.handling.resolve_issue import ResolveIssue
from issues.application.handling.resume_issue import ResumeIssue
from issues.application.handling.settle_promise import SettlePromise
from issues.application.handling.start_issue import StartIssue
from issues.application.handling.wait_for_party import WaitForParty


@dataclass(frozen=True)
class Handling:
    """The use cases and reads of this room."""

    assign_issue: AssignIssue
    start_issue: StartIssue
    record_round: RecordRound
    settle_promise: SettlePromise
    wait_for_party: WaitForParty
    resume_issue: ResumeIssue
    escalate_issue: EscalateIssue
    resolve_issue: ResolveIssue
    confirm_issue: ConfirmIssue
    confirm_issue_on_behalf: ConfirmIssueOnBehalf
    reopen_issue: ReopenIssue
    reject_issue: RejectIssue
    mark_duplicate: MarkDuplicate
    assigned_issues: AssignedIssues
    figures: ReadHandlingFigures

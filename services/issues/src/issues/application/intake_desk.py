"""Where comments become issues, on one page: from the inbox to the triage."""

from dataclasses import dataclass

from issues.application.acknowledge_issue import AcknowledgeIssue
from issues.application.confirm_hazard import ConfirmHazard
from issues.application.decline_hazard import DeclineHazard
from issues.application.dismiss_intake import DismissIntake
from issues.application.follow_issue import FollowIssue
from issues.application.issue_figures import ReadIssueFigures
from issues.application.open_issue import OpenIssue
from issues.application.queries import Queries
from issues.application.remove_hazard_rule import RemoveHazardRule
from issues.application.set_hazard_rule import SetHazardRule
from issues.application.triage_issue import TriageIssue


@dataclass(frozen=True)
class IntakeDesk:
    """The use cases and reads of this room."""

    open_issue: OpenIssue
    dismiss_intake: DismissIntake
    acknowledge_issue: AcknowledgeIssue
    triage_issue: TriageIssue
    confirm_hazard: ConfirmHazard
    decline_hazard: DeclineHazard
    set_hazard_rule: SetHazardRule
    remove_hazard_rule: RemoveHazardRule
    follow_issue: FollowIssue
    queries: Queries
    figures: ReadIssueFigures

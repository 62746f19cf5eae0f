"""Make the issue that an intake became."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from issues.application.report_issue import ReportIssue
from issues.domain.errors import IntakeNotFound

ISSUES_TOPIC = "linli.issues.events"


class IntakeAccepted(msgspec.Struct, frozen=True):
    """A person or a rule decided that it is an issue; the rest is read from the intake."""

    type: ClassVar[str] = "intake.accepted.v1"
    intake_id: str
    comment_id: str


def on_intake_accepted(report_issue: ReportIssue) -> Handle[IntakeAccepted]:
    """Make the handler."""

    async def handle(event: Received[IntakeAccepted]) -> None:
        try:
            await report_issue(event.community_id, event.data.intake_id)
        except IntakeNotFound:  # told by a store that has been set back since
            raise EarlyArrival(awaits=event.data.comment_id) from None

    return handle

"""What time does to an issue that nobody touches."""

from collections.abc import Sequence
from datetime import datetime

from issues.domain.events import Event
from issues.domain.handling.confirm import confirm_by_silence
from issues.domain.handling.notices import with_notices
from issues.domain.handling.wait import run_out
from issues.domain.issue import Issue


def watched(issue: Issue, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Do all that is due by a moment: clocks tell, a wait ends, silence confirms.

    Afterwards its `watch_at` lies ahead, or is None. If nothing is due it stays as it is.

    Emits: issue.sla_at_risk v1, issue.sla_breached v1, issue.updated v1, issue.confirmed v1.
    """
    if issue.watch_at is None or at < issue.watch_at:
        return issue, ()
    resumed, by_wait = run_out(issue, at)
    settled, by_silence = confirm_by_silence(resumed, at)
    noticed, notices = with_notices(settled, at)
    # what a clock tells is private; a wait or a silence has said itself that it is not
    return noticed.as_of(at, public=False), (*by_wait, *notices, *by_silence)

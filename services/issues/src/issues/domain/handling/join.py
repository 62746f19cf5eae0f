"""It is known whose account an issue is of."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.events import Event
from issues.domain.issue import Change, Issue
from issues.domain.reporter import Reporter


def note_reporter(issue: Issue, reporter: Reporter, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Note who reported it; the same again, or what was told earlier, changes nothing.

    Emits: issue.updated v1, or nothing.
    """
    known = issue.reporter
    if known is not None and reporter.sequence <= known.sequence:
        return issue, ()
    joined = msgspec.structs.replace(issue, reporter=reporter)
    return issue.updated(joined, Change.REPORTER_JOINED, at)

"""A person says that there is no danger."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.events import Event
from issues.domain.handling.notices import with_notices
from issues.domain.issue import Change, Issue


def decline_hazard(issue: Issue, *, by: str, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Say that there is no danger; its clock stops.

    Raises: HazardNotRaised; HazardAlreadyDeclined.
    Emits: issue.updated v1; what the clocks had still to tell.
    """
    noticed, notices = with_notices(issue, at)
    declined = msgspec.structs.replace(noticed, hazard=noticed.hazard.decline(by=by, at=at))
    updated, told = issue.updated(declined, Change.HAZARD_DECLINED, at)
    return updated, (*notices, *told)

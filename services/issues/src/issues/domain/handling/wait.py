"""An outside party has to move first: the handling clock rests, for a reason and up to a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from issues.domain.events import Event
from issues.domain.handling.decisions import Waiting
from issues.domain.handling.errors import IssueNotWaiting, TooManyPauses, WaitInvalid
from issues.domain.handling.notices import with_notices
from issues.domain.handling.party import PartyKind
from issues.domain.handling.texts import checked_text
from issues.domain.handling.work import handled_by, require_assigned, require_in_progress
from issues.domain.issue import Change, Issue, IssueState

LONGEST_WAIT = timedelta(days=366)
MAX_WAITINGS = 100


def wait_for_party(
    issue: Issue, *, party_kind: PartyKind, reason: str, until: datetime, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Pause the handling clock until a moment at the latest.

    Raises: IssueClosed; IssueNotAssigned; IssueNotInProgress; TooManyPauses; WaitInvalid;
        TextInvalid; TextRevealsPerson.
    Emits: issue.updated v1; what the clocks had still to tell.
    """
    require_in_progress(issue)
    if len(issue.waitings) >= MAX_WAITINGS:
        raise TooManyPauses
    if not at < until <= at + LONGEST_WAIT:
        raise WaitInvalid
    waiting = Waiting(
        party_kind=party_kind,
        reason=checked_text(reason),
        started_at=at,
        started_by=by,
        until=until,
    )
    noticed, notices = with_notices(issue, at)
    waits, updated = issue.updated(
        msgspec.structs.replace(
            handled_by(noticed, by),
            state=IssueState.WAITING_EXTERNAL,
            waitings=(*issue.waitings, waiting),
            handling=noticed.handling.pause(at, until),
        ),
        Change.WAITING,
        at,
    )
    return waits, (*notices, *updated)


def resume(issue: Issue, *, by: str, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Go on before the wait has run out; the clock runs on.

    Raises: IssueClosed; IssueNotAssigned; IssueNotWaiting.
    Emits: issue.updated v1; what the clocks had still to tell.
    """
    require_assigned(issue)
    if issue.state != IssueState.WAITING_EXTERNAL:
        raise IssueNotWaiting
    noticed, notices = with_notices(issue, at)
    resumed, updated = issue.updated(
        msgspec.structs.replace(
            end_waiting(handled_by(noticed, by), by=by, at=at),
            state=IssueState.IN_PROGRESS,
            hazard=noticed.hazard.somebody_there(at),
        ),
        Change.RESUMED,
        at,
    )
    return resumed, (*notices, *updated)


def run_out(issue: Issue, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Go on because the wait has run out, if it has; the clock has run since then.

    Emits: issue.updated v1, or nothing.
    """
    if issue.state != IssueState.WAITING_EXTERNAL or at < issue.waitings[-1].until:
        return issue, ()
    ended = msgspec.structs.replace(
        end_waiting(issue, by=None, at=at), state=IssueState.IN_PROGRESS
    )
    return issue.updated(ended, Change.RESUMED, at)


def end_waiting(issue: Issue, *, by: str | None, at: datetime) -> Issue:
    """Return it with its wait at an end: at this moment, or when it ran out before."""
    if issue.state != IssueState.WAITING_EXTERNAL:
        return issue
    last = issue.waitings[-1]
    early = at < last.until
    ended = msgspec.structs.replace(
        last, ended_at=at if early else last.until, ended_by=by if early else None
    )
    return msgspec.structs.replace(
        issue, waitings=(*issue.waitings[:-1], ended), handling=issue.handling.resume(at)
    )

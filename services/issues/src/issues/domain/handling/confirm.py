"""It is settled: on the reporter's word, on theirs through the staff, or on nobody's."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.errors import IssueNotFound
from issues.domain.events import Event
from issues.domain.handling.decisions import Confirmation, ConfirmedHow, Via
from issues.domain.handling.errors import (
    HandlerMayNotRate,
    IssueAlreadyConfirmed,
    IssueNotResolved,
    NotTheReporter,
    RatingOutOfRange,
)
from issues.domain.handling.facts import confirmation_of
from issues.domain.handling.texts import checked_text
from issues.domain.handling.visibility import is_public, is_reporter
from issues.domain.issue import SILENCE, Issue, IssueState

RATINGS = range(1, 6)


def confirm(
    issue: Issue, *, rating: int, comment: str | None, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Say, as its reporter, that it is settled, and how well; the comment stays private.

    Raises: IssueNotFound to who may not see it; NotTheReporter; HandlerMayNotRate;
        IssueNotResolved; IssueAlreadyConfirmed; RatingOutOfRange; TextInvalid;
        TextRevealsPerson.
    Emits: issue.confirmed v1.
    """
    require_reporter(issue, by)
    _require_no_handler(issue, by)
    return _confirmed(
        issue,
        Confirmation(
            how=ConfirmedHow.REPORTER,
            rating=_checked_rating(rating),
            comment=checked_text(comment) if comment else None,
            confirmed_at=at,
            confirmed_by=by,
        ),
    )


def confirm_on_behalf(
    issue: Issue, *, rating: int, via: Via, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Say what the reporter said to somebody of the staff, who had no part in the work.

    Raises: HandlerMayNotRate; IssueNotResolved; IssueAlreadyConfirmed; RatingOutOfRange.
    Emits: issue.confirmed v1.
    """
    _require_no_handler(issue, by)
    return _confirmed(
        issue,
        Confirmation(
            how=ConfirmedHow.ON_BEHALF,
            rating=_checked_rating(rating),
            via=via,
            confirmed_at=at,
            confirmed_by=by,
        ),
    )


def confirm_by_silence(issue: Issue, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Settle what nobody objected to for seven days, if they are over.

    Emits: issue.confirmed v1, or nothing.
    """
    if issue.state != IssueState.RESOLVED or issue.resolution is None:
        return issue, ()
    if at < issue.resolution.resolved_at + SILENCE:
        return issue, ()
    return _confirmed(issue, Confirmation(how=ConfirmedHow.SILENCE, confirmed_at=at))


def require_reporter(issue: Issue, account_id: str) -> None:
    """Raises: IssueNotFound to who may not see it; NotTheReporter to who may."""
    if is_reporter(issue, account_id):
        return
    raise NotTheReporter if is_public(issue) else IssueNotFound


def _require_no_handler(issue: Issue, account_id: str) -> None:
    if account_id in issue.handlers:
        raise HandlerMayNotRate


def _checked_rating(rating: int) -> int:
    if rating not in RATINGS:
        raise RatingOutOfRange
    return rating


def _confirmed(issue: Issue, confirmation: Confirmation) -> tuple[Issue, Sequence[Event]]:
    if issue.state == IssueState.CONFIRMED:
        raise IssueAlreadyConfirmed
    if issue.state != IssueState.RESOLVED:
        raise IssueNotResolved
    confirmed = msgspec.structs.replace(
        issue, state=IssueState.CONFIRMED, confirmation=confirmation
    ).as_of(confirmation.confirmed_at)
    return confirmed, confirmation_of(confirmed)

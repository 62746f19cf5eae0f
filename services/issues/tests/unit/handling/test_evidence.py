"""What proves the work: a photo of it, by somebody who did it, since it began."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec
import pytest
from issues.domain.handling.errors import EvidenceNotOfWork, EvidenceUnknown
from issues.domain.handling.evidence import Evidence, require_evidence
from issues.domain.handling.start import start
from issues.domain.issue import Issue
from issues.domain.reporter import Reporter

from ...handling_stages import (
    CLERK,
    HOUR,
    NEIGHBOUR,
    PHOTO,
    REPORTER,
    STEWARD,
    in_progress,
    joined,
    reopened,
)

MakeIssue = Callable[..., Issue]
MILLISECOND = timedelta(milliseconds=1)


def a_photo(at: datetime, *, by: str = STEWARD) -> Evidence:
    return Evidence(photo_id=PHOTO, taken_by=by, uploaded_at=at)


def proves(issue: Issue, *known: Evidence, photo_ids: Sequence[str] = (PHOTO,)) -> None:
    """The clerk resolves the issue with it."""
    require_evidence(issue, photo_ids, known, by=CLERK)


@pytest.mark.parametrize("taken_by", [STEWARD, CLERK], ids=["a handler", "who resolves it"])
def test_a_photo_by_whoever_works_on_it_proves_it(an_issue: MakeIssue, taken_by: str) -> None:
    issue = in_progress(joined(an_issue()))
    assert issue.started_at is not None
    proves(issue, a_photo(issue.started_at, by=taken_by))


def test_a_photo_of_the_reporters_proves_nothing(an_issue: MakeIssue) -> None:
    issue = in_progress(joined(an_issue()))
    with pytest.raises(EvidenceNotOfWork):
        proves(issue, a_photo(issue.updated_at + HOUR, by=REPORTER))


def test_nor_does_it_where_the_reporter_works_on_it(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    own = Reporter(account_id=STEWARD, person_key=None, joined_at=issue.reported_at, sequence=1)
    with pytest.raises(EvidenceNotOfWork):
        proves(msgspec.structs.replace(issue, reporter=own), a_photo(issue.updated_at))


def test_a_photo_by_somebody_who_has_no_part_in_it_proves_nothing(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    with pytest.raises(EvidenceNotOfWork):
        proves(issue, a_photo(issue.updated_at, by=NEIGHBOUR))


def test_a_photo_from_before_the_work_began_proves_nothing(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    assert issue.started_at is not None
    with pytest.raises(EvidenceNotOfWork):
        proves(issue, a_photo(issue.started_at - MILLISECOND))


def test_what_did_not_prove_it_the_first_time_does_not_prove_it_the_second(
    an_issue: MakeIssue,
) -> None:
    back = reopened(an_issue())
    assert back.reopening is not None
    assert back.resolution is not None
    again, _ = start(back, by=STEWARD, at=back.updated_at + HOUR)
    with pytest.raises(EvidenceNotOfWork):
        proves(again, a_photo(back.resolution.resolved_at))
    proves(again, a_photo(back.reopening.reopened_at))


def test_each_of_the_photos_has_to_prove_it(an_issue: MakeIssue) -> None:
    issue = in_progress(an_issue())
    good = a_photo(issue.updated_at)
    old = Evidence(photo_id="photo_old", taken_by=STEWARD, uploaded_at=issue.reported_at)
    with pytest.raises(EvidenceNotOfWork):
        proves(issue, good, old, photo_ids=[PHOTO, "photo_old"])
    with pytest.raises(EvidenceUnknown):
        proves(issue, good, photo_ids=[PHOTO, "photo_of_nobody"])

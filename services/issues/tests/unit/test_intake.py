"""An intake makes at most one issue, after the reply, unless there is danger."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from chassis.ids import derived_id
from issues.domain import errors, events
from issues.domain.decisions import DismissalReason
from issues.domain.default_hazard_rules import DEFAULT_HAZARD_RULES
from issues.domain.first_reply import ReplyOutcome
from issues.domain.intake import Intake, IntakeState, facts_of_intake
from issues.domain.issue import issue_of
from issues.domain.reporter import Reporter

MakeIntake = Callable[..., Intake]
CLERK = "account_01jd8f6v5tev4b8f4z9x7m2k08"


def accept(intake: Intake, at: datetime, **given: object) -> tuple[Intake, list[events.Event]]:
    how = {"category": "lighting", "hazard": False, "public_text": None} | given
    accepted, emitted = intake.accept(
        issue_id=derived_id("issue", intake.id),
        by=CLERK,
        at=at,
        **how,  # type: ignore[arg-type]
    )
    return accepted, list(emitted)


def replied(intake: Intake, at: datetime) -> Intake:
    return intake.note_reply(at=at, by=CLERK)[0]


def test_a_comment_taken_in_waits_for_a_reply_within_a_day(
    an_intake: MakeIntake, nine: datetime
) -> None:
    intake = an_intake()
    assert intake.state == IntakeState.RECEIVED
    assert intake.first_reply.clock.due_at == nine + timedelta(hours=24)
    assert intake.first_reply.clock.at_risk_at == nine + timedelta(hours=19.2)


def test_dispatching_before_the_reply_is_refused(an_intake: MakeIntake, nine: datetime) -> None:
    with pytest.raises(errors.ReplyPending):
        accept(an_intake(), nine)


def test_dispatching_after_the_reply_makes_an_issue(an_intake: MakeIntake, nine: datetime) -> None:
    intake = replied(an_intake(), nine)
    assert intake.state == IntakeState.REPLIED
    accepted, emitted = accept(intake, nine)
    assert accepted.state == IntakeState.ACCEPTED
    assert emitted == list(facts_of_intake(accepted))
    (event,) = emitted
    assert isinstance(event, events.IntakeAccepted)
    assert (event.accepted_by, event.hazard, event.category) == (CLERK, False, "lighting")


def test_a_hazard_is_dispatched_before_the_reply(an_intake: MakeIntake, nine: datetime) -> None:
    accepted, _ = accept(an_intake(), nine, hazard=True)
    assert accepted.state == IntakeState.ACCEPTED
    assert accepted.first_reply.outcome == ReplyOutcome.AWAITED


def test_a_deleted_comment_cannot_be_answered_and_is_dispatched_without(
    an_intake: MakeIntake, nine: datetime
) -> None:
    deleted, _ = an_intake().note_deletion(sequence=2, at=nine)
    accepted, _ = accept(deleted, nine)
    assert accepted.state == IntakeState.ACCEPTED


def test_a_comment_makes_at_most_one_issue(an_intake: MakeIntake, nine: datetime) -> None:
    accepted, _ = accept(replied(an_intake(), nine), nine)
    with pytest.raises(errors.IntakeAlreadyAccepted):
        accept(accepted, nine)
    with pytest.raises(errors.IntakeAlreadyAccepted):
        accepted.dismiss(reason=DismissalReason.SPAM, by=CLERK, at=nine)


def test_a_dismissed_comment_makes_none(an_intake: MakeIntake, nine: datetime) -> None:
    dismissed, emitted = replied(an_intake(), nine).dismiss(
        reason=DismissalReason.PRAISE, by=CLERK, at=nine
    )
    assert dismissed.state == IntakeState.DISMISSED
    assert [event.type for event in emitted] == ["intake.dismissed.v1"]
    with pytest.raises(errors.IntakeDismissed):
        accept(dismissed, nine, hazard=True)
    with pytest.raises(errors.IntakeDismissed):
        dismissed.dismiss(reason=DismissalReason.SPAM, by=CLERK, at=nine)


def test_answered_is_no_reason_before_the_answer(an_intake: MakeIntake, nine: datetime) -> None:
    with pytest.raises(errors.ReplyPending):
        an_intake().dismiss(reason=DismissalReason.ANSWERED, by=CLERK, at=nine)


def test_an_unknown_category_is_refused(an_intake: MakeIntake, nine: datetime) -> None:
    with pytest.raises(errors.CategoryUnknown):
        accept(replied(an_intake(), nine), nine, category="weather")


@pytest.mark.parametrize(
    "text", ["请联系 138 1234 5678", "3-2-501没水", "２单元５０１漏水", "身份证13010219880101123X"]
)
def test_a_public_text_that_gives_a_person_away_is_refused(
    an_intake: MakeIntake, nine: datetime, text: str
) -> None:
    with pytest.raises(errors.PublicTextRevealsPerson):
        accept(replied(an_intake(), nine), nine, public_text=text)


def test_an_empty_public_text_is_refused(an_intake: MakeIntake, nine: datetime) -> None:
    with pytest.raises(errors.PublicTextInvalid):
        accept(replied(an_intake(), nine), nine, public_text="  ")


def test_a_hazard_rule_makes_an_issue_at_once(an_intake: MakeIntake, nine: datetime) -> None:
    intake = an_intake(redacted_text="闻到煤气味！4号楼楼道")
    accepted, emitted = intake.apply_hazard_rules(
        DEFAULT_HAZARD_RULES, issue_id=derived_id("issue", intake.id), at=nine
    )
    (event,) = emitted
    assert isinstance(event, events.IntakeAccepted)
    assert event.accepted_by.startswith("rule:rule_")
    assert (event.category, event.hazard) == ("gas", True)
    assert accepted.state == IntakeState.ACCEPTED


def test_the_first_reply_is_noted_on_an_intake_accepted_earlier(
    an_intake: MakeIntake, nine: datetime
) -> None:
    accepted, _ = accept(an_intake(), nine, hazard=True)
    after = replied(accepted, nine + timedelta(minutes=10))
    assert after.state == IntakeState.ACCEPTED
    assert after.first_reply.seconds == 600
    assert after.first_reply.replied_at == nine + timedelta(minutes=10)


def test_only_the_first_reply_counts(an_intake: MakeIntake, nine: datetime) -> None:
    first = replied(an_intake(), nine)
    assert replied(first, nine + timedelta(hours=1)) == first


def test_a_reply_before_the_comments_own_time_took_no_time(
    an_intake: MakeIntake, nine: datetime
) -> None:
    assert replied(an_intake(), nine - timedelta(seconds=3)).first_reply.seconds == 0


def edit(intake: Intake, text: str, sequence: int, at: datetime) -> Intake:
    return intake.note_edit(
        redacted_text=text,
        sequence=sequence,
        edited_at=at,
        rules=DEFAULT_HAZARD_RULES,
        issue_id=derived_id("issue", intake.id),
        at=at,
    )[0]


def test_an_older_reading_of_the_comment_changes_nothing(
    an_intake: MakeIntake, nine: datetime
) -> None:
    latest = edit(edit(an_intake(), "灯还是没修", 2, nine), "灯修好了又坏", 3, nine)
    assert edit(latest, "灯还是没修", 2, nine) == latest
    assert latest.redacted_text == "灯修好了又坏"


def test_danger_that_shows_only_in_an_edit_is_seen(an_intake: MakeIntake, nine: datetime) -> None:
    edited = edit(an_intake(), "楼道灯漏电", 2, nine)
    assert edited.state == IntakeState.ACCEPTED


def test_an_edit_leaves_the_issue_with_what_was_decided_on(
    an_intake: MakeIntake, nine: datetime
) -> None:
    accepted, _ = accept(replied(an_intake(), nine), nine)
    edited = edit(accepted, "谢谢,不用了", 3, nine)
    issue = issue_of(edited)
    assert issue is not None
    assert issue.redacted_text == "楼道灯坏了一个月了"
    assert facts_of_intake(edited) == facts_of_intake(accepted)


def test_an_undecided_intake_has_nothing_to_tell(an_intake: MakeIntake) -> None:
    assert facts_of_intake(an_intake()) == ()
    assert issue_of(an_intake()) is None


def test_reply_and_deletion_give_the_same_state_in_either_order(
    an_intake: MakeIntake, nine: datetime
) -> None:
    intake = an_intake()
    gone_at = nine + timedelta(hours=1)
    one_way = replied(intake, nine).note_deletion(sequence=2, at=gone_at)[0]
    other_way = replied(intake.note_deletion(sequence=2, at=gone_at)[0], nine)
    assert one_way == other_way
    assert one_way.first_reply.outcome == ReplyOutcome.GIVEN


def test_a_comment_shown_again_is_owed_its_reply_as_if_it_had_never_been_gone(
    an_intake: MakeIntake, nine: datetime
) -> None:
    intake = an_intake()
    gone, _ = intake.note_deletion(sequence=2, at=nine + timedelta(hours=1))
    assert gone.first_reply.outcome == ReplyOutcome.DELETED

    back = edit(gone, intake.redacted_text, 3, nine + timedelta(hours=2))

    assert back.deleted_at is None
    assert back.first_reply == intake.first_reply


def test_a_dismissed_comment_shown_again_stays_dismissed(
    an_intake: MakeIntake, nine: datetime
) -> None:
    gone, _ = an_intake().note_deletion(sequence=2, at=nine)
    dismissed, _ = gone.dismiss(reason=DismissalReason.SPAM, by=CLERK, at=nine)

    back = edit(dismissed, "灯还是没修", 3, nine)

    assert back.deleted_at is None
    assert back.state == IntakeState.DISMISSED
    assert back.first_reply.outcome == ReplyOutcome.DISMISSED


def test_a_deletion_told_again_keeps_the_outcome(an_intake: MakeIntake, nine: datetime) -> None:
    gone, _ = an_intake().note_deletion(sequence=2, at=nine)
    dismissed, _ = gone.dismiss(reason=DismissalReason.SPAM, by=CLERK, at=nine)

    again, _ = dismissed.note_deletion(sequence=9, at=nine)

    assert again.first_reply == dismissed.first_reply
    assert (again.deleted_at, again.deleted_sequence) == (nine, 9)


def test_a_deletion_told_after_the_comment_was_shown_again_is_over(
    an_intake: MakeIntake, nine: datetime
) -> None:
    back = edit(an_intake(), "灯还是没修", 3, nine)
    assert back.note_deletion(sequence=2, at=nine) == (back, ())


def test_the_same_comment_received_again_brings_nothing_back(
    an_intake: MakeIntake, nine: datetime
) -> None:
    gone, _ = an_intake().note_deletion(sequence=2, at=nine)
    again, _ = gone.note_reading(
        redacted_text=gone.redacted_text,
        sequence=4,
        edited_at=None,
        rules=DEFAULT_HAZARD_RULES,
        issue_id=derived_id("issue", gone.id),
        at=nine,
    )
    assert again.deleted_at == nine


def reporter(nine: datetime, sequence: int, account_id: str = CLERK) -> Reporter:
    return Reporter(account_id=account_id, person_key=None, joined_at=nine, sequence=sequence)


def test_whose_account_it_is_goes_by_what_was_told_last(
    an_intake: MakeIntake, nine: datetime
) -> None:
    first, second = reporter(nine, 2, "account_1"), reporter(nine, 3, "account_2")
    for order in ((first, second), (second, first), (second, first, second, first)):
        intake = an_intake()
        for told in order:
            intake, emitted = intake.note_join(told)
            assert emitted == ()
        assert intake.reporter == second

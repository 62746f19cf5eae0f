"""An issue is acknowledged, then triaged; danger has a clock of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from chassis.ids import derived_id
from issues.domain import errors
from issues.domain.clocks import ClockState
from issues.domain.default_hazard_rules import DEFAULT_HAZARD_RULES
from issues.domain.handling.danger import decline_hazard
from issues.domain.handling.facts import facts_of_issue
from issues.domain.handling.triage import TriageDraft
from issues.domain.handling.triage import triage as handling_triage
from issues.domain.hazard import HazardState
from issues.domain.intake import Intake
from issues.domain.issue import Issue, IssueState, Level, issue_of

MakeIntake = Callable[..., Intake]
MakeIssue = Callable[..., Issue]
CLERK = "account_01jd8f6v5tev4b8f4z9x7m2k08"


def by_rule(intake: Intake, at: datetime) -> Issue:
    accepted, _ = intake.apply_hazard_rules(
        DEFAULT_HAZARD_RULES, issue_id=derived_id("issue", intake.id), at=at
    )
    issue = issue_of(accepted)
    assert issue is not None
    return issue


def triage(issue: Issue, at: datetime, **given: object) -> Issue:
    how = {"category": "lighting", "level": Level.COMMUNITY} | given
    return handling_triage(issue, TriageDraft(**how), by=CLERK, at=at)[0]  # type: ignore[arg-type]


def test_an_issue_starts_new_with_the_clock_of_its_category(
    an_issue: MakeIssue, nine: datetime
) -> None:
    issue = an_issue(category="water")
    assert issue.state == IssueState.NEW
    assert issue.level == Level.COMMUNITY
    assert issue.handling.due_at == nine + timedelta(hours=24)
    assert issue.handling.at_risk_at == nine + timedelta(hours=19.2)
    assert issue.hazard.state == HazardState.NONE
    assert issue.hazard.clock is None
    assert [event.type for event in facts_of_issue(issue)] == ["issue.reported.v1"]


def test_a_hazard_found_by_a_rule_is_proposed_and_its_two_hours_run(
    an_intake: MakeIntake, nine: datetime
) -> None:
    issue = by_rule(an_intake(redacted_text="配电箱漏电"), nine)
    assert issue.hazard.state == HazardState.PROPOSED
    assert issue.hazard.clock is not None
    assert issue.hazard.clock.due_at == nine + timedelta(hours=2)
    assert [event.type for event in facts_of_issue(issue)] == [
        "issue.reported.v1",
        "hazard.found.v1",
    ]


def test_a_hazard_that_a_clerk_names_is_confirmed(an_issue: MakeIssue) -> None:
    issue = an_issue(hazard=True)
    assert issue.hazard.state == HazardState.CONFIRMED
    with pytest.raises(errors.HazardAlreadyConfirmed):
        issue.confirm_hazard(by=CLERK, at=issue.reported_at)


def test_an_issue_is_acknowledged_once(an_issue: MakeIssue, nine: datetime) -> None:
    acknowledged, emitted = an_issue().acknowledge(by=CLERK, at=nine)
    assert acknowledged.state == IssueState.ACKNOWLEDGED
    assert acknowledged.acknowledged_by == CLERK
    assert [event.type for event in emitted] == ["issue.acknowledged.v1"]
    with pytest.raises(errors.IssueAlreadyAcknowledged):
        acknowledged.acknowledge(by=CLERK, at=nine)
    with pytest.raises(errors.IssueAlreadyAcknowledged):
        triage(acknowledged, nine).acknowledge(by=CLERK, at=nine)


def test_an_issue_is_acknowledged_before_it_is_triaged(an_issue: MakeIssue, nine: datetime) -> None:
    with pytest.raises(errors.IssueNotAcknowledged):
        triage(an_issue(), nine)


def test_triage_sets_category_level_text_and_place(an_issue: MakeIssue, nine: datetime) -> None:
    acknowledged, _ = an_issue().acknowledge(by=CLERK, at=nine)
    triaged = triage(
        acknowledged,
        nine,
        category="electricity",
        level=Level.DISTRICT,
        level_reason="配电房归区里管",
        public_text=" 二号楼楼道灯不亮 ",
        place="二号楼",
    )
    assert triaged.state == IssueState.TRIAGED
    assert (triaged.category, triaged.level) == ("electricity", Level.DISTRICT)
    assert (triaged.public_text, triaged.public_text_by) == ("二号楼楼道灯不亮", CLERK)
    assert triaged.place == "二号楼"
    assert triaged.handling.due_at == nine + timedelta(hours=24)


def test_triaging_again_keeps_what_is_not_given(an_issue: MakeIssue, nine: datetime) -> None:
    acknowledged, _ = an_issue().acknowledge(by=CLERK, at=nine)
    first = triage(acknowledged, nine, public_text="楼道灯不亮", place="二号楼")
    second = triage(first, nine, category="other")
    assert (second.public_text, second.place) == ("楼道灯不亮", "二号楼")
    assert second.category == "other"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"category": "weather"}, errors.CategoryUnknown),
        ({"public_text": "找老王13812345678"}, errors.PublicTextRevealsPerson),
        ({"public_text": "长" * 501}, errors.PublicTextInvalid),
        ({"place": "处" * 101}, errors.PlaceTooLong),
        ({"place": "3-2-501"}, errors.PublicTextRevealsPerson),
    ],
)
def test_bad_triage_is_refused(
    an_issue: MakeIssue, nine: datetime, given: dict[str, str], error: type[Exception]
) -> None:
    acknowledged, _ = an_issue().acknowledge(by=CLERK, at=nine)
    with pytest.raises(error):
        triage(acknowledged, nine, **given)


def test_a_proposed_hazard_is_confirmed_and_its_clock_runs_on(
    an_intake: MakeIntake, nine: datetime
) -> None:
    issue = by_rule(an_intake(redacted_text="配电箱漏电"), nine)
    confirmed, emitted = issue.confirm_hazard(by=CLERK, at=nine + timedelta(hours=1))
    assert confirmed.hazard.state == HazardState.CONFIRMED
    assert confirmed.hazard.clock == issue.hazard.clock
    assert [event.type for event in emitted] == ["issue.updated.v1"]


def test_a_hazard_that_nobody_proposed_is_found_when_confirmed(
    an_issue: MakeIssue, nine: datetime
) -> None:
    later = nine + timedelta(days=1)
    confirmed, emitted = an_issue().confirm_hazard(by=CLERK, at=later)
    assert confirmed.hazard.clock is not None
    assert confirmed.hazard.clock.due_at == later + timedelta(hours=2)
    assert [event.type for event in emitted] == ["hazard.found.v1", "issue.updated.v1"]


def test_declining_a_hazard_stops_its_clock(an_intake: MakeIntake, nine: datetime) -> None:
    issue = by_rule(an_intake(redacted_text="配电箱漏电"), nine)
    declined, emitted = decline_hazard(issue, by=CLERK, at=nine + timedelta(minutes=5))
    assert declined.hazard.state == HazardState.DECLINED
    assert declined.hazard.clock is not None
    assert declined.hazard.clock.state(nine + timedelta(days=9)) == ClockState.STOPPED
    assert [event.type for event in emitted] == ["issue.updated.v1"]
    with pytest.raises(errors.HazardAlreadyDeclined):
        decline_hazard(declined, by=CLERK, at=nine)


def test_a_hazard_that_was_never_raised_cannot_be_declined(
    an_issue: MakeIssue, nine: datetime
) -> None:
    with pytest.raises(errors.HazardNotRaised):
        decline_hazard(an_issue(), by=CLERK, at=nine)


def test_facts_tell_the_whole_issue(an_intake: MakeIntake, nine: datetime) -> None:
    issue = by_rule(an_intake(redacted_text="配电箱漏电"), nine)
    acknowledged, _ = issue.acknowledge(by=CLERK, at=nine)
    assert [event.type for event in facts_of_issue(triage(acknowledged, nine))] == [
        "issue.reported.v1",
        "hazard.found.v1",
        "issue.acknowledged.v1",
        "issue.updated.v1",
    ]


def test_a_declined_hazard_is_told_to_nobody_again(an_intake: MakeIntake, nine: datetime) -> None:
    issue = by_rule(an_intake(redacted_text="配电箱漏电"), nine)
    declined, _ = decline_hazard(issue, by=CLERK, at=nine)
    assert [event.type for event in facts_of_issue(declined)] == [
        "issue.reported.v1",
        "issue.updated.v1",
    ]


def test_a_clock_is_at_risk_at_four_fifths_and_overdue_after_all(
    an_issue: MakeIssue, nine: datetime
) -> None:
    clock = an_issue(category="water").handling
    hour = timedelta(hours=1)
    assert clock.state(nine + 19 * hour) == ClockState.RUNNING
    assert clock.state(nine + 20 * hour) == ClockState.AT_RISK
    assert clock.state(nine + 24 * hour) == ClockState.AT_RISK
    assert clock.state(nine + 25 * hour) == ClockState.OVERDUE
    assert clock.stop(nine + 25 * hour).state(nine + 26 * hour) == ClockState.OVERDUE

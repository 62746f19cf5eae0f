"""What this service says and hears is what the contracts say."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from issues.consumers import comment_events, issue_history
from issues.consumers.on_account_roles_changed import AccountRolesChanged
from issues.consumers.on_intake_accepted import IntakeAccepted
from issues.domain.decisions import DismissalReason
from issues.domain.default_hazard_rules import DEFAULT_HAZARD_RULES
from issues.domain.events import Event
from issues.domain.followers.follower import Follower, facts_of_follower
from issues.domain.handling.coordinate import settle_promise
from issues.domain.handling.danger import decline_hazard
from issues.domain.handling.facts import facts_of_issue
from issues.domain.handling.rounds import PromiseOutcome
from issues.domain.handling.triage import TriageDraft, triage
from issues.domain.handling.watch import watched
from issues.domain.intake import Intake, facts_of_intake
from issues.domain.issue import SILENCE, Issue, Level, issue_of

from ..handling_stages import STAGES, in_progress, joined, resolved, with_round

MakeIntake = Callable[..., Intake]
MakeIssue = Callable[..., Issue]

CLERK = "account_01jd8f6v5tev4b8f4z9x7m2k08"
FOLDER = next(
    folder / "contracts" / "events"
    for folder in Path(__file__).parents
    if (folder / "contracts" / "events").is_dir()
)
LISTENED_TO = [
    comment_events.CommentReceived,
    comment_events.CommentReplied,
    comment_events.CommentEdited,
    comment_events.CommentDeleted,
    comment_events.CommentJoined,
    IntakeAccepted,
    AccountRolesChanged,
    issue_history.IssueReported,
    issue_history.IssueAcknowledged,
    issue_history.IssueAssigned,
    issue_history.IssueUpdated,
    issue_history.CoordinationRecorded,
    issue_history.IssueResolved,
    issue_history.IssueConfirmed,
    issue_history.IssueReopened,
    issue_history.IssueSlaAtRisk,
    issue_history.IssueSlaBreached,
]


@pytest.fixture(scope="module")
def contracts() -> Contracts:
    return Contracts(FOLDER)


@pytest.mark.parametrize("kind", LISTENED_TO)
def test_every_example_of_what_we_hear_is_understood(
    contracts: Contracts, kind: type[IntakeAccepted]
) -> None:
    examples = contracts.examples(kind.type)
    assert examples
    for example in examples:
        msgspec.convert(example, kind)


def all_that_we_say_of_handling(an_issue: MakeIssue, nine: datetime) -> list[Event]:
    promised = with_round(in_progress(joined(an_issue())), due_on=nine.date())
    _, settled = settle_promise(
        promised,
        1,
        outcome=PromiseOutcome.BROKEN,
        settled=promised.updated_at,
        by=CLERK,
        at=promised.updated_at,
    )
    silent = resolved(an_issue())
    _, by_silence = watched(silent, silent.updated_at + SILENCE)
    _, breached = watched(an_issue(hazard=True), nine + SILENCE)
    of_every_state = [make(joined(an_issue())) for make in STAGES.values()]
    return [
        *settled,
        *by_silence,
        *breached,
        *facts_of_issue(promised),
        *(fact for issue in of_every_state for fact in facts_of_issue(issue)),
    ]


def all_that_we_say(an_intake: MakeIntake, an_issue: MakeIssue, nine: datetime) -> list[Event]:
    by_rule, accepted = an_intake(redacted_text="配电箱漏电").apply_hazard_rules(
        DEFAULT_HAZARD_RULES, issue_id=derived_id("issue", "x"), at=nine
    )
    _, dismissed = an_intake().dismiss(reason=DismissalReason.SPAM, by=CLERK, at=nine)
    proposed = issue_of(by_rule)
    assert proposed is not None
    acknowledged, acknowledgement = proposed.acknowledge(by=CLERK, at=nine)
    _, triaged = triage(
        acknowledged,
        TriageDraft(
            category="gas",
            level=Level.SUB_DISTRICT,
            level_reason="管网归街道管",
            public_text="有异味",
        ),
        by=CLERK,
        at=nine,
    )
    _, declined = decline_hazard(proposed, by=CLERK, at=nine)
    _, confirmed = an_issue().confirm_hazard(by=CLERK, at=nine)
    by_clerk = an_issue(hazard=True, source="message", article_id=None)
    return [
        *accepted,
        *dismissed,
        *facts_of_intake(by_rule),
        *facts_of_issue(proposed),
        *facts_of_issue(by_clerk),
        *acknowledgement,
        *triaged,
        *declined,
        *confirmed,
        *all_that_we_say_of_handling(an_issue, nine),
        *all_that_we_say_of_followers(nine),
    ]


def all_that_we_say_of_followers(nine: datetime) -> list[Event]:
    follower, followed = Follower(
        id=derived_id("follower", "x"),
        community_id=derived_id("community", "x"),
        issue_id=derived_id("issue", "x"),
        account_id=CLERK,
    ).follow(nine)
    gone, unfollowed = follower.unfollow(nine)
    _, reported = gone.be_reporter(nine)
    return [*followed, *unfollowed, *reported, *facts_of_follower(gone)]


def test_everything_we_say_keeps_its_contract(
    contracts: Contracts, an_intake: MakeIntake, an_issue: MakeIssue, nine: datetime
) -> None:
    said = all_that_we_say(an_intake, an_issue, nine)
    for event in said:
        contracts.check(event)
    assert {event.type for event in said} == {kind.type for kind in Event.__subclasses__()}

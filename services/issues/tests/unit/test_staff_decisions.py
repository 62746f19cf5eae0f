"""What staff decide, and what nobody else may."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.ids import derived_id
from chassis.testing import REQUESTS, FrozenClock
from issues.adapters.memory import MemoryIntakes, MemoryIssues
from issues.application.acknowledge_issue import AcknowledgeIssue
from issues.application.confirm_hazard import ConfirmHazard
from issues.application.decline_hazard import DeclineHazard
from issues.application.dismiss_intake import DismissIntake
from issues.application.open_issue import OpenIssue
from issues.application.triage_issue import TriageIssue
from issues.domain.decisions import DismissalReason
from issues.domain.errors import IntakeNotFound, IssueNotFound, ReplyPending
from issues.domain.handling.triage import TriageDraft
from issues.domain.intake import Intake, IntakeState
from issues.domain.issue import Issue, IssueState, Level
from issues.domain.permissions import Actor

MakeIntake = Callable[..., Intake]
MakeIssue = Callable[..., Issue]
MakeActor = Callable[..., Actor]

OTHER_ROLES = ["resident", "steward", "partner", "merchant", "auditor"]


class Office:
    """The use cases that staff call, over stores in memory."""

    def __init__(self, clock: FrozenClock) -> None:
        self.intakes = MemoryIntakes()
        self.issues = MemoryIssues()
        self._open = OpenIssue(self.intakes, clock)
        self._dismiss = DismissIntake(self.intakes, clock)
        self._triage = TriageIssue(self.issues, clock)
        self._acknowledge = AcknowledgeIssue(self.issues, clock)
        self._confirm = ConfirmHazard(self.issues, clock)
        self._decline = DeclineHazard(self.issues, clock)

    async def open(self, actor: Actor, intake: Intake, *, hazard: bool = False) -> Intake:
        return await self._open(
            actor,
            intake.id,
            issue_id=derived_id("issue", intake.id),
            category="lighting",
            hazard=hazard,
            public_text=None,
            request=REQUESTS.request_for(actor.account_id, "r1", intake=intake.id, hazard=hazard),
        )

    async def dismiss(self, actor: Actor, intake: Intake) -> Intake:
        request = REQUESTS.request_for(actor.account_id, "r2", intake=intake.id)
        return await self._dismiss(actor, intake.id, reason=DismissalReason.SPAM, request=request)

    async def acknowledge(self, actor: Actor, issue: Issue) -> Issue:
        return await self._acknowledge(
            actor, issue.id, request=REQUESTS.request_for(actor.account_id, "r3", issue=issue.id)
        )

    async def triage(self, actor: Actor, issue: Issue) -> Issue:
        return await self._triage(
            actor,
            issue.id,
            TriageDraft(category="other", level=Level.COMMUNITY),
            request=REQUESTS.request_for(actor.account_id, "r4", issue=issue.id),
        )

    async def confirm(self, actor: Actor, issue: Issue) -> Issue:
        return await self._confirm(
            actor, issue.id, request=REQUESTS.request_for(actor.account_id, "r5", issue=issue.id)
        )

    async def decline(self, actor: Actor, issue: Issue) -> Issue:
        return await self._decline(
            actor, issue.id, request=REQUESTS.request_for(actor.account_id, "r6", issue=issue.id)
        )


@pytest.fixture
def office(clock: FrozenClock) -> Office:
    return Office(clock)


async def test_opening_before_the_reply_is_refused_and_changes_nothing(
    office: Office, an_intake: MakeIntake, clerk: Actor
) -> None:
    intake = await office.intakes.add(an_intake())
    with pytest.raises(ReplyPending):
        await office.open(clerk, intake)
    assert office.intakes.all == [intake]
    assert office.intakes.events == []


async def test_a_clerk_who_says_hazard_opens_before_the_reply(
    office: Office, an_intake: MakeIntake, clerk: Actor
) -> None:
    intake = await office.intakes.add(an_intake())
    opened = await office.open(clerk, intake, hazard=True)
    assert opened.state == IntakeState.ACCEPTED
    assert opened.acceptance is not None
    assert opened.acceptance.accepted_by == clerk.account_id


async def test_a_repeated_request_opens_once_and_another_input_is_refused(
    office: Office, an_intake: MakeIntake, clerk: Actor, nine: datetime
) -> None:
    intake = await office.intakes.add(an_intake().note_reply(at=nine, by=clerk.account_id)[0])
    first = await office.open(clerk, intake)
    assert await office.open(clerk, intake) == first
    with pytest.raises(RequestIdReused):
        await office.open(clerk, intake, hazard=True)
    assert len(office.intakes.events) == 1


async def test_issues_go_from_new_to_acknowledged_to_triaged(
    office: Office, an_issue: MakeIssue, clerk: Actor
) -> None:
    issue = await office.issues.add(an_issue())
    assert (await office.acknowledge(clerk, issue)).state == IssueState.ACKNOWLEDGED
    assert (await office.triage(clerk, issue)).state == IssueState.TRIAGED


async def test_another_communitys_objects_are_as_unknown_as_none(
    office: Office, an_intake: MakeIntake, an_issue: MakeIssue, actor_as: MakeActor
) -> None:
    stranger = actor_as("secretary", community_id="community_other")
    intake = await office.intakes.add(an_intake())
    issue = await office.issues.add(an_issue(hazard=True))
    for change_intake in (office.dismiss, office.open):
        with pytest.raises(IntakeNotFound):
            await change_intake(stranger, intake)
    for change_issue in (office.acknowledge, office.triage, office.confirm, office.decline):
        with pytest.raises(IssueNotFound):
            await change_issue(stranger, issue)
    assert office.intakes.all == [intake]
    assert office.issues.all == [issue]


@pytest.mark.parametrize("role", OTHER_ROLES)
async def test_who_is_no_staff_may_decide_nothing(
    office: Office, an_intake: MakeIntake, an_issue: MakeIssue, actor_as: MakeActor, role: str
) -> None:
    actor = actor_as(role)
    intake = await office.intakes.add(an_intake())
    issue = await office.issues.add(an_issue(hazard=True))
    attempts: list[Awaitable[object]] = [
        office.open(actor, intake, hazard=True),
        office.dismiss(actor, intake),
        office.acknowledge(actor, issue),
        office.triage(actor, issue),
        office.confirm(actor, issue),
        office.decline(actor, issue),
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden):
            await attempt
    assert office.intakes.all == [intake]
    assert office.issues.all == [issue]

"""Levels as the graph hands them up, by name where it does not."""

from collections.abc import Callable
from typing import Any

import pytest
from chassis.testing import FrozenClock
from issues.domain.handling.escalate import escalate
from issues.domain.issue import Issue, Level

from ...handling_stages import CLERK, acknowledged, assigned
from ..asking import Api

MakeIssue = Callable[..., Issue]
TRIAGE = """
mutation($input: TriageIssueInput!) {
  triageIssue(input: $input) {
    ... on TriageIssueSuccess { issue { level escalation { fromLevel toLevel reason } } }
    ... on UserError { code message }
  }
}
"""
ESCALATE = """
mutation($input: EscalateIssueInput!) {
  escalateIssue(input: $input) { __typename ... on UserError { code message } }
}
"""


@pytest.fixture
def api(clock: FrozenClock, community_id: str) -> Api:
    return Api(clock, community_id)


async def triage(api: Api, issue: Issue, **given: object) -> Any:
    asked = {"requestId": "r", "issueId": issue.id, "category": "gas", **given}
    data, codes = await api.ask(TRIAGE, "clerk", input=asked)
    assert codes == []
    return data["triageIssue"]


def at_the_district(issue: Issue) -> Issue:
    """Somebody works on it, and it was handed up."""
    given = assigned(issue)
    return escalate(
        given, level=Level.DISTRICT, reason="管网归区里管", by=CLERK, at=given.updated_at
    )[0]


async def test_a_triage_that_raises_the_level_says_why(api: Api, an_issue: MakeIssue) -> None:
    issue = await api.issues.add(acknowledged(an_issue()))
    reason = "管网归区里管"
    answer = await triage(api, issue, level="DISTRICT", levelReason=reason)
    assert answer["issue"] == {
        "level": "DISTRICT",
        "escalation": {"fromLevel": "COMMUNITY", "toLevel": "DISTRICT", "reason": reason},
    }


@pytest.mark.parametrize(
    ("stage", "given", "code"),
    [
        (acknowledged, {"level": "DISTRICT"}, "ESCALATION_NEEDS_REASON"),
        (acknowledged, {"level": "DISTRICT", "levelReason": " "}, "TEXT_INVALID"),
        (
            acknowledged,
            {"level": "DISTRICT", "levelReason": "找老王13812345678"},
            "TEXT_REVEALS_PERSON",
        ),
        (assigned, {"level": "SUB_DISTRICT"}, "ESCALATION_NEEDS_REASON"),
        (at_the_district, {"level": "COMMUNITY"}, "LEVEL_NOT_HIGHER"),
    ],
)
async def test_a_triage_of_a_level_that_will_not_do_changes_nothing(
    api: Api,
    an_issue: MakeIssue,
    stage: Callable[[Issue], Issue],
    given: dict[str, str],
    code: str,
) -> None:
    issue = await api.issues.add(stage(an_issue()))
    answer = await triage(api, issue, **given)
    assert answer["code"] == code
    assert answer["message"].endswith("。")
    assert api.issues.all == [issue]


async def test_an_issue_is_not_handed_down(api: Api, an_issue: MakeIssue) -> None:
    issue = await api.issues.add(at_the_district(an_issue()))
    asked = {"requestId": "r", "issueId": issue.id, "level": "COMMUNITY", "reason": "区里退回"}
    data, codes = await api.ask(ESCALATE, "clerk", input=asked)
    assert codes == []
    assert data["escalateIssue"]["code"] == "LEVEL_NOT_HIGHER"
    assert api.issues.all == [issue]

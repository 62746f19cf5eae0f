"""The graph over stores in memory: named errors, one read a level, who is refused."""

from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime, timedelta
from typing import Any

import pytest
from chassis.ids import derived_id
from chassis.schema_rules import check_descriptions
from chassis.testing import FrozenClock
from issues.domain.handling.join import note_reporter
from issues.domain.intake import Intake
from issues.domain.issue import Issue
from issues.domain.permissions import Operation
from issues.domain.reporter import Reporter

from .asking import SCHEMA, Api
from .handling.test_handling_graph import VALID as HANDLING

MakeIntake = Callable[..., Intake]
MakeIssue = Callable[..., Issue]

STAFF = ("clerk", "secretary")
OTHER_ROLES = ("resident", "steward", "partner", "merchant", "auditor")
OF_RESIDENTS = {
    Operation.CREATE_PHOTO_UPLOAD,
    Operation.PUBLIC_ISSUE,
    Operation.PUBLIC_ISSUES,
    Operation.MY_ISSUES,
    Operation.FOLLOW_ISSUE,
    Operation.UNFOLLOW_ISSUE,
}
"""See the tests in `photos` and `public`."""
OF_WHO_WORKS_ON_IT = {Operation.ISSUE: ("steward", "partner")}
UNKNOWN = "issue_01jd8f6v5tev4b8f4z9x7m2k10"

READS = {
    Operation.INBOX: "{ inbox { nodes { id } } }",
    Operation.INTAKE: f'{{ intake(id: "{UNKNOWN}") {{ id }} }}',
    Operation.ISSUES: "{ issues { nodes { id } } }",
    Operation.ISSUE: f'{{ issue(id: "{UNKNOWN}") {{ id }} }}',
    Operation.ISSUE_CATEGORIES: "{ issueCategories { code } }",
    Operation.HAZARD_RULES: "{ hazardRules { id } }",
}


def mutation(name: str, fields: str) -> str:
    return (
        f'mutation {{ {name}(input: {{requestId: "r1", {fields}}}) '
        "{ __typename ... on UserError { code message } } }"
    )


WRITES = {
    Operation.OPEN_ISSUE: (
        mutation("openIssue", f'intakeId: "{UNKNOWN}", category: "gas"'),
        "IntakeNotFound",
    ),
    Operation.DISMISS_INTAKE: (
        mutation("dismissIntake", f'intakeId: "{UNKNOWN}", reason: SPAM'),
        "IntakeNotFound",
    ),
    Operation.ACKNOWLEDGE_ISSUE: (
        mutation("acknowledgeIssue", f'issueId: "{UNKNOWN}"'),
        "IssueNotFound",
    ),
    Operation.TRIAGE_ISSUE: (
        mutation("triageIssue", f'issueId: "{UNKNOWN}", category: "gas", level: COMMUNITY'),
        "IssueNotFound",
    ),
    Operation.CONFIRM_HAZARD: (
        mutation("confirmHazard", f'issueId: "{UNKNOWN}"'),
        "IssueNotFound",
    ),
    Operation.DECLINE_HAZARD: (
        mutation("declineHazard", f'issueId: "{UNKNOWN}"'),
        "IssueNotFound",
    ),
    Operation.SET_HAZARD_RULE: (
        mutation("setHazardRule", f'ruleId: "{UNKNOWN}", name: "x", words: ["x"]'),
        "HazardRuleNotFound",
    ),
    Operation.REMOVE_HAZARD_RULE: (
        mutation("removeHazardRule", f'ruleId: "{UNKNOWN}"'),
        "HazardRuleNotFound",
    ),
}


@pytest.fixture
def api(clock: FrozenClock, community_id: str) -> Api:
    return Api(clock, community_id)


def test_everything_is_described() -> None:
    check_descriptions(SCHEMA)


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("operation", READS)
async def test_staff_may_read(api: Api, operation: Operation, role: str) -> None:
    _, codes = await api.ask(READS[operation], role)
    assert codes == []


@pytest.mark.parametrize(
    ("operation", "role"),
    [
        (operation, role)
        for operation in READS
        for role in OTHER_ROLES
        if role not in OF_WHO_WORKS_ON_IT.get(operation, ())
    ],
)
async def test_others_may_not_read(api: Api, operation: Operation, role: str) -> None:
    data, codes = await api.ask(READS[operation], role)
    assert codes == ["FORBIDDEN"]
    assert list(data.values()) == [None]


@pytest.mark.parametrize("operation", WRITES)
async def test_an_unknown_object_is_a_named_error(api: Api, operation: Operation) -> None:
    document, expected = WRITES[operation]
    data, codes = await api.ask(document, "secretary")
    assert codes == []
    (answer,) = data.values()
    assert answer["__typename"] == expected
    assert answer["code"].endswith("_NOT_FOUND")
    assert answer["message"]


@pytest.mark.parametrize("role", OTHER_ROLES)
@pytest.mark.parametrize("operation", WRITES)
async def test_others_may_not_write(api: Api, operation: Operation, role: str) -> None:
    document, _ = WRITES[operation]
    data, codes = await api.ask(document, role)
    assert codes == ["FORBIDDEN"]
    assert list(data.values()) == [None]
    assert api.rule_sets.all == []


@pytest.mark.parametrize("operation", [Operation.SET_HAZARD_RULE, Operation.REMOVE_HAZARD_RULE])
async def test_a_clerk_may_not_change_rules(api: Api, operation: Operation) -> None:
    _, codes = await api.ask(WRITES[operation][0], "clerk")
    assert codes == ["FORBIDDEN"]


async def test_every_operation_of_the_table_is_asked_by_some_test() -> None:
    elsewhere = {
        Operation.ISSUE_FIGURES,
        Operation.ISSUE_UPDATED,
        Operation.ASSIGNED_ISSUES,
        *HANDLING,
        *OF_RESIDENTS,
    }
    assert set(READS) | set(WRITES) | elsewhere == set(Operation)


async def test_an_empty_request_id_is_bad_input(api: Api) -> None:
    document = WRITES[Operation.CONFIRM_HAZARD][0].replace('"r1"', '""')
    _, codes = await api.ask(document, "clerk")
    assert codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("after", ["x", "AAAA", "kZKhc6Fh"])
async def test_a_cursor_that_nobody_made_is_bad_input(api: Api, after: str) -> None:
    document = "query($after: String) { inbox(after: $after) { nodes { id } } }"
    _, codes = await api.ask(document, "clerk", after=after)
    assert codes == ["BAD_USER_INPUT"]


async def test_a_request_id_with_another_input_is_refused(api: Api, an_issue: MakeIssue) -> None:
    issue = await api.issues.add(an_issue())
    document = mutation("acknowledgeIssue", f'issueId: "{issue.id}"')
    data, _ = await api.ask(document, "clerk")
    assert data["acknowledgeIssue"]["__typename"] == "AcknowledgeIssueSuccess"
    data, _ = await api.ask(document, "clerk")
    assert data["acknowledgeIssue"]["__typename"] == "AcknowledgeIssueSuccess"
    other = mutation("confirmHazard", f'issueId: "{issue.id}"')
    data, _ = await api.ask(other, "clerk")
    assert data["confirmHazard"]["__typename"] == "RequestIdReused"
    assert api.issues.writes == 2


async def test_a_page_of_intakes_reads_its_issues_at_once(
    api: Api, an_intake: MakeIntake, clock: FrozenClock
) -> None:
    for minute in range(5):
        intake = an_intake(received_at=clock() + timedelta(minutes=minute))
        accepted, _ = intake.accept(
            issue_id=derived_id("issue", intake.id),
            category="gas",
            hazard=True,
            public_text=None,
            by="account_1",
            at=clock(),
        )
        await api.intakes.add(accepted)
    data, codes = await api.ask("{ inbox { nodes { issue { id } issueId } } }", "clerk")
    assert codes == []
    assert len(data["inbox"]["nodes"]) == 5
    assert api.issues.reads == 1


async def test_staff_see_whether_the_reporter_is_joined(
    api: Api, an_issue: MakeIssue, an_intake: MakeIntake, nine: datetime
) -> None:
    reporter = Reporter(account_id="a", person_key=None, joined_at=nine, sequence=2)
    for joined in (False, True):
        intake, issue = an_intake(), an_issue()
        if joined:
            intake, _ = intake.note_join(reporter)
            issue, _ = note_reporter(issue, reporter, nine)
        await api.intakes.add(intake)
        await api.issues.add(issue)

    issues, _ = await api.ask("{ issues { nodes { reporterJoined } } }", "clerk")
    inbox, _ = await api.ask("{ inbox { nodes { reporterJoined } } }", "clerk")

    for nodes in (issues["issues"]["nodes"], inbox["inbox"]["nodes"]):
        assert sorted(node["reporterJoined"] for node in nodes) == [False, True]


async def test_references_are_read_at_once_and_by_the_rule_of_a_direct_read(
    api: Api, an_issue: MakeIssue
) -> None:
    mine = [await api.issues.add(an_issue()) for _ in range(3)]
    others = await api.issues.add(an_issue(community_id="community_other"))
    asked = [{"__typename": "Issue", "id": issue.id} for issue in (*mine, others)]
    document = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { id } } }"
    data, codes = await api.ask(document, "clerk", r=asked)
    assert codes == []
    assert data["_entities"] == [*({"id": issue.id} for issue in mine), None]
    assert api.issues.reads == 1
    _, codes = await api.ask(document, "resident", r=asked[:1])
    assert codes == ["FORBIDDEN"]


FIGURES = """
query($id: ID!, $from: DateTime, $until: DateTime, $first: Int! = 20) {
  community(id: $id) {
    issueFigures(receivedFrom: $from, receivedUntil: $until) {
      received unanswered openIssues
      timeToFirstReply { medianSeconds p90Seconds }
      repliedWithinDay {
        value numerator denominator excluded { reason count } asOf
        rows(first: $first) { nodes { id } pageInfo { hasNextPage } }
      }
    }
  }
}
"""


async def test_a_community_shows_its_figures(
    api: Api,
    an_intake: MakeIntake,
    an_issue: MakeIssue,
    nine: datetime,
    clock: FrozenClock,
) -> None:
    clock.advance(minutes=5)
    answered, _ = an_intake().note_reply(at=nine + timedelta(minutes=2), by="account_1")
    await api.intakes.add(answered)
    await api.intakes.add(an_intake())
    await api.issues.add(an_issue())
    data, codes = await api.ask(FIGURES, "clerk", id=api.community_id)
    assert codes == []
    figures = data["community"]["issueFigures"]
    rate = figures.pop("repliedWithinDay")
    assert figures == {
        "received": 2,
        "unanswered": 1,
        "openIssues": 1,
        "timeToFirstReply": {"medianSeconds": 120, "p90Seconds": 120},
    }
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (1.0, 1, 1)
    assert {one["reason"]: one["count"] for one in rate["excluded"]} == {
        "day_not_over": 1,
        "dismissed_without_reply": 0,
        "deleted_before_reply": 0,
    }


async def test_another_community_is_unknown_and_figures_are_for_staff(api: Api) -> None:
    data, codes = await api.ask(FIGURES, "clerk", id="community_other")
    assert (data, codes) == ({"community": None}, [])
    data, codes = await api.ask(FIGURES, "resident", id=api.community_id)
    assert codes == ["FORBIDDEN"]
    assert data == {"community": {"issueFigures": None}}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-24T00:00:00Z", "2026-11-23T00:00:00Z"),
        ("2024-01-01T00:00:00Z", "2026-11-23T00:00:00Z"),
        ("2026-11-22T00:00:00", "2026-11-23T00:00:00Z"),
        ("0001-01-01T00:00:00+08:00", "2026-11-23T00:00:00Z"),
    ],
)
async def test_a_period_that_is_none_is_bad_input(api: Api, start: str, end: str) -> None:
    _, codes = await api.ask(FIGURES, "clerk", id=api.community_id, **{"from": start, "until": end})
    assert codes == ["BAD_USER_INPUT"]


async def test_who_follows_gets_the_state_now_and_others_get_nothing(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(an_issue())
    document = f'subscription {{ issueUpdated(id: "{issue.id}") {{ id state }} }}'
    for role in STAFF:
        assert await first_delivery(api, document, role) == (
            {"issueUpdated": {"id": issue.id, "state": "NEW"}},
            [],
        )
    for role in OTHER_ROLES:
        _, codes = await first_delivery(api, document, role)
        assert codes == ["FORBIDDEN"]


async def first_delivery(api: Api, document: str, role: str) -> tuple[Any, list[Any]]:
    """The data and the codes of the errors that come first."""
    results: Any = await SCHEMA.subscribe(document, context_value=api.context(role))
    async with aclosing(results):
        first = await anext(aiter(results))
        return first.data, [error.extensions["code"] for error in first.errors or []]

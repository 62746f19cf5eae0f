"""From a comment to an issue, over Kafka, as staff see it."""

from typing import Any

from chassis.ids import derived_id, new_id
from chassis.testing_graph import Graph

from .outreach import Outreach
from .person import Person
from .waiting import eventually

INBOX = """
query Inbox($state: IntakeState) {
  inbox(state: $state) {
    nodes {
      id state source redactedText repliedAt issueId hazardRuleId acceptedBy { id }
      comment { id } replyClock { kind state dueAt }
      issue { id state }
    }
  }
}
"""
ISSUE = """
query Issue($id: ID!) {
  issue(id: $id) {
    id state level category { code name handlingHours } source redactedText publicText place
    hazard hazardRuleId hazardClock { kind state } handlingClock { kind state dueAt }
    acknowledgedBy { id } comment { id } intake { id issueId }
  }
}
"""
OPEN = """
mutation Open($input: OpenIssueInput!) {
  openIssue(input: $input) {
    __typename
    ... on OpenIssueSuccess { issueId intake { id state acceptedBy { id } issue { id } } }
    ... on UserError { code message }
  }
}
"""


async def intakes(graph: Graph, person: Person, state: str | None = None) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await graph.ask(person, INBOX, state=state))["inbox"]["nodes"]
    return nodes


async def issue_of(graph: Graph, person: Person, issue_id: str) -> dict[str, Any]:
    async def found() -> Any:
        return (await graph.ask(person, ISSUE, id=issue_id))["issue"]

    issue = await eventually(found)
    assert isinstance(issue, dict)
    return issue


async def open_issue(graph: Graph, person: Person, intake_id: str, **given: object) -> Any:
    chosen = {"requestId": new_id("request"), "category": "lighting"} | given
    answer = await graph.ask(person, OPEN, input={"intakeId": intake_id, **chosen})
    return answer["openIssue"]


async def test_a_comment_is_answered_and_becomes_an_issue(
    graph: Graph, outreach: Outreach, clerk_at_work: Person
) -> None:
    clerk = clerk_at_work
    comment_id = await outreach.received(clerk.community_id, "楼道灯坏了一个月了")
    await eventually(lambda: intakes(graph, clerk))
    (intake,) = await intakes(graph, clerk)
    assert intake["state"] == "RECEIVED"
    assert intake["comment"] == {"id": comment_id}
    assert intake["redactedText"] == "楼道灯坏了一个月了"
    assert (intake["replyClock"]["kind"], intake["replyClock"]["state"]) == (
        "FIRST_REPLY",
        "RUNNING",
    )

    refused = await open_issue(graph, clerk, intake["id"])
    assert refused["__typename"] == "ReplyPending"
    assert refused["code"] == "REPLY_PENDING"
    assert await intakes(graph, clerk) == [intake]

    await outreach.replied(clerk.community_id, comment_id)
    await eventually(lambda: intakes(graph, clerk, "REPLIED"))
    opened = await open_issue(graph, clerk, intake["id"], publicText="二号楼楼道灯不亮")
    assert opened["__typename"] == "OpenIssueSuccess"
    assert opened["intake"]["acceptedBy"] == {"id": clerk.account_id}
    assert opened["issueId"] == derived_id("issue", intake["id"])

    issue = await issue_of(graph, clerk, opened["issueId"])
    assert issue["state"] == "NEW"
    assert issue["category"] == {"code": "lighting", "name": "照明", "handlingHours": 168}
    assert issue["publicText"] == "二号楼楼道灯不亮"
    assert issue["hazard"] == "NONE"
    assert issue["hazardClock"] is None
    assert issue["intake"] == {"id": intake["id"], "issueId": issue["id"]}
    (accepted,) = await intakes(graph, clerk, "ACCEPTED")
    assert accepted["issue"] == {"id": issue["id"], "state": "NEW"}


async def test_a_dangerous_comment_becomes_an_issue_before_anybody_answers(
    graph: Graph, outreach: Outreach, clerk_at_work: Person
) -> None:
    clerk = clerk_at_work
    await outreach.received(clerk.community_id, "闻到煤气味！4号楼楼道")
    (intake,) = await _wait_for_intakes(graph, clerk, "ACCEPTED")
    assert intake["repliedAt"] is None
    assert intake["acceptedBy"] is None
    issue = await issue_of(graph, clerk, intake["issueId"])
    assert (issue["hazard"], issue["category"]["code"]) == ("PROPOSED", "gas")
    assert issue["hazardRuleId"] == intake["hazardRuleId"]
    assert issue["hazardClock"] == {"kind": "HAZARD", "state": "RUNNING"}


async def test_the_first_reply_is_noted_after_a_hazard_was_dispatched(
    graph: Graph, outreach: Outreach, clerk_at_work: Person
) -> None:
    clerk = clerk_at_work
    comment_id = await outreach.received(clerk.community_id, "配电箱漏电")
    await _wait_for_intakes(graph, clerk, "ACCEPTED")
    await outreach.replied(clerk.community_id, comment_id)

    async def replied() -> bool:
        (intake,) = await intakes(graph, clerk)
        return intake["repliedAt"] is not None and intake["state"] == "ACCEPTED"

    await eventually(replied)


async def _wait_for_intakes(graph: Graph, person: Person, state: str) -> list[dict[str, Any]]:
    found = await eventually(lambda: intakes(graph, person, state))
    assert isinstance(found, list)
    return found

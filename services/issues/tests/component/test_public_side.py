"""What residents see of an issue and who hears of it, over the real processes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from chassis.testing_graph import Graph
from issues.domain.china_days import day_of

from .matters import do, done, issue_begun, issue_made
from .outreach import Outreach
from .person import Person
from .waiting import eventually

PersonAs = Callable[..., Person]

_SEEN = """
query($id: ID!) {
  publicIssue(id: $id) {
    state publicText mine role followerCount timeline { nodes { kind text } }
  }
}
"""
_MINE = "{ myIssues { nodes { id mine role } } }"
_LATEST = "{ publicIssues { nodes { id } } }"


@pytest.fixture
def resident(person_as: PersonAs) -> Person:
    return person_as("resident")


async def seen(graph: Graph, person: Person, issue_id: str) -> dict[str, Any] | None:
    issue: dict[str, Any] | None = (await graph.ask(person, _SEEN, id=issue_id))["publicIssue"]
    return issue


async def mine(graph: Graph, person: Person) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await graph.ask(person, _MINE))["myIssues"]["nodes"]
    return nodes


async def test_residents_see_what_happens_in_sentences(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, resident: Person
) -> None:
    clerk = clerk_at_work
    issue_id = await issue_begun(graph, outreach, clerk)
    at = utc_now()
    due_on = day_of(at) + timedelta(days=5)
    await done(
        graph,
        clerk,
        "recordRound",
        issueId=issue_id,
        party="市自来水公司",
        partyKind="WATER",
        at=at.isoformat(),
        said="主管道要换，下周能完成",
        promised={"text": "换好主管道", "dueOn": due_on.isoformat()},
    )

    async def told() -> list[str]:
        issue = await seen(graph, resident, issue_id)
        kinds = [entry["kind"] for entry in issue["timeline"]["nodes"]] if issue else []
        return kinds if "ROUND_RECORDED" in kinds and "STARTED" in kinds else []

    await eventually(told)
    issue = await seen(graph, resident, issue_id)
    assert issue is not None
    assert (issue["state"], issue["publicText"]) == ("IN_PROGRESS", "二号楼楼道灯不亮")
    texts = {entry["kind"]: entry["text"] for entry in issue["timeline"]["nodes"]}
    assert texts["ROUND_RECORDED"].startswith("第 1 次联系供水公司，对方承诺 ")
    assert texts["ROUND_RECORDED"].endswith(f"{due_on.month} 月 {due_on.day} 日前完成。")
    assert texts["STARTED"] == "处理人员已开始处理。"
    assert "自来水" not in str(issue)
    latest = (await graph.ask(resident, _LATEST))["publicIssues"]["nodes"]
    assert latest == [{"id": issue_id}]


async def test_one_follows_and_leaves(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, resident: Person
) -> None:
    issue_id = await issue_made(graph, outreach, clerk_at_work)
    await done(graph, resident, "followIssue", issueId=issue_id)
    assert await mine(graph, resident) == [{"id": issue_id, "mine": False, "role": "FOLLOWER"}]
    await done(graph, resident, "unfollowIssue", issueId=issue_id)
    assert await mine(graph, resident) == []


async def test_an_issue_that_is_not_public_is_as_unknown_as_none(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, resident: Person
) -> None:
    issue_id = await issue_made(graph, outreach, clerk_at_work, public_text=None)
    assert await seen(graph, resident, issue_id) is None
    answer = await do(graph, resident, "followIssue", issueId=issue_id)
    assert answer["code"] == "ISSUE_NOT_FOUND"
    assert await mine(graph, resident) == []
    assert (await graph.ask(resident, _LATEST))["publicIssues"]["nodes"] == []


@pytest.mark.parametrize("joined", ["before", "after"])
async def test_who_reported_it_follows_it_whichever_came_first(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, resident: Person, joined: str
) -> None:
    clerk, comment_id = clerk_at_work, new_id("comment")
    if joined == "before":
        await outreach.joined(clerk.community_id, comment_id, account_id=resident.account_id)
    issue_id = await issue_made(graph, outreach, clerk, comment_id=comment_id, public_text=None)
    assert issue_id == derived_id("issue", derived_id("intake", comment_id))
    if joined == "after":
        await outreach.joined(clerk.community_id, comment_id, account_id=resident.account_id)

    await eventually(lambda: mine(graph, resident))
    assert await mine(graph, resident) == [{"id": issue_id, "mine": True, "role": "REPORTER"}]
    issue = await seen(graph, resident, issue_id)
    assert issue is not None
    assert (issue["mine"], issue["followerCount"], issue["publicText"]) == (True, 1, None)
    answer = await do(graph, resident, "unfollowIssue", issueId=issue_id)
    assert answer["code"] == "REPORTER_ALWAYS_HEARS"
    assert len(await mine(graph, resident)) == 1

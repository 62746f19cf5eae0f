"""Issues that are somebody's: to work on, or their own."""

from typing import Any

from chassis.ids import derived_id
from chassis.testing_waits import until

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.world import World

_WITHIN_SECONDS = 30
_ISSUE = "query Q($id: ID!) { issue(id: $id) { reporterJoined } }"


async def public_issue(world: World) -> str:
    """An issue that everybody may see. Returns: its id."""
    issue_id = await world.acknowledged_issue()
    await _done(world, "triageIssue", _triage(issue_id) | {"publicText": "东门门禁坏了"})
    return issue_id


async def assigned_issue(world: World, role: str) -> str:
    """An issue that the person of this role is to work on. Returns: its id."""
    issue_id = await world.acknowledged_issue()
    await _done(world, "triageIssue", _triage(issue_id))
    assignee = world.people[role].account.account_id

    async def assigned() -> bool:  # once issues has heard what the person may act as
        given = {"issueId": issue_id, "assigneeIds": [assignee]}
        return await _outcome(world, "secretary", "assignIssue", given) == "AssignIssueSuccess"

    await until(assigned, within_seconds=_WITHIN_SECONDS)
    return issue_id


async def reported_issue(world: World, role: str = "resident") -> str:
    """An issue that the person of this role reported. Returns: its id."""
    document = (
        "mutation M($input: TakeOverCommentInput!) { takeOverComment(input: $input) "
        "{ ... on TakeOverCommentSuccess { comment { id } } } }"
    )
    given = {"requestId": world.request_id(), "code": await world.join_code()}
    taken = await world.as_role(role, document, {"input": given}, "takeOverComment")
    intake_id = derived_id("intake", taken["comment"]["id"])
    await _done(world, "openIssue", {"intakeId": intake_id, "category": "lighting", "hazard": True})
    issue_id = derived_id("issue", intake_id)

    async def known() -> bool:
        issue: Any = await world.secretary(_ISSUE, {"id": issue_id}, "issue")
        return bool(issue and issue["reporterJoined"])

    await until(known, within_seconds=_WITHIN_SECONDS)
    return issue_id


def _triage(issue_id: str) -> Variables:
    return {"issueId": issue_id, "category": "security", "level": "COMMUNITY"}


async def _done(world: World, mutation: str, content: Variables) -> None:
    outcome = await _outcome(world, "secretary", mutation, content)
    assert outcome.endswith("Success"), (mutation, outcome)


async def _outcome(world: World, role: str, mutation: str, content: Variables) -> str:
    kind = mutation[0].upper() + mutation[1:]
    document = f"mutation M($input: {kind}Input!) {{ {mutation}(input: $input) {{ __typename }} }}"
    given = {"requestId": world.request_id(), **content}
    return str((await world.as_role(role, document, {"input": given}, mutation))["__typename"])

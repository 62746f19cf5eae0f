"""How to try the handling of an issue, from its assignment to its reporter's word."""

import io
from datetime import timedelta
from typing import Any

from chassis.clock import utc_now
from local_stack.acting.one_of_each.asking import Variables, http_client
from local_stack.acting.one_of_each.issues_at_work import assigned_issue, reported_issue
from local_stack.acting.one_of_each.world import World
from PIL import Image

from .trial import Trial, mutation, query

_PAGE = "pageInfo { hasNextPage }"
_PARTY = {"partyKind": "WATER"}


async def _done(world: World, role: str, name: str, content: Variables, fields: str = "") -> Any:
    """One mutation by the person of a role, which succeeds."""
    kind = name[0].upper() + name[1:]
    chosen = f"... on {kind}Success {{ {fields} }}" if fields else ""
    document = (
        f"mutation M($input: {kind}Input!) {{ {name}(input: $input) {{ __typename {chosen} }} }}"
    )
    given = {"requestId": world.request_id(), **content}
    outcome = await world.as_role(role, document, {"input": given}, name)
    assert outcome["__typename"].endswith("Success"), (name, outcome)
    return outcome


async def _begun_issue(world: World, role: str) -> str:
    """An issue that the person of this role works on. Returns: its id."""
    issue_id = await assigned_issue(world, role)
    await _done(world, role, "startIssue", {"issueId": issue_id})
    return issue_id


async def _waiting_issue(world: World, role: str) -> str:
    issue_id = await _begun_issue(world, role)
    await _done(world, role, "waitForParty", _wait(issue_id))
    return issue_id


async def _photo(world: World, role: str, issue_id: str) -> str:
    """A photo of the issue, taken in. Returns: its id."""
    asked = {"issueId": issue_id}
    upload = await _done(world, role, "createPhotoUpload", asked, "photoId uploadUrl")
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(picture, "JPEG")
    async with http_client() as phone:
        sent = await phone.put(
            upload["uploadUrl"],
            content=picture.getvalue(),
            headers={"content-type": "image/jpeg"},
        )
    assert sent.is_success, sent.text
    return str(upload["photoId"])


async def _resolved_by_steward(world: World, issue_id: str) -> None:
    """Let the steward work an issue off, so that nobody of the staff handled it."""
    steward = world.people["steward"].account.account_id
    await _done(world, "secretary", "acknowledgeIssue", {"issueId": issue_id})
    triage = {"issueId": issue_id, "category": "lighting", "level": "COMMUNITY"}
    await _done(world, "secretary", "triageIssue", triage)
    await _done(world, "secretary", "assignIssue", {"issueId": issue_id, "assigneeIds": [steward]})
    await _done(world, "steward", "startIssue", {"issueId": issue_id})
    await _done(world, "steward", "resolveIssue", await _proof(world, "steward", issue_id))


async def _proof(world: World, role: str, issue_id: str) -> Variables:
    photo_id = await _photo(world, role, issue_id)
    return {"issueId": issue_id, "note": "已修好", "photoIds": [photo_id]}


def _wait(issue_id: str) -> Variables:
    until = utc_now() + timedelta(days=1)
    return {"issueId": issue_id, **_PARTY, "reason": "等配件", "until": until.isoformat()}


def _talk(issue_id: str) -> Variables:
    return {
        "issueId": issue_id,
        **_PARTY,
        "party": "市自来水公司",
        "at": utc_now().isoformat(),
        "said": "明天来修",
        "promised": {"text": "明天修好", "dueOn": "2099-12-31"},
    }


async def _assigned_id(world: World, role: str) -> Variables:
    return {"id": await assigned_issue(world, role)}


async def _assigned(world: World, role: str) -> Variables:
    return {"issueId": await assigned_issue(world, role)}


async def _assignment(world: World, role: str) -> Variables:
    issue_id = await assigned_issue(world, role)
    steward = world.people["steward"].account.account_id
    return {"issueId": issue_id, "assigneeIds": [steward]}


async def _escalation(world: World, role: str) -> Variables:
    return {**await _assigned(world, role), "level": "DISTRICT", "reason": "管网归区里管"}


async def _round(world: World, role: str) -> Variables:
    return _talk(await assigned_issue(world, role))


async def _settlement(world: World, role: str) -> Variables:
    issue_id = await assigned_issue(world, role)
    await _done(world, role, "recordRound", _talk(issue_id))
    at = utc_now().isoformat()
    return {"issueId": issue_id, "round": 1, "outcome": "KEPT", "at": at}


async def _a_wait(world: World, role: str) -> Variables:
    return _wait(await _begun_issue(world, role))


async def _waiting(world: World, role: str) -> Variables:
    return {"issueId": await _waiting_issue(world, role)}


async def _resolution(world: World, role: str) -> Variables:
    return await _proof(world, role, await _begun_issue(world, role))


async def _rating(world: World, _: str) -> Variables:
    issue_id = await reported_issue(world)
    await _resolved_by_steward(world, issue_id)
    return {"issueId": issue_id, "rating": 5}


async def _rating_on_behalf(world: World, _: str) -> Variables:
    issue_id = await world.issue()
    await _resolved_by_steward(world, issue_id)
    return {"issueId": issue_id, "rating": 4, "how": "PHONE"}


async def _reopening(world: World, role: str) -> Variables:
    own = role == "resident"
    issue_id = await (reported_issue(world, role) if own else world.issue())
    await _resolved_by_steward(world, issue_id)
    return {"issueId": issue_id, "reason": "又坏了"}


async def _rejection(world: World, _: str) -> Variables:
    return {"issueId": await world.issue(), "reason": "不属于社区管理范围"}


async def _duplicate(world: World, _: str) -> Variables:
    original = await world.issue()
    return {"issueId": await world.issue(), "duplicateOf": original}


HANDLING_TRIALS: dict[str, Trial] = {
    "Query.issue": query("issues", "issue", "id", _assigned_id),
    "Query.assignedIssues": query("issues", "assignedIssues", _PAGE),
    "Mutation.assignIssue": mutation("issues", "assignIssue", _assignment),
    "Mutation.startIssue": mutation("issues", "startIssue", _assigned),
    "Mutation.recordRound": mutation("issues", "recordRound", _round),
    "Mutation.settlePromise": mutation("issues", "settlePromise", _settlement),
    "Mutation.waitForParty": mutation("issues", "waitForParty", _a_wait),
    "Mutation.resumeIssue": mutation("issues", "resumeIssue", _waiting),
    "Mutation.escalateIssue": mutation("issues", "escalateIssue", _escalation),
    "Mutation.resolveIssue": mutation("issues", "resolveIssue", _resolution),
    "Mutation.confirmIssue": mutation("issues", "confirmIssue", _rating),
    "Mutation.confirmIssueOnBehalf": mutation("issues", "confirmIssueOnBehalf", _rating_on_behalf),
    "Mutation.reopenIssue": mutation("issues", "reopenIssue", _reopening),
    "Mutation.rejectIssue": mutation("issues", "rejectIssue", _rejection),
    "Mutation.markDuplicate": mutation("issues", "markDuplicate", _duplicate),
}

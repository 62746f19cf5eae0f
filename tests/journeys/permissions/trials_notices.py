"""How to try what tells people of their matters: permissions, notices, and how they went."""

from typing import Any

from chassis.testing_waits import until
from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.issues_at_work import public_issue
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, nothing, query

_FOLLOW = "mutation M($input: FollowIssueInput!) { followIssue(input: $input) { __typename } }"
_REJECT = "mutation M($input: RejectIssueInput!) { rejectIssue(input: $input) { __typename } }"
_MINE = "query Q { myNotices(first: 50) { nodes { id issueId } } }"


async def _allowed(world: World, _: str) -> Variables:
    return {"wechatCode": await world.by_wechat.login_code(), "templates": ["ISSUE_PROGRESS"]}


async def _own_notice(world: World, role: str) -> Variables:
    """A notice of what happened to an issue since the person came to follow it."""
    issue_id = await public_issue(world)
    given = {"requestId": world.request_id(), "issueId": issue_id}
    followed = await world.as_role(role, _FOLLOW, {"input": given}, "followIssue")
    assert followed["__typename"] == "FollowIssueSuccess", followed
    given = {"requestId": world.request_id(), "issueId": issue_id, "reason": "不属于社区管理范围"}
    rejected = await world.as_role("secretary", _REJECT, {"input": given}, "rejectIssue")
    assert rejected["__typename"] == "RejectIssueSuccess", rejected

    async def told() -> Any:
        mine = await world.as_role(role, _MINE, {}, "myNotices")
        return next((it["id"] for it in mine["nodes"] if it["issueId"] == issue_id), None)

    return {"ids": [await until(told, within_seconds=30)]}


async def _an_issue(world: World, _: str) -> Variables:
    return {"id": await world.issue()}


NOTICE_TRIALS: dict[str, Trial] = {
    "Query.myNotices": query("outreach", "myNotices", "pageInfo { hasNextPage }"),
    "Query.unreadNotices": Trial(
        "outreach", "query Q { unreadNotices }", nothing, ("unreadNotices",)
    ),
    "Query.noticeTemplates": query("outreach", "noticeTemplates", "kind wechatTemplateId"),
    "Query.notifications": Trial(
        "outreach",
        "query Q($id: ID!) { notifications(issueId: $id) { nodes { id } } }",
        _an_issue,
        ("notifications",),
    ),
    "Mutation.recordGrant": mutation("outreach", "recordGrant", _allowed),
    "Mutation.markNoticesRead": mutation("outreach", "markNoticesRead", _own_notice),
}

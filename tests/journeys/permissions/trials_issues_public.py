"""How to try what residents see of issues, and the photos that prove the work."""

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.issues_at_work import (
    assigned_issue,
    public_issue,
    reported_issue,
)
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, query

_PAGE = "pageInfo { hasNextPage }"


async def _public(world: World, _: str) -> Variables:
    return {"id": await public_issue(world)}


async def _public_input(world: World, _: str) -> Variables:
    return {"issueId": await public_issue(world)}


async def _theirs_input(world: World, role: str) -> Variables:
    if role == "resident":
        return {"issueId": await reported_issue(world)}
    if role in ("steward", "partner"):
        return {"issueId": await assigned_issue(world, role)}
    return {"issueId": await world.issue()}


PUBLIC_ISSUE_TRIALS: dict[str, Trial] = {
    "Query.publicIssue": query("issues", "publicIssue", "id", _public),
    "Query.publicIssues": query("issues", "publicIssues", _PAGE),
    "Query.myIssues": query("issues", "myIssues", _PAGE),
    "Mutation.createPhotoUpload": mutation("issues", "createPhotoUpload", _theirs_input),
    "Mutation.followIssue": mutation("issues", "followIssue", _public_input),
    "Mutation.unfollowIssue": mutation("issues", "unfollowIssue", _public_input),
}

"""For each operation of the contract: its document, and input that is valid when it is allowed."""

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, nothing, query
from .trials_archive import ARCHIVE_TRIALS
from .trials_imports import IMPORT_TRIALS
from .trials_issues_handling import HANDLING_TRIALS
from .trials_issues_public import PUBLIC_ISSUE_TRIALS
from .trials_logins import LOGIN_TRIALS
from .trials_merchants import MERCHANT_TRIALS
from .trials_metrics import METRIC_TRIALS
from .trials_notices import NOTICE_TRIALS
from .trials_outreach_joining import JOINING_TRIALS
from .trials_owners import OWNER_TRIALS
from .trials_privacy import PRIVACY_TRIALS
from .trials_teams import TEAM_TRIALS
from .trials_vouchers import VOUCHER_TRIALS


async def _community(world: World, _: str) -> Variables:
    return {"id": world.community_id}


async def _comment(world: World, _: str) -> Variables:
    return {"id": (await world.message("请问几点开门"))["commentId"]}


async def _article(world: World, _: str) -> Variables:
    return {"id": world.article_id}


async def _intake(world: World, _: str) -> Variables:
    return {"id": (await world.message("请问几点关门"))["intakeId"]}


async def _issue(world: World, _: str) -> Variables:
    return {"id": await world.issue()}


def _without_request_id(trial: Trial) -> Trial:
    async def variables(world: World, role: str) -> Variables:
        given = await trial.variables(world, role)
        return {"input": {k: v for k, v in given["input"].items() if k != "requestId"}}

    return Trial(trial.service, trial.document, variables, trial.path)


async def _own_session(world: World, role: str) -> Variables:
    """A session of the same account, beside the one the person acts from."""
    return {"sessionId": await world.another_session(role)}


async def _issue_input(world: World, _: str) -> Variables:
    return {"issueId": await world.issue()}


async def _hazard_input(world: World, _: str) -> Variables:
    return {"issueId": await world.hazard_issue()}


async def _acknowledged_input(world: World, _: str) -> Variables:
    return {
        "issueId": await world.acknowledged_issue(),
        "category": "water",
        "level": "COMMUNITY",
        "place": "东门",
    }


async def _open_issue_input(world: World, _: str) -> Variables:
    intake = (await world.message("二单元门禁坏了"))["intakeId"]
    return {"intakeId": intake, "category": "security", "hazard": True}


async def _dismissal_input(world: World, _: str) -> Variables:
    return {"intakeId": (await world.message("写得真好"))["intakeId"], "reason": "PRAISE"}


async def _reply_input(world: World, _: str) -> Variables:
    comment = (await world.message("楼道灯坏了"))["commentId"]
    return {"commentId": comment, "text": "收到，马上去看。"}


async def _rule_input(world: World, _: str) -> Variables:
    name = f"规则{world.number()}"
    return {"name": name, "words": ["井盖没了"], "placeWords": []}


async def _removal_input(world: World, _: str) -> Variables:
    return {"ruleId": await world.hazard_rule()}


async def _new_account(world: World, _: str) -> Variables:
    return {
        "username": f"tried-{world.number()}",
        "displayName": "被试",
        "role": "CLERK",
    }


async def _an_account(world: World, _: str) -> Variables:
    return {"accountId": await world.clerk_account()}


async def _new_channel(world: World, _: str) -> Variables:
    return world.official_account()


async def _a_channel(world: World, _: str) -> Variables:
    return {"channelId": await world.channel()}


async def _new_article(world: World, _: str) -> Variables:
    return await world.published_article()


async def _log_in(world: World, _: str) -> Variables:
    return await world.credentials()


async def _refresh(world: World, _: str) -> Variables:
    return {"refreshToken": await world.refresh_token()}


async def _activate(world: World, _: str) -> Variables:
    return {"invitationCode": await world.invitation_code(), "password": world.password}


def _figures(service: str, field: str, fields: str) -> Trial:
    document = f"query Q($id: ID!) {{ community(id: $id) {{ {field} {{ {fields} }} }} }}"
    return Trial(service, document, _community, ("community", field))


_PAGE = "pageInfo { hasNextPage }"
_COMMENT_TEXT = Trial(
    "outreach",
    "query Q($id: ID!) { comment(id: $id) { text } }",
    _comment,
    ("comment", "text"),
)

TRIALS: dict[str, Trial] = {
    "Query.community": query("residents", "community", "id name", _community),
    "Query.me": query("residents", "me", "id displayName"),
    "Query.staffAccounts": query("residents", "staffAccounts", _PAGE),
    "Mutation.logInStaff": _without_request_id(mutation("residents", "logInStaff", _log_in)),
    "Mutation.refreshSession": _without_request_id(
        mutation("residents", "refreshSession", _refresh)
    ),
    "Mutation.activateStaffAccount": _without_request_id(
        mutation("residents", "activateStaffAccount", _activate)
    ),
    "Mutation.createStaffAccount": mutation("residents", "createStaffAccount", _new_account),
    "Mutation.disableStaffAccount": mutation("residents", "disableStaffAccount", _an_account),
    "Mutation.revokeSession": mutation("residents", "revokeSession", _own_session),
    "Query.channels": query("outreach", "channels", _PAGE),
    "Query.articles": query("outreach", "articles", _PAGE),
    "Query.article": query("outreach", "article", "id title", _article),
    "Query.comments": query("outreach", "comments", _PAGE),
    "Query.comment": query("outreach", "comment", "id", _comment),
    "Comment.text": _COMMENT_TEXT,
    "Community.outreachFigures": _figures("outreach", "outreachFigures", "commentsReceived"),
    "Mutation.registerChannel": mutation("outreach", "registerChannel", _new_channel),
    "Mutation.archiveChannel": mutation("outreach", "archiveChannel", _a_channel),
    "Mutation.registerPublishedArticle": mutation(
        "outreach", "registerPublishedArticle", _new_article
    ),
    "Mutation.replyToComment": mutation("outreach", "replyToComment", _reply_input),
    "Query.inbox": query("issues", "inbox", _PAGE),
    "Query.intake": query("issues", "intake", "id", _intake),
    "Query.issues": query("issues", "issues", _PAGE),
    "Query.issueCategories": query("issues", "issueCategories", "code"),
    "Query.hazardRules": query("issues", "hazardRules", "id"),
    "Community.issueFigures": _figures("issues", "issueFigures", "received"),
    "Mutation.openIssue": mutation("issues", "openIssue", _open_issue_input),
    "Mutation.dismissIntake": mutation("issues", "dismissIntake", _dismissal_input),
    "Mutation.acknowledgeIssue": mutation("issues", "acknowledgeIssue", _issue_input),
    "Mutation.triageIssue": mutation("issues", "triageIssue", _acknowledged_input),
    "Mutation.confirmHazard": mutation("issues", "confirmHazard", _hazard_input),
    "Mutation.declineHazard": mutation("issues", "declineHazard", _hazard_input),
    "Mutation.setHazardRule": mutation("issues", "setHazardRule", _rule_input),
    "Mutation.removeHazardRule": mutation("issues", "removeHazardRule", _removal_input),
    "Subscription.issueUpdated": Trial(
        "issues",
        "subscription S($id: ID!) { issueUpdated(id: $id) { id } }",
        _issue,
        ("issueUpdated",),
    ),
    "Mutation.logOut": mutation("residents", "logOut", nothing),
    **ARCHIVE_TRIALS,
    **IMPORT_TRIALS,
    **LOGIN_TRIALS,
    **MERCHANT_TRIALS,
    **METRIC_TRIALS,
    **NOTICE_TRIALS,
    **JOINING_TRIALS,
    **OWNER_TRIALS,
    **PRIVACY_TRIALS,
    **HANDLING_TRIALS,
    **PUBLIC_ISSUE_TRIALS,
    **TEAM_TRIALS,
    **VOUCHER_TRIALS,
}

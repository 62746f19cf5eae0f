"""For each operation of the contract: its document, and input that is valid when it is allowed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from .world import World

Variables = dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """How to try one operation.

    Attributes:
        service: whose it is.
        document: an operation whose one field it is, or in which it is the innermost field.
        variables: valid input for somebody of a role, over an object that is there for it alone.
        path: from the data to the value that only somebody allowed gets.
    """

    service: str
    document: str
    variables: Callable[[World, str], Awaitable[Variables]]
    path: tuple[str | int, ...]


async def _nothing(_: World, __: str) -> Variables:
    return {}


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


def _query(service: str, field: str, fields: str, variables: Any = _nothing) -> Trial:
    takes_id = variables is not _nothing
    head, argument = ("query Q($id: ID!)", "(id: $id)") if takes_id else ("query Q", "")
    return Trial(service, f"{head} {{ {field}{argument} {{ {fields} }} }}", variables, (field,))


def _mutation(
    service: str, field: str, content: Callable[[World, str], Awaitable[Variables]]
) -> Trial:
    kind = field[0].upper() + field[1:]

    async def variables(world: World, role: str) -> Variables:
        given = await content(world, role)
        return {"input": {"requestId": world.request_id(), **given}}

    document = (
        f"mutation M($input: {kind}Input!) {{ {field}(input: $input) "
        "{ __typename ... on UserError { code } } }"
    )
    return Trial(service, document, variables, (field,))


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
    "Query.community": _query("residents", "community", "id name", _community),
    "Query.me": _query("residents", "me", "id displayName"),
    "Query.staffAccounts": _query("residents", "staffAccounts", _PAGE),
    "Mutation.logInStaff": _without_request_id(_mutation("residents", "logInStaff", _log_in)),
    "Mutation.refreshSession": _without_request_id(
        _mutation("residents", "refreshSession", _refresh)
    ),
    "Mutation.activateStaffAccount": _without_request_id(
        _mutation("residents", "activateStaffAccount", _activate)
    ),
    "Mutation.createStaffAccount": _mutation("residents", "createStaffAccount", _new_account),
    "Mutation.disableStaffAccount": _mutation("residents", "disableStaffAccount", _an_account),
    "Mutation.revokeSession": _mutation("residents", "revokeSession", _own_session),
    "Query.channels": _query("outreach", "channels", _PAGE),
    "Query.articles": _query("outreach", "articles", _PAGE),
    "Query.article": _query("outreach", "article", "id title", _article),
    "Query.comments": _query("outreach", "comments", _PAGE),
    "Query.comment": _query("outreach", "comment", "id", _comment),
    "Comment.text": _COMMENT_TEXT,
    "Community.outreachFigures": _figures("outreach", "outreachFigures", "commentsReceived"),
    "Mutation.registerChannel": _mutation("outreach", "registerChannel", _new_channel),
    "Mutation.archiveChannel": _mutation("outreach", "archiveChannel", _a_channel),
    "Mutation.registerPublishedArticle": _mutation(
        "outreach", "registerPublishedArticle", _new_article
    ),
    "Mutation.replyToComment": _mutation("outreach", "replyToComment", _reply_input),
    "Query.inbox": _query("issues", "inbox", _PAGE),
    "Query.intake": _query("issues", "intake", "id", _intake),
    "Query.issues": _query("issues", "issues", _PAGE),
    "Query.issue": _query("issues", "issue", "id", _issue),
    "Query.issueCategories": _query("issues", "issueCategories", "code"),
    "Query.hazardRules": _query("issues", "hazardRules", "id"),
    "Community.issueFigures": _figures("issues", "issueFigures", "received"),
    "Mutation.openIssue": _mutation("issues", "openIssue", _open_issue_input),
    "Mutation.dismissIntake": _mutation("issues", "dismissIntake", _dismissal_input),
    "Mutation.acknowledgeIssue": _mutation("issues", "acknowledgeIssue", _issue_input),
    "Mutation.triageIssue": _mutation("issues", "triageIssue", _acknowledged_input),
    "Mutation.confirmHazard": _mutation("issues", "confirmHazard", _hazard_input),
    "Mutation.declineHazard": _mutation("issues", "declineHazard", _hazard_input),
    "Mutation.setHazardRule": _mutation("issues", "setHazardRule", _rule_input),
    "Mutation.removeHazardRule": _mutation("issues", "removeHazardRule", _removal_input),
    "Subscription.issueUpdated": Trial(
        "issues",
        "subscription S($id: ID!) { issueUpdated(id: $id) { id } }",
        _issue,
        ("issueUpdated",),
    ),
    "Mutation.logOut": _mutation("residents", "logOut", _nothing),
}

"""A resident with a phone, and what other services tell of their matters and vouchers."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.testing_waits import until
from wechat_simulator.testing import Simulator

from .kafka import tell
from .running import TEMPLATE_IDS, Graph

RECORD_GRANT = """
mutation ($input: RecordGrantInput!) { recordGrant(input: $input) {
  __typename
  ... on RecordGrantSuccess { allowed { template left } }
  ... on UserError { code message }
} }
"""
MARK_READ = """
mutation ($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) {
  __typename
  ... on MarkNoticesReadSuccess { unreadNotices }
  ... on UserError { code message }
} }
"""
MY_NOTICES = """
query ($unreadOnly: Boolean! = false) {
  unreadNotices
  myNotices(first: 50, unreadOnly: $unreadOnly) {
    nodes { id kind headline text page issueId voucherId happenedAt readAt }
  }
}
"""
NOTIFICATIONS = """
query ($issueId: ID!) { notifications(issueId: $issueId, first: 50) {
  nodes { id accountId kind headline delivery {
    state attempts failure { code message wechatCode } sentAt deliveredAt dueAt
  } }
} }
"""
TEMPLATES = "{ noticeTemplates { kind wechatTemplateId } }"
FIGURES = """
query ($id: ID!) { community(id: $id) { outreachFigures { notifications {
  delivered noGrant failed unknown onTheWay
} } } }
"""


class PersonAtHome:
    """An account with a phone."""

    def __init__(self, wechat: Simulator, graph: Graph, account_id: str) -> None:
        self._wechat = wechat
        self.graph = graph
        self.account_id = account_id
        self.phone = f"手机{secrets.token_hex(4)}"

    async def login_code(self) -> str:
        """Open the mini-program."""
        await self._wechat.phone(self.phone)
        return await self._wechat.login_code(self.phone)

    async def allow(self, *kinds: str, messages: int = 1) -> None:
        """Tap "allow" and let the community know, once a message."""
        wanted = kinds or ("ISSUE_PROGRESS",)
        for _ in range(messages):
            code = await self.login_code()
            await self._wechat.allow(self.phone, *(TEMPLATE_IDS[kind] for kind in wanted))
            recorded = await self.record(code, *wanted)
            assert recorded["__typename"] == "RecordGrantSuccess", recorded

    async def record(self, code: str, *kinds: str, request_id: str | None = None) -> Any:
        """Say what was allowed."""
        given = {
            "requestId": request_id or new_id("request"),
            "wechatCode": code,
            "templates": kinds or ["ISSUE_PROGRESS"],
        }
        return (await self.graph.ask(RECORD_GRANT, input=given))["recordGrant"]

    async def notices(self) -> list[dict[str, Any]]:
        """What the app shows, latest first."""
        shown: list[dict[str, Any]] = (await self.graph.ask(MY_NOTICES))["myNotices"]["nodes"]
        return shown

    async def received(self) -> list[str]:
        """The first field of each message on the phone, in order."""
        shown = await self._wechat.screen(self.phone)
        return [
            text.split("\n")[1].partition("：")[2]
            for kind, text in shown
            if kind == "subscribe_message"
        ]


class IssueElsewhere:
    """One issue, and what the service of issues tells of it."""

    def __init__(self, kafka: str, community_id: str) -> None:
        self._kafka = kafka
        self._community_id = community_id
        self._sequence = 0
        self.id = new_id("issue")

    async def followed_by(self, account_id: str) -> None:
        """Tell who follows it."""
        await self.tell(
            "issue.followed.v1",
            account_id=account_id,
            role="reporter",
            followed_at=utc_now().isoformat(),
        )

    async def acknowledged(self, at: datetime | None = None) -> None:
        """Tell that the staff have taken notice."""
        await self.tell(
            "issue.acknowledged.v1",
            acknowledged_at=(at or utc_now()).isoformat(),
            acknowledged_by=new_id("account"),
        )

    async def assigned(self) -> None:
        """Tell that somebody is named."""
        await self.tell(
            "issue.assigned.v1",
            assignee_account_ids=[new_id("account")],
            assigned_at=utc_now().isoformat(),
            assigned_by=new_id("account"),
        )

    async def resolved(self) -> None:
        """Tell that it is done."""
        await self.tell(
            "issue.resolved.v1",
            photo_count=1,
            resolved_at=utc_now().isoformat(),
            resolved_by=new_id("account"),
        )

    async def tell(self, event_type: str, **data: object) -> None:
        """Tell something of it."""
        self._sequence += 1
        await tell(
            self._kafka,
            "issues",
            event_type,
            self.id,
            self._community_id,
            self._sequence,
            issue_id=self.id,
            **data,
        )


async def settled(staff: Graph, issue: IssueElsewhere, *, count: int) -> Any:
    """The states of so many notices of an issue, by kind, when none is on its way any more."""

    async def all_settled() -> list[str] | None:
        shown = (await staff.ask(NOTIFICATIONS, issueId=issue.id))["notifications"]["nodes"]
        states = [node["delivery"]["state"] for node in shown if node["delivery"]]
        done = len(shown) == count and not {"PENDING", "SENDING"} & set(states)
        return states[::-1] if done else None

    return await until(all_settled, within_seconds=20)


PersonFactory = Callable[[], PersonAtHome]

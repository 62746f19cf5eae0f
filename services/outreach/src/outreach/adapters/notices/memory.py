"""The ports of notices, kept in this process: they pass the contract tests of the real ones."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from chassis.aggregates import Cursor, Page
from chassis.testing import MemoryAggregates

from outreach.adapters.memory import page_of
from outreach.application.notices.ports import NoticeWork
from outreach.application.period import Period
from outreach.domain.notices.errors import (
    FollowingNotFound,
    GrantNotFound,
    IssueStepNotFound,
    NotificationNotFound,
    WeChatCodeInvalid,
    WeChatUserNotFound,
)
from outreach.domain.notices.following import Following
from outreach.domain.notices.grants import GrantState, SubscriptionGrant, WeChatUser
from outreach.domain.notices.issue_steps import IssueStep
from outreach.domain.notices.kinds import Template
from outreach.domain.notices.notifications import DeliveryState, Notification
from outreach.domain.notices.subscribe_messages import SubscribeMessage
from outreach.domain.notices.turns import Standing


class MemoryIssueSteps(MemoryAggregates[IssueStep]):
    """Steps in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: IssueStepNotFound())

    async def of_issue(self, community_id: str, issue_id: str) -> list[IssueStep]:
        """In the order in which they happened."""
        found = [
            it for it in self.all if (it.community_id, it.issue_id) == (community_id, issue_id)
        ]
        return sorted(found, key=lambda it: (it.happened_at, it.happening.sequence))


class MemoryFollowings(MemoryAggregates[Following]):
    """Followers in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: FollowingNotFound())

    async def of_issue(
        self, community_id: str, issue_id: str, *, first: int, after: Cursor | None
    ) -> Page[Following]:
        """All who ever followed it, by id."""
        wanted = (community_id, issue_id)
        found = sorted(
            (it for it in self.all if (it.community_id, it.issue_id) == wanted),
            key=lambda it: it.id,
        )
        rest = [it for it in found if after is None or (it.id,) > after]
        return Page(
            rest[:first], [(it.id,) for it in rest[:first]], has_next_page=len(rest) > first
        )


class MemoryNotifications(MemoryAggregates[Notification]):
    """Notices in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: NotificationNotFound())

    async def listed(
        self,
        community_id: str,
        account_id: str,
        *,
        unread_only: bool,
        first: int,
        after: Cursor | None,
    ) -> Page[Notification]:
        """Latest happened first."""
        shown = self._shown_to(community_id, account_id, unread_only=unread_only)
        return page_of(shown, lambda it: (it.happened_at, it.id), first, after)

    async def count_unread(self, community_id: str, account_id: str, *, limit: int) -> int:
        """As far as the limit."""
        return min(len(self._shown_to(community_id, account_id, unread_only=True)), limit)

    async def read_up_to(
        self, community_id: str, account_id: str, last: datetime, at: datetime
    ) -> None:
        """Each in a write of its own."""
        for it in self._shown_to(community_id, account_id, unread_only=True):
            if it.happened_at <= last:
                await self.change(community_id, it.id, lambda now: now.read(at))

    async def of_subject(
        self, community_id: str, subject_id: str, *, first: int, after: Cursor | None
    ) -> Page[Notification]:
        """What anybody was shown or sent, latest happened first."""
        found = [
            it
            for it in self.all
            if (it.community_id, it.subject_id) == (community_id, subject_id)
            and (it.shown or it.phone is not None)
        ]
        return page_of(found, lambda it: (it.happened_at, it.id), first, after)

    async def standings(
        self, community_id: str, account_id: str, subject_id: str
    ) -> list[Standing]:
        """Of those that are for the phone."""
        wanted = (community_id, account_id, subject_id)
        return [
            Standing(
                id=it.id,
                happened_at=it.happened_at,
                sequence=it.told_sequence,
                state=it.phone.state,
                due_at=it.phone.due_at,
            )
            for it in self.all
            if it.phone is not None and (it.community_id, it.account_id, it.subject_id) == wanted
        ]

    async def due(self, at: datetime, *, limit: int) -> list[NoticeWork]:
        """Longest due first."""
        due = [
            (it.phone.due_at, _work(it))
            for it in self.all
            if it.phone is not None
            and it.phone.state is DeliveryState.PENDING
            and it.phone.due_at is not None
            and it.phone.due_at <= at
        ]
        return [work for _, work in sorted(due)][:limit]

    async def sending_since_before(self, before: datetime, *, limit: int) -> list[NoticeWork]:
        """By when the sending began."""
        found = [
            _work(it)
            for it in self.all
            if it.phone is not None
            and it.phone.state is DeliveryState.SENDING
            and it.phone.sending_at is not None
            and it.phone.sending_at < before
        ]
        return found[:limit]

    async def count_by_state(
        self, community_id: str, period: Period
    ) -> Mapping[DeliveryState, int]:
        """Of what happened in the period."""
        states = [
            it.phone.state
            for it in self.all
            if it.phone is not None
            and it.community_id == community_id
            and period.start <= it.happened_at < period.end
        ]
        return {state: states.count(state) for state in DeliveryState}

    def _shown_to(
        self, community_id: str, account_id: str, *, unread_only: bool
    ) -> list[Notification]:
        return [
            it
            for it in self.all
            if (it.community_id, it.account_id) == (community_id, account_id)
            and it.shown
            and not (unread_only and it.read_at is not None)
        ]


class MemoryWeChatUsers(MemoryAggregates[WeChatUser]):
    """WeChat users in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: WeChatUserNotFound())

    async def of_account(self, community_id: str, account_id: str) -> list[WeChatUser]:
        """As whom an account's person is known."""
        wanted = (community_id, account_id)
        return [it for it in self.all if (it.community_id, it.account_id) == wanted]


class MemoryGrants(MemoryAggregates[SubscriptionGrant]):
    """Permissions in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: GrantNotFound())

    async def held_by(self, community_id: str, notification_id: str) -> SubscriptionGrant | None:
        """What was spent on it."""
        wanted = (community_id, notification_id, GrantState.SPENT)
        held = (it for it in self.all if (it.community_id, it.spent_on, it.state) == wanted)
        return next(held, None)

    async def unspent(
        self, community_id: str, account_id: str, template: Template, *, limit: int
    ) -> list[SubscriptionGrant]:
        """Oldest first."""
        return self._unspent(community_id, account_id, template)[:limit]

    async def count_unspent(self, community_id: str, account_id: str, template: Template) -> int:
        """All of them."""
        return len(self._unspent(community_id, account_id, template))

    def _unspent(
        self, community_id: str, account_id: str, template: Template
    ) -> list[SubscriptionGrant]:
        wanted = (community_id, account_id, template, GrantState.UNSPENT)
        found = [
            it
            for it in self.all
            if (it.community_id, it.account_id, it.template, it.state) == wanted
        ]
        return sorted(found, key=lambda it: (it.granted_at, it.id))


class MemoryMiniProgram:
    """The mini-program at WeChat, in memory.

    Attributes:
        codes: openids by the login codes that are not used up.
        sent: what phones received, as (openid, message).
        fails_with: raised by the next sends, one each.
    """

    def __init__(self) -> None:
        self.template_ids: Mapping[Template, str] = {it: f"id of {it}" for it in Template}
        self.codes: dict[str, str] = {}
        self.sent: list[tuple[str, SubscribeMessage]] = []
        self.fails_with: list[Exception] = []

    async def openid_of(self, code: str) -> str:
        """Use a code up."""
        openid = self.codes.pop(code, None)
        if openid is None:
            raise WeChatCodeInvalid
        return openid

    async def send(self, openid: str, message: SubscribeMessage) -> None:
        """Take a message."""
        await asyncio.sleep(0)  # as in any call, others go on meanwhile
        if self.fails_with:
            raise self.fails_with.pop(0)
        self.sent.append((openid, message))


def _work(notification: Notification) -> NoticeWork:
    return NoticeWork(
        community_id=notification.community_id,
        account_id=notification.account_id,
        subject_id=notification.subject_id,
        happened_at=notification.happened_at,
        sequence=notification.told_sequence,
        notification_id=notification.id,
    )

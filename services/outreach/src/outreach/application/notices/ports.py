"""What the use cases of notices need of the world outside."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec
from chassis.requests import Request

from outreach.application.period import Period
from outreach.application.ports import Cursor, Page
from outreach.domain.events import Event
from outreach.domain.notices import following, grants, notifications
from outreach.domain.notices.following import Following
from outreach.domain.notices.grants import SubscriptionGrant, WeChatUser
from outreach.domain.notices.issue_steps import Happening, IssueStep
from outreach.domain.notices.kinds import Template
from outreach.domain.notices.notifications import DeliveryState, Notification
from outreach.domain.notices.subscribe_messages import SubscribeMessage
from outreach.domain.notices.turns import Standing


class IssueSteps(Protocol):
    """What happened to the issues of all communities."""

    async def add(
        self, aggregate: IssueStep, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> IssueStep:
        """Store once; a repeat gets the stored one."""

    async def of_issue(self, community_id: str, issue_id: str) -> list[IssueStep]:
        """In the order in which they happened."""


class Followings(Protocol):
    """Who follows which issue, in all communities."""

    async def add(
        self, aggregate: Following, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> Following:
        """Store once; a repeat gets the stored one."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[Following], following.Changed],
        *,
        request: Request | None = None,
    ) -> Following:
        """Apply a transition. Raises: FollowingNotFound."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[Following | None]:
        """In the order of the ids."""

    async def of_issue(
        self, community_id: str, issue_id: str, *, first: int, after: Cursor | None
    ) -> Page[Following]:
        """All who ever followed it, each once."""


class NoticeWork(msgspec.Struct, frozen=True, order=True):
    """A notice that the worker has something to do about.

    Attributes:
        happened_at, sequence: its place among those of its account and subject.
    """

    community_id: str
    account_id: str
    subject_id: str
    happened_at: datetime
    sequence: int
    notification_id: str


class Notifications(Protocol):
    """The notices of all communities."""

    async def add_many(
        self,
        new: Sequence[tuple[Notification, Sequence[Event]]],
        *,
        held_for: Callable[[Notification], str] | None = None,
    ) -> int:
        """Store those that are not there. Returns: how many were new."""

    async def get(self, community_id: str, aggregate_id: str) -> Notification:
        """Raises: NotificationNotFound."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[Notification | None]:
        """In the order of the ids."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[Notification], notifications.Changed],
        *,
        request: Request | None = None,
    ) -> Notification:
        """Apply a transition. Raises: NotificationNotFound; what the transition raises."""

    async def listed(
        self,
        community_id: str,
        account_id: str,
        *,
        unread_only: bool,
        first: int,
        after: Cursor | None,
    ) -> Page[Notification]:
        """What an account is shown, latest happened first."""

    async def count_unread(self, community_id: str, account_id: str, *, limit: int) -> int:
        """How many an account has not read, as far as the limit."""

    async def read_up_to(
        self, community_id: str, account_id: str, last: datetime, at: datetime
    ) -> None:
        """Mark as read what an account is shown of what happened up to a moment, at most."""

    async def of_subject(
        self, community_id: str, subject_id: str, *, first: int, after: Cursor | None
    ) -> Page[Notification]:
        """All about an issue, whoever they went to, latest happened first."""

    async def standings(
        self, community_id: str, account_id: str, subject_id: str
    ) -> list[Standing]:
        """Where each notice of one account about one subject is that is for the phone."""

    async def due(self, at: datetime, *, limit: int) -> list[NoticeWork]:
        """Of every community: what is to be sent by now, longest due first."""

    async def sending_since_before(self, before: datetime, *, limit: int) -> list[NoticeWork]:
        """Of every community: what has been under way since before this."""

    async def count_by_state(
        self, community_id: str, period: Period
    ) -> Mapping[DeliveryState, int]:
        """How many of those of a period are in each state."""


class WeChatUsers(Protocol):
    """As whom mini-programs know people."""

    async def add(
        self, aggregate: WeChatUser, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> WeChatUser:
        """Store once; a repeat gets the stored one. Raises: PersonErased."""

    async def get(self, community_id: str, aggregate_id: str) -> WeChatUser:
        """Raises: WeChatUserNotFound."""

    async def of_account(self, community_id: str, account_id: str) -> list[WeChatUser]:
        """As whom an account's person is known: once for each WeChat that they used."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[WeChatUser], tuple[WeChatUser, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> WeChatUser:
        """Apply a transition. Raises: WeChatUserNotFound; PersonErased."""


class Grants(Protocol):
    """The permissions of all communities' people."""

    async def add(
        self,
        aggregate: SubscriptionGrant,
        events: Sequence[Event] = (),
        *,
        request: Request | None = None,
    ) -> SubscriptionGrant:
        """Store once. Raises: RequestIdReused."""

    async def get_many(
        self, community_id: str, ids: Sequence[str]
    ) -> list[SubscriptionGrant | None]:
        """In the order of the ids."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[SubscriptionGrant], grants.Changed],
        *,
        request: Request | None = None,
    ) -> SubscriptionGrant:
        """Apply a transition. Raises: GrantNotFound; what the transition raises."""

    async def held_by(self, community_id: str, notification_id: str) -> SubscriptionGrant | None:
        """The permission that a notice has already been given."""

    async def unspent(
        self, community_id: str, account_id: str, template: Template, *, limit: int
    ) -> list[SubscriptionGrant]:
        """What can be spent for an account, oldest first."""

    async def count_unspent(self, community_id: str, account_id: str, template: Template) -> int:
        """How many of them there are."""


class MiniProgram(Protocol):
    """The community's mini-program at WeChat's servers."""

    @property
    def template_ids(self) -> Mapping[Template, str]:
        """By what names WeChat knows the templates that this installation has."""

    async def openid_of(self, code: str) -> str:
        """Who is behind a login code; the code is used up.

        Raises: WeChatNotConfigured; WeChatCodeInvalid; WeChatTooFrequent; WeChatUserAtRisk;
            WeChatAway.
        """

    async def send(self, openid: str, message: SubscribeMessage) -> None:
        """Send one message to one person's phone.

        Raises: WeChatNotConfigured; of `wechat.failures` WeChatRefused, WeChatUnreachable,
            WeChatOutcomeUnknown.
        """


class NoticeIdentities(Protocol):
    """Ids derived from what they stand for, so that a repeat finds its like."""

    def step(self, happening: Happening) -> str:
        """The id of what happened, by what is said of it: told again it has another event id."""

    def following(self, issue_id: str, account_id: str) -> str:
        """The id of an account's following an issue."""

    def notification(self, step_id: str, account_id: str) -> str:
        """The id of a notice."""

    def grant(self, account_id: str, request_id: str, template: Template) -> str:
        """The id of a permission."""

    def wechat_user(self, community_id: str, openid: str) -> str:
        """The id of whoever the mini-program knows by this openid; it does not show through."""


class NoticeTally(Protocol):
    """Counts what happens, for whoever operates this."""

    def notice_attempted(self, outcome: str) -> None:
        """A notice was tried: its state after it."""

    def failed(self, work: str, about: str, error: Exception) -> None:
        """Something failed that nobody foresaw, and the rest of the work goes on."""

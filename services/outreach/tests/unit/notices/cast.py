"""A community with an issue, the people who follow it, and the mini-program on their phones."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.encryption import LookupHash
from chassis.testing import REQUESTS, FrozenClock
from outreach.adapters.memory import MemoryTally
from outreach.adapters.memory_joining import MemoryBoundAccounts
from outreach.adapters.notices.identities import DerivedNoticeIdentities
from outreach.adapters.notices.memory import (
    MemoryFollowings,
    MemoryGrants,
    MemoryIssueSteps,
    MemoryMiniProgram,
    MemoryNotifications,
    MemoryWeChatUsers,
)
from outreach.application.notices.fit_notices import FitNotices
from outreach.application.notices.mark_notices_read import MarkNoticesRead
from outreach.application.notices.note_following import NoteFollowing
from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.application.notices.note_voucher_change import NoteVoucherChange
from outreach.application.notices.ports import NoticeWork
from outreach.application.notices.queries import NoticeQueries
from outreach.application.notices.record_grant import RecordGrant
from outreach.application.notices.send_due_notifications import SendDueNotifications
from outreach.application.notices.send_notification import SendNotification
from outreach.domain.notices import words
from outreach.domain.notices.following import Mark
from outreach.domain.notices.grants import GrantState
from outreach.domain.notices.issue_steps import Happening
from outreach.domain.notices.kinds import NoticeKind, Template
from outreach.domain.notices.notifications import DeliveryState, Notification
from outreach.domain.notices.words import Words
from outreach.domain.permissions import Actor

COMMUNITY = "community_bajiazhuang"
ISSUE = "issue_no_water"
TIAN = "account_tian"
MA = "account_ma"


@dataclass
class Cast:
    """Everything in memory, and what a test says most."""

    clock: FrozenClock
    steps: MemoryIssueSteps = field(default_factory=MemoryIssueSteps)
    followings: MemoryFollowings = field(default_factory=MemoryFollowings)
    notifications: MemoryNotifications = field(default_factory=MemoryNotifications)
    users: MemoryWeChatUsers = field(default_factory=MemoryWeChatUsers)
    grants: MemoryGrants = field(default_factory=MemoryGrants)
    accounts: MemoryBoundAccounts = field(default_factory=MemoryBoundAccounts)
    mini_program: MemoryMiniProgram = field(default_factory=MemoryMiniProgram)
    tally: MemoryTally = field(default_factory=MemoryTally)
    identities: DerivedNoticeIdentities = field(
        default_factory=lambda: DerivedNoticeIdentities(LookupHash(bytes(32)), "wx1")
    )
    taps: int = 0

    @property
    def note_issue_step(self) -> NoteIssueStep:
        return NoteIssueStep(
            self.steps, self.followings, self.notifications, self.identities, self.fit, self.clock
        )

    @property
    def fit(self) -> FitNotices:
        return FitNotices(self.notifications, self.grants, self.identities, self.clock)

    @property
    def note_following(self) -> NoteFollowing:
        return NoteFollowing(
            self.steps,
            self.followings,
            self.notifications,
            self.identities,
            self.fit,
            self.clock,
        )

    @property
    def note_voucher_change(self) -> NoteVoucherChange:
        return NoteVoucherChange(self.notifications, self.identities, self.clock)

    @property
    def record_grant(self) -> RecordGrant:
        return RecordGrant(
            self.accounts,
            self.users,
            self.grants,
            self.mini_program,
            self.identities,
            self.clock,
        )

    @property
    def send_notification(self) -> SendNotification:
        return SendNotification(
            self.notifications,
            self.users,
            self.grants,
            self.mini_program,
            self.tally,
            self.clock,
        )

    def worker(self) -> SendDueNotifications:
        return SendDueNotifications(
            self.notifications, self.send_notification, self.tally, self.clock
        )

    @property
    def mark_read(self) -> MarkNoticesRead:
        return MarkNoticesRead(self.notifications, self.clock)

    @property
    def queries(self) -> NoticeQueries:
        return NoticeQueries(self.notifications, self.mini_program, self.clock)

    async def follows(
        self, account_id: str, at: datetime | None = None, *, as_reporter: bool = False
    ) -> None:
        mark = Mark(at or self.clock(), follows=True, as_reporter=as_reporter)
        await self.note_following(COMMUNITY, ISSUE, account_id, mark)

    async def leaves(self, account_id: str, at: datetime | None = None) -> None:
        mark = Mark(at or self.clock(), follows=False)
        await self.note_following(COMMUNITY, ISSUE, account_id, mark)

    async def happens(
        self,
        said: Words | None = None,
        at: datetime | None = None,
        sequence: int = 1,
        by: str | None = None,
    ) -> None:
        """Something happens to the issue."""
        await self.note_issue_step(
            COMMUNITY,
            Happening(
                subject_id=ISSUE,
                words=said or words.acknowledged(),
                happened_at=at or self.clock(),
                sequence=sequence,
                by=by,
            ),
        )

    async def allows(self, account_id: str, *templates: Template, openid: str | None = None) -> str:
        """Tap "allow" on the phone; returns the request id."""
        self.taps += 1
        code, request_id = f"code-{self.taps}", f"request-{self.taps}"
        self.mini_program.codes[code] = openid or f"openid of {account_id}"
        wanted = templates or (Template.ISSUE_PROGRESS,)
        await self.record_grant(
            resident(account_id),
            code,
            wanted,
            request=REQUESTS.request_for(account_id, request_id, code=code, templates=wanted),
        )
        return request_id

    async def send_due(self) -> None:
        """One round of a worker, and no wait."""
        await self.worker()()

    def of(self, account_id: str) -> list[Notification]:
        """Its notices, as things happened."""
        mine = [it for it in self.notifications.all if it.account_id == account_id and it.shown]
        return sorted(mine, key=lambda it: (it.happened_at, it.told_sequence))

    def states_of(self, account_id: str) -> list[DeliveryState | None]:
        """How far they have come."""
        return [it.phone.state if it.phone else None for it in self.of(account_id)]

    def received(self, openid: str) -> list[str]:
        """The headlines that a phone shows, in order."""
        return [said.fields["thing1"] for to, said in self.mini_program.sent if to == openid]


def resident(account_id: str) -> Actor:
    return Actor(account_id, COMMUNITY, frozenset({"resident"}))


def clerk() -> Actor:
    return Actor("account_clerk", COMMUNITY, frozenset({"clerk"}))


def work_on(notification: Notification) -> NoticeWork:
    return NoticeWork(
        community_id=notification.community_id,
        account_id=notification.account_id,
        subject_id=notification.subject_id,
        happened_at=notification.happened_at,
        sequence=notification.told_sequence,
        notification_id=notification.id,
    )


def later(at: datetime, **by: float) -> datetime:
    return at + timedelta(**by)


def kinds_of(notifications: list[Notification]) -> list[NoticeKind]:
    return [it.words.kind for it in notifications]


def grant_states(cast: Cast) -> list[GrantState]:
    return [grant.state for grant in cast.grants.all]


def failure_of(notification: Notification) -> str | None:
    assert notification.phone is not None
    failure = notification.phone.failure
    return failure.code if failure else None

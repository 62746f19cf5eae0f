"""Every query of notices is served by an index; see test_indexes."""

from datetime import UTC, datetime, timedelta

import pytest
from chassis.mongo import Document, Store
from chassis.person_keys import PersonKeys
from chassis.testing_explain import Recorded, assert_indexed
from outreach.adapters.notices.mongo_followers import MongoFollowings, MongoIssueSteps
from outreach.adapters.notices.mongo_grants import MongoGrants, MongoWeChatUsers
from outreach.adapters.notices.mongo_notifications import MongoNotifications
from outreach.application.period import Period
from outreach.domain.notices import delivering, words
from outreach.domain.notices.following import Following
from outreach.domain.notices.grants import SubscriptionGrant, WeChatUser
from outreach.domain.notices.issue_steps import Happening, IssueStep
from outreach.domain.notices.kinds import Template
from outreach.domain.notices.notifications import Notification, notice_of

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COMMUNITIES = ("community_here", "community_there")
HERE = COMMUNITIES[0]
PER_COMMUNITY = 60


class Filled:
    """Two communities' notices of every fate, recording what they are asked."""

    def __init__(self, store: Store) -> None:
        self.steps = MongoIssueSteps(store)
        self.followings = MongoFollowings(store)
        self.notifications = MongoNotifications(store)
        self.grants = MongoGrants(store)
        self.plans: list[Document] = []

    async def fill(self, community_id: str) -> None:
        for number in range(PER_COMMUNITY):
            await self._fill(community_id, number)

    def record(self) -> None:
        self.steps.collection = Recorded(self.steps.collection, self.plans)
        self.followings.collection = Recorded(self.followings.collection, self.plans)
        self.notifications.collection = Recorded(self.notifications.collection, self.plans)
        self.grants.collection = Recorded(self.grants.collection, self.plans)

    async def _fill(self, community_id: str, number: int) -> None:
        issue_id, account_id = f"issue_{number % 10}", f"account_{number % 6}"
        happening = _happening(issue_id, number)
        await self.steps.add(
            IssueStep(
                id=f"step_{community_id}_{number}",
                community_id=community_id,
                issue_id=issue_id,
                happening=happening,
            )
        )
        await self.followings.add(
            Following(
                id=f"following_{community_id}_{number}",
                community_id=community_id,
                issue_id=issue_id,
                account_id=account_id,
            )
        )
        notice = notice_of(
            happening,
            id=f"notification_{community_id}_{number}",
            community_id=community_id,
            account_id=account_id,
            heard=True,
            at=AT + timedelta(minutes=number),
        )
        await self.notifications.add_many([(_of_some_fate(notice, number), [])])
        await self.grants.add(_grant(community_id, account_id, number))


def _happening(issue_id: str, number: int) -> Happening:
    return Happening(
        subject_id=issue_id,
        words=words.acknowledged(),
        happened_at=AT + timedelta(minutes=number),
        sequence=number,
    )


def _of_some_fate(notice: Notification, number: int) -> Notification:
    if number % 4 in {1, 2}:
        notice, _ = delivering.start(notice, "grant_1", AT)
    if number % 4 == 2:
        notice, _ = delivering.delivered(notice, AT)
    if number % 4 == 3:
        notice, _ = delivering.without_grant(notice, delivering.NOTHING_ALLOWED)
    if number % 5 == 0:
        notice, _ = notice.read(AT)
    return notice


def _grant(community_id: str, account_id: str, number: int) -> SubscriptionGrant:
    grant = SubscriptionGrant(
        id=f"grant_{community_id}_{number}",
        community_id=community_id,
        account_id=account_id,
        template=list(Template)[number % 2],
        wechat_user_id="wechat_user_1",
        granted_at=AT + timedelta(minutes=number),
    )
    return grant.spend(f"notification_{community_id}_{number}")[0] if number % 3 else grant


@pytest.fixture
async def filled(store: Store) -> Filled:
    filled = Filled(store)
    for community_id in COMMUNITIES:
        await filled.fill(community_id)
    filled.record()
    return filled


async def test_every_read_of_a_person_and_the_staff_has_an_index(
    filled: Filled, strictly: bool
) -> None:
    notifications = filled.notifications
    for unread_only in (False, True):
        page = await notifications.listed(
            HERE, "account_1", unread_only=unread_only, first=2, after=None
        )
        await notifications.listed(
            HERE, "account_1", unread_only=unread_only, first=2, after=page.cursors[-1]
        )
    page = await notifications.of_subject(HERE, "issue_1", first=2, after=None)
    await notifications.of_subject(HERE, "issue_1", first=2, after=page.cursors[-1])
    assert await notifications.count_unread(HERE, "account_1", limit=100)
    await notifications.read_up_to(HERE, "account_1", AT + timedelta(minutes=20), AT)

    assert len(filled.plans) == 9
    assert_indexed(filled.plans, strictly=strictly)


async def test_whoever_allowed_messages_is_found_by_index(
    filled: Filled, store: Store, person_keys: PersonKeys, strictly: bool
) -> None:
    users = MongoWeChatUsers(store, person_keys)
    new = [
        WeChatUser(
            id=f"wechat_user_{number}",
            community_id=COMMUNITIES[number % 2],
            account_id=f"account_{number % 10}",
            locked_for=f"person_{number}",
            openid=f"o{number}",
        )
        for number in range(PER_COMMUNITY)
    ]
    await users.add_many([(user, ()) for user in new])
    users.collection = Recorded(users.collection, filled.plans)

    assert len(await users.of_account(HERE, "account_2")) == 6

    assert_indexed(filled.plans, strictly=strictly)


async def test_every_figure_is_counted_by_index(filled: Filled) -> None:
    period = Period(AT + timedelta(minutes=10), AT + timedelta(minutes=40))

    counted = await filled.notifications.count_by_state(HERE, period)

    assert sum(counted.values()) == 30
    assert len(filled.plans) == 6
    assert_indexed(filled.plans, strictly=True)


async def test_every_look_of_the_worker_has_an_index(filled: Filled, strictly: bool) -> None:
    assert await filled.steps.of_issue(HERE, "issue_1")
    page = await filled.followings.of_issue(HERE, "issue_1", first=1, after=None)
    assert page.has_next_page
    await filled.followings.of_issue(HERE, "issue_1", first=1, after=page.cursors[-1])
    assert await filled.notifications.standings(HERE, "account_1", "issue_1")
    assert await filled.notifications.due(AT + timedelta(minutes=30), limit=50)
    assert await filled.notifications.sending_since_before(AT + timedelta(hours=1), limit=50)
    assert await filled.grants.held_by(HERE, f"notification_{HERE}_1")
    assert await filled.grants.unspent(HERE, "account_0", Template.ISSUE_PROGRESS, limit=5)
    assert await filled.grants.count_unspent(HERE, "account_0", Template.ISSUE_PROGRESS)

    assert len(filled.plans) == 9
    assert_indexed(filled.plans, strictly=strictly)

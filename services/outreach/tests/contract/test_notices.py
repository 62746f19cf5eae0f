"""What the keepers of notices and permissions promise, in memory and in a real store."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
import pytest
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from outreach.adapters.notices.mongo_grants import USERS, MongoGrants, MongoWeChatUsers
from outreach.application.notices.lock_openids import lock_openid
from outreach.application.period import Period
from outreach.domain.errors import PersonErased
from outreach.domain.notices import delivering, words
from outreach.domain.notices.errors import (
    GrantNotFound,
    GrantSpent,
    NotificationNotFound,
    WeChatUserNotFound,
)
from outreach.domain.notices.following import Changed, Following, Mark
from outreach.domain.notices.grants import SubscriptionGrant, WeChatUser
from outreach.domain.notices.issue_steps import Happening, IssueStep
from outreach.domain.notices.kinds import Template
from outreach.domain.notices.notifications import DeliveryState, Notification, notice_of

from .conftest import Rooms

HERE, THERE = "community_here", "community_there"
TIAN, ISSUE = "account_tian", "issue_1"
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PROGRESS = Template.ISSUE_PROGRESS


def happening(minute: int = 0, subject_id: str = ISSUE) -> Happening:
    return Happening(
        subject_id=subject_id,
        words=words.round_recorded(1, "water", None),
        happened_at=AT + timedelta(minutes=minute),
        sequence=minute,
    )


def notice(
    number: int, *, account_id: str = TIAN, community_id: str = HERE, subject_id: str = ISSUE
) -> Notification:
    return notice_of(
        happening(number, subject_id),
        id=f"notification_{community_id}_{account_id}_{number}",
        community_id=community_id,
        account_id=account_id,
        heard=True,
        at=AT + timedelta(minutes=number),
    )


def grant(
    number: int, *, account_id: str = TIAN, template: Template = PROGRESS
) -> SubscriptionGrant:
    return SubscriptionGrant(
        id=f"grant_{account_id}_{template}_{number}",
        community_id=HERE,
        account_id=account_id,
        template=template,
        wechat_user_id="wechat_user_1",
        granted_at=AT + timedelta(minutes=number),
    )


def user(account_id: str = TIAN) -> WeChatUser:
    return WeChatUser(
        id="wechat_user_1",
        community_id=HERE,
        account_id=account_id,
        locked_for="person_tian",
        openid="oTIAN",
    )


def _marked(mark: Mark, following: Following) -> Changed:
    return following.marked(mark)


async def kept(rooms: Rooms, notices: Sequence[Notification]) -> None:
    assert await rooms.notifications.add_many([(it, []) for it in notices]) == len(notices)


async def test_steps_are_kept_once_and_read_as_things_happened(rooms: Rooms) -> None:
    for minute in (2, 1, 1):
        await rooms.steps.add(
            IssueStep(
                id=f"step_{minute}",
                community_id=HERE,
                issue_id=ISSUE,
                happening=happening(minute),
            )
        )

    found = await rooms.steps.of_issue(HERE, ISSUE)

    assert [it.happening for it in found] == [happening(1), happening(2)]
    assert await rooms.steps.of_issue(THERE, ISSUE) == []


async def test_who_follows_is_remembered_with_every_mark(rooms: Rooms) -> None:
    following = Following(id="following_1", community_id=HERE, issue_id=ISSUE, account_id=TIAN)
    marks = (Mark(AT, True), Mark(AT + timedelta(minutes=1), False))
    for _ in range(2):
        await rooms.followings.add(following)
    for mark in marks[::-1]:
        await rooms.followings.change(HERE, "following_1", partial(_marked, mark))

    (found,) = (await rooms.followings.of_issue(HERE, ISSUE, first=9, after=None)).items

    assert found.marks == marks
    for place in ((HERE, "issue_2"), (THERE, ISSUE)):
        assert not (await rooms.followings.of_issue(*place, first=9, after=None)).items


async def test_followers_are_listed_in_pages(rooms: Rooms) -> None:
    for number in range(5):
        await rooms.followings.add(
            Following(
                id=f"following_{number}",
                community_id=HERE,
                issue_id=ISSUE,
                account_id=f"account_{number}",
            )
        )
    found: list[str] = []
    page = await rooms.followings.of_issue(HERE, ISSUE, first=2, after=None)
    while True:
        found += [one.id for one in page.items]
        if not page.has_next_page:
            break
        page = await rooms.followings.of_issue(HERE, ISSUE, first=2, after=page.cursors[-1])
    assert found == [f"following_{number}" for number in range(5)]


async def test_a_notice_is_kept_once(rooms: Rooms) -> None:
    await kept(rooms, [notice(1)])

    assert await rooms.notifications.add_many([(notice(1), []), (notice(2), [])]) == 1
    assert (await rooms.notifications.get(HERE, notice(1).id)).words == notice(1).words
    with pytest.raises(NotificationNotFound):
        await rooms.notifications.get(THERE, notice(1).id)


async def test_a_list_is_of_one_account_and_latest_first(rooms: Rooms) -> None:
    await kept(rooms, [notice(n) for n in range(5)])
    await kept(rooms, [notice(9, account_id="account_ma"), notice(9, community_id=THERE)])

    first = await rooms.notifications.listed(HERE, TIAN, unread_only=False, first=3, after=None)
    rest = await rooms.notifications.listed(
        HERE, TIAN, unread_only=False, first=3, after=first.cursors[-1]
    )

    assert [it.told_sequence for it in first.items] == [4, 3, 2]
    assert ([it.told_sequence for it in rest.items], rest.has_next_page) == ([1, 0], False)


async def test_what_is_hidden_is_in_no_list(rooms: Rooms) -> None:
    await kept(rooms, [notice(1), notice(2)])
    await rooms.notifications.change(
        HERE, notice(1).id, lambda it: it.fitted(seen=False, heard=False, at=AT)
    )

    page = await rooms.notifications.listed(HERE, TIAN, unread_only=False, first=3, after=None)

    assert [it.told_sequence for it in page.items] == [2]
    assert await rooms.notifications.count_unread(HERE, TIAN, limit=9) == 1


async def test_unread_ones_are_counted_listed_and_read_up_to_a_moment(rooms: Rooms) -> None:
    await kept(rooms, [notice(n) for n in range(5)])
    await kept(rooms, [notice(1, account_id="account_ma")])
    last, read_at = AT + timedelta(minutes=2), AT + timedelta(hours=1)

    for _ in range(2):
        await rooms.notifications.read_up_to(HERE, TIAN, last, read_at)

    unread = await rooms.notifications.listed(HERE, TIAN, unread_only=True, first=9, after=None)
    assert [it.told_sequence for it in unread.items] == [4, 3]
    assert await rooms.notifications.count_unread(HERE, TIAN, limit=9) == 2
    assert await rooms.notifications.count_unread(HERE, TIAN, limit=1) == 1
    assert await rooms.notifications.count_unread(HERE, "account_ma", limit=9) == 1
    assert (await rooms.notifications.get(HERE, notice(2).id)).read_at == read_at


async def test_the_notices_of_a_matter_are_those_of_all_accounts(rooms: Rooms) -> None:
    await kept(rooms, [notice(1), notice(2, account_id="account_ma")])
    await kept(rooms, [notice(3, subject_id="issue_2"), notice(4, community_id=THERE)])

    page = await rooms.notifications.of_subject(HERE, ISSUE, first=9, after=None)

    told = [(it.account_id, it.told_sequence) for it in page.items]
    assert told == [("account_ma", 2), (TIAN, 1)]


async def test_a_notice_taken_back_before_it_left_was_told_to_nobody(rooms: Rooms) -> None:
    await kept(rooms, [notice(1), notice(2), notice(3)])
    await rooms.notifications.change(
        HERE, notice(2).id, lambda it: it.fitted(seen=True, heard=False, at=AT)
    )
    await rooms.notifications.change(
        HERE, notice(3).id, lambda it: it.fitted(seen=False, heard=False, at=AT)
    )

    page = await rooms.notifications.of_subject(HERE, ISSUE, first=9, after=None)

    assert [it.told_sequence for it in page.items] == [2, 1]


async def test_standings_are_of_those_for_the_phone(rooms: Rooms) -> None:
    await kept(rooms, [notice(1), notice(2), notice(3, subject_id="issue_2")])
    await rooms.notifications.change(
        HERE, notice(2).id, lambda it: it.fitted(seen=True, heard=False, at=AT)
    )

    (standing,) = await rooms.notifications.standings(HERE, TIAN, ISSUE)

    assert (standing.id, standing.state, standing.happened_at) == (
        notice(1).id,
        DeliveryState.PENDING,
        notice(1).happened_at,
    )


async def test_what_is_due_and_what_is_under_way_is_found_in_every_community(
    rooms: Rooms,
) -> None:
    await kept(rooms, [notice(2), notice(1, community_id=THERE), notice(9)])
    due = await rooms.notifications.due(AT + timedelta(minutes=5), limit=9)
    assert [it.notification_id for it in due] == [notice(1, community_id=THERE).id, notice(2).id]
    assert await rooms.notifications.due(AT, limit=9) == []

    await rooms.notifications.change(
        HERE, notice(2).id, lambda it: delivering.start(it, "grant_1", AT)
    )

    later = AT + timedelta(seconds=1)
    (work,) = await rooms.notifications.sending_since_before(later, limit=9)
    assert (work.community_id, work.notification_id) == (HERE, notice(2).id)
    assert await rooms.notifications.sending_since_before(AT, limit=9) == []
    assert len(await rooms.notifications.due(later + timedelta(minutes=5), limit=9)) == 1


async def test_states_are_counted_by_when_it_happened(rooms: Rooms) -> None:
    await kept(rooms, [notice(n) for n in range(4)])
    await kept(rooms, [notice(1, community_id=THERE)])
    await rooms.notifications.change(HERE, notice(1).id, lambda it: delivering.delivered(it, AT))

    period = Period(AT + timedelta(minutes=1), AT + timedelta(minutes=3))
    counted = await rooms.notifications.count_by_state(HERE, period)

    assert counted[DeliveryState.DELIVERED] == 1
    assert counted[DeliveryState.PENDING] == 1
    assert sum(counted.values()) == 2


async def test_permissions_are_spent_oldest_first(rooms: Rooms) -> None:
    for number in (3, 1, 2):
        await rooms.grants.add(grant(number))
    await rooms.grants.add(grant(0, account_id="account_ma"))
    await rooms.grants.add(grant(0, template=Template.VOUCHER))

    unspent = await rooms.grants.unspent(HERE, TIAN, PROGRESS, limit=2)

    assert [it.id for it in unspent] == [grant(1).id, grant(2).id]
    assert await rooms.grants.count_unspent(HERE, TIAN, PROGRESS) == 3
    assert await rooms.grants.count_unspent(THERE, TIAN, PROGRESS) == 0


async def test_a_notice_finds_the_permission_that_it_has(rooms: Rooms) -> None:
    await rooms.grants.add(grant(1))
    await rooms.grants.change(HERE, grant(1).id, lambda it: it.spend("notification_1"))

    held = await rooms.grants.held_by(HERE, "notification_1")
    assert held is not None
    assert held.id == grant(1).id
    assert await rooms.grants.held_by(THERE, "notification_1") is None
    assert await rooms.grants.count_unspent(HERE, TIAN, PROGRESS) == 0

    await rooms.grants.change(HERE, grant(1).id, SubscriptionGrant.void)
    assert await rooms.grants.held_by(HERE, "notification_1") is None
    with pytest.raises(GrantNotFound):
        await rooms.grants.change(THERE, grant(1).id, SubscriptionGrant.void)


async def test_one_permission_that_many_want_goes_to_one(rooms: Rooms) -> None:
    await rooms.grants.add(grant(1))

    async def spend(number: int) -> str | None:
        try:
            spent = await rooms.grants.change(
                HERE, grant(1).id, lambda it: it.spend(f"notification_{number}")
            )
        except GrantSpent:
            return None
        return spent.spent_on

    winners = [it for it in await asyncio.gather(*map(spend, range(8))) if it is not None]

    assert len(winners) == 1
    assert (await rooms.grants.held_by(HERE, winners[0])) is not None


async def test_one_person_of_wechats_belongs_to_who_came_first(rooms: Rooms) -> None:
    first = await rooms.users.add(user())
    second = await rooms.users.add(user("account_ma"))

    assert (first.account_id, second.account_id) == (TIAN, TIAN)
    assert (await rooms.users.get(HERE, "wechat_user_1")).openid == "oTIAN"
    with pytest.raises(WeChatUserNotFound):
        await rooms.users.get(THERE, "wechat_user_1")


async def test_an_openid_is_in_clear_nowhere_at_rest(store: Store, person_keys: PersonKeys) -> None:
    await MongoWeChatUsers(store, person_keys).add(user())
    await MongoGrants(store).add(grant(1))

    (document,) = await store.collection(USERS).find({})

    assert isinstance(document["openid"], bytes)
    for collection in (USERS, "subscription_grants"):
        assert "oTIAN" not in str(await store.collection(collection).find({}))
    assert b"oTIAN" not in document["openid"]


async def test_whoever_was_erased_has_no_openid_any_more(
    store: Store, person_keys: PersonKeys
) -> None:
    users = MongoWeChatUsers(store, person_keys)
    await users.add(user())
    await person_keys.destroy("person_tian")

    assert (await users.get(HERE, "wechat_user_1")).openid is None
    with pytest.raises(PersonErased):
        await users.add(
            WeChatUser(
                id="wechat_user_2",
                community_id=HERE,
                account_id=TIAN,
                locked_for="person_tian",
                openid="oTIAN2",
            )
        )


async def test_an_openid_that_was_locked_again_goes_with_the_key_of_its_person(
    store: Store, person_keys: PersonKeys
) -> None:
    users = MongoWeChatUsers(store, person_keys)
    await users.add(msgspec.structs.replace(user(), locked_for=TIAN))
    (found,) = await users.of_account(HERE, TIAN)
    await lock_openid(users, found, "person_tian")
    assert (await users.get(HERE, found.id)).openid == "oTIAN"
    assert await users.of_account(THERE, TIAN) == []

    await person_keys.destroy("person_tian")

    assert (await users.get(HERE, found.id)).openid is None


async def test_the_openid_of_somebody_erased_is_not_locked_but_goes(
    store: Store, person_keys: PersonKeys
) -> None:
    users = MongoWeChatUsers(store, person_keys)
    await users.add(msgspec.structs.replace(user(), id="wechat_user_9", locked_for="person_tian"))
    await person_keys.destroy("person_tian")
    added = await users.add(msgspec.structs.replace(user(), locked_for=TIAN))

    assert (await lock_openid(users, added, "person_tian")).openid is None
    assert (await users.get(HERE, added.id)).openid is None

"""One's own notices: read in the app, by oneself alone; the staff see how they went."""

import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.requests import Request
from chassis.testing import REQUESTS
from outreach.application.notices.queries import UNREAD_SHOWN
from outreach.domain.notices import words
from outreach.domain.notices.errors import NotificationNotFound
from outreach.domain.notices.kinds import NoticeKind
from outreach.domain.notices.notifications import DeliveryState, Notification
from outreach.domain.permissions import Actor

from .cast import COMMUNITY, ISSUE, MA, TIAN, Cast, clerk, kinds_of, resident

ACKNOWLEDGED, ASSIGNED, STARTED = (
    NoticeKind.ISSUE_ACKNOWLEDGED,
    NoticeKind.ISSUE_ASSIGNED,
    NoticeKind.ISSUE_STARTED,
)


@pytest.fixture
async def three(cast: Cast) -> list[Notification]:
    """Three notices to two people, a minute apart; those of the first."""
    for account_id in (TIAN, MA):
        await cast.follows(account_id)
    for said in (words.acknowledged(), words.assigned(), words.started()):
        cast.clock.advance(minutes=1)
        await cast.happens(said)
    return cast.of(TIAN)


def request(account_id: str = TIAN, request_id: str = "request", **inputs: object) -> Request:
    return REQUESTS.request_for(account_id, request_id, **inputs)


async def read_by(cast: Cast, account_id: str, *, unread_only: bool = False) -> list[NoticeKind]:
    page = await cast.queries.own(
        resident(account_id), unread_only=unread_only, first=10, after=None
    )
    return kinds_of(list(page.items))


async def test_one_reads_ones_own_latest_first(cast: Cast, three: list[Notification]) -> None:
    assert await read_by(cast, TIAN) == [STARTED, ASSIGNED, ACKNOWLEDGED]
    assert await read_by(cast, "account_nobody") == []


async def test_what_is_read_stays_in_the_list(cast: Cast, three: list[Notification]) -> None:
    await cast.mark_read.some(resident(TIAN), [three[1].id], request=request())

    assert await read_by(cast, TIAN, unread_only=True) == [STARTED, ACKNOWLEDGED]
    assert len(await read_by(cast, TIAN)) == 3
    assert await cast.queries.unread(resident(TIAN)) == 2
    assert await cast.queries.unread(resident(MA)) == 3


async def test_all_up_to_one_are_read(cast: Cast, three: list[Notification]) -> None:
    await cast.mark_read.up_to(resident(TIAN), three[1].id, request=request())

    assert await read_by(cast, TIAN, unread_only=True) == [STARTED]
    assert await cast.queries.unread(resident(MA)) == 3


async def test_it_was_read_when_it_was_first_read(cast: Cast, three: list[Notification]) -> None:
    first = cast.clock()
    await cast.mark_read.some(resident(TIAN), [three[0].id], request=request())
    cast.clock.advance(hours=1)
    await cast.mark_read.up_to(resident(TIAN), three[2].id, request=request(request_id="another"))

    assert [it.read_at for it in cast.of(TIAN)] == [first, cast.clock(), cast.clock()]


@pytest.mark.parametrize("id_of", ["another's", "unknown"])
async def test_what_is_not_ones_own_is_unknown(
    id_of: str, cast: Cast, three: list[Notification]
) -> None:
    not_own = cast.of(MA)[0].id if id_of == "another's" else "notification_unknown"
    before = cast.notifications.all

    with pytest.raises(NotificationNotFound) as refused:
        await cast.mark_read.some(resident(TIAN), [three[0].id, not_own], request=request())
    with pytest.raises(NotificationNotFound):
        await cast.mark_read.up_to(resident(TIAN), not_own, request=request())

    assert refused.value.code == "NOTICE_NOT_FOUND"
    assert cast.notifications.all == before


async def test_a_request_id_is_for_one_request(cast: Cast, three: list[Notification]) -> None:
    ids = [three[0].id]
    await cast.mark_read.some(resident(TIAN), ids, request=request(ids=ids))

    with pytest.raises(RequestIdReused):
        await cast.mark_read.some(resident(TIAN), ids, request=request(ids=["other"]))


async def test_the_staff_see_how_each_went_and_to_which_account(
    cast: Cast, three: list[Notification]
) -> None:
    await cast.allows(TIAN)
    await cast.send_due()

    page = await cast.queries.of_issue(clerk(), ISSUE, first=10, after=None)

    states = {
        (it.account_id, it.words.kind): it.phone.state for it in page.items if it.phone is not None
    }
    assert len(page.items) == 6
    assert states[TIAN, ACKNOWLEDGED] is DeliveryState.DELIVERED
    assert states[TIAN, ASSIGNED] is DeliveryState.NO_GRANT
    assert states[MA, ACKNOWLEDGED] is DeliveryState.NO_GRANT


async def test_the_figures_count_by_state(cast: Cast, three: list[Notification]) -> None:
    await cast.allows(TIAN)
    await cast.send_due()

    counted = await cast.queries.figures(clerk(), None, None)

    assert counted[DeliveryState.DELIVERED] == 1
    assert counted[DeliveryState.NO_GRANT] == 5
    assert sum(counted.values()) == 6


async def test_residents_see_no_list_of_the_staff(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        await cast.queries.of_issue(resident(TIAN), ISSUE, first=10, after=None)
    with pytest.raises(Forbidden):
        await cast.queries.figures(resident(TIAN), None, None)


@pytest.mark.parametrize("role", ["resident", "steward", "partner", "clerk", "secretary"])
async def test_whoever_may_follow_an_issue_reads_what_happened_to_it(cast: Cast, role: str) -> None:
    actor = Actor("account_who_follows", COMMUNITY, frozenset({role}))
    await cast.follows(actor.account_id)
    await cast.happens()

    assert await cast.queries.unread(actor) == 1
    (notice,) = (await cast.queries.own(actor, unread_only=True, first=9, after=None)).items
    await cast.mark_read.some(actor, [notice.id], request=request(actor.account_id))
    assert await cast.queries.unread(actor) == 0
    assert cast.queries.templates(actor)


@pytest.mark.parametrize("role", ["merchant", "auditor"])
async def test_who_may_follow_nothing_has_no_notices(cast: Cast, role: str) -> None:
    actor = Actor("account_other", COMMUNITY, frozenset({role}))
    with pytest.raises(Forbidden):
        await cast.queries.own(actor, unread_only=False, first=10, after=None)
    with pytest.raises(Forbidden):
        await cast.queries.unread(actor)
    with pytest.raises(Forbidden):
        cast.queries.templates(actor)
    with pytest.raises(Forbidden):
        await cast.mark_read.some(actor, ["notification_1"], request=request())


async def test_unread_ones_are_counted_so_far(cast: Cast) -> None:
    await cast.follows(TIAN)
    for number in range(UNREAD_SHOWN + 1):
        cast.clock.advance(minutes=1)
        await cast.happens(sequence=number)

    assert await cast.queries.unread(resident(TIAN)) == UNREAD_SHOWN

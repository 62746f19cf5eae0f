"""Who is told of what: whoever followed when it happened, in whatever order the events come."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.testing import FrozenClock
from hypothesis import given, settings
from hypothesis import strategies as st
from outreach.adapters.notices.memory import MemoryNotifications
from outreach.application.notices import note_issue_step
from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening
from outreach.domain.notices.kinds import NoticeKind
from outreach.domain.notices.notifications import SENT_WITHIN, DeliveryState

from .cast import COMMUNITY, ISSUE, MA, TIAN, Cast, kinds_of, later, resident

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PENDING = DeliveryState.PENDING


async def test_a_follower_is_told_of_each_step_once(cast: Cast) -> None:
    await cast.follows(TIAN)
    for _ in range(2):
        await cast.happens(words.acknowledged())
        await cast.happens(words.assigned(), sequence=2)

    assert kinds_of(cast.of(TIAN)) == [NoticeKind.ISSUE_ACKNOWLEDGED, NoticeKind.ISSUE_ASSIGNED]
    assert cast.states_of(TIAN) == [PENDING, PENDING]


async def test_a_fact_told_again_by_another_event_is_the_same_step(cast: Cast) -> None:
    await cast.follows(TIAN)
    at = cast.clock()
    await cast.happens(at=at, sequence=2)
    cast.clock.advance(hours=1)
    await cast.happens(at=at, sequence=9)

    assert len(cast.of(TIAN)) == 1
    assert len(cast.steps.all) == 1


async def test_nobody_is_told_of_what_they_do_not_follow(cast: Cast) -> None:
    await cast.follows(TIAN)
    await cast.happens()

    assert cast.of(MA) == []


async def test_a_reporter_known_later_reads_what_was_before_and_is_told_of_what_comes(
    cast: Cast,
) -> None:
    await cast.happens()
    cast.clock.advance(hours=1)
    await cast.follows(TIAN, as_reporter=True)
    cast.clock.advance(hours=1)
    await cast.happens(words.started())

    assert kinds_of(cast.of(TIAN)) == [NoticeKind.ISSUE_ACKNOWLEDGED, NoticeKind.ISSUE_STARTED]
    assert cast.states_of(TIAN) == [None, PENDING]


async def test_the_history_of_an_old_issue_is_no_news_to_who_comes_to_follow_it(
    cast: Cast,
) -> None:
    for sequence in range(30):
        await cast.happens(sequence=sequence)
    cast.clock.advance(hours=1)
    await cast.follows(TIAN)
    assert await cast.queries.unread(resident(TIAN)) == 0
    await cast.happens(words.started())

    assert kinds_of(cast.of(TIAN)) == [NoticeKind.ISSUE_STARTED]


async def test_what_happened_while_somebody_was_away_is_no_news_to_them(cast: Cast) -> None:
    start = cast.clock()
    await cast.follows(TIAN, start)
    await cast.leaves(TIAN, later(start, minutes=1))
    await cast.happens(at=later(start, minutes=2))
    await cast.follows(TIAN, later(start, minutes=3))

    assert cast.of(TIAN) == []


async def test_thousands_of_followers_are_told_page_by_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_issue_step, "_AT_ONCE", 2)
    people = [f"account_{number}" for number in range(5)]
    for account_id in people:
        await cast.follows(account_id)
    await cast.happens()

    assert [len(cast.of(account_id)) for account_id in people] == [1] * 5


async def test_who_leaves_while_others_are_told_is_told_nothing(cast: Cast) -> None:
    start = cast.clock()
    await cast.follows(TIAN, start)
    await cast.follows(MA, start)

    class LeftMeanwhile(MemoryNotifications):
        """Somebody leaves after it was asked who follows, and before their notice is there."""

        async def add_many(self, *given: Any, **named: Any) -> int:
            await cast.leaves(TIAN, later(start, minutes=1))
            return await cast.notifications.add_many(*given, **named)

    told = NoteIssueStep(
        cast.steps, cast.followings, LeftMeanwhile(), cast.identities, cast.fit, cast.clock
    )
    at = later(start, minutes=2)
    await told(
        COMMUNITY,
        Happening(subject_id=ISSUE, words=words.started(), happened_at=at, sequence=1),
    )

    assert (len(cast.of(TIAN)), len(cast.of(MA))) == (0, 1)
    await cast.send_due()
    assert cast.received(f"openid of {TIAN}") == []


async def test_a_step_that_comes_before_its_follower_is_sent_all_the_same(cast: Cast) -> None:
    followed_at = cast.clock()
    await cast.happens(at=later(followed_at, minutes=1))
    assert cast.of(TIAN) == []

    await cast.follows(TIAN, followed_at)

    assert cast.states_of(TIAN) == [PENDING]


async def test_who_has_left_is_told_nothing_more(cast: Cast) -> None:
    await cast.follows(TIAN)
    await cast.happens(at=later(cast.clock(), minutes=1))
    await cast.leaves(TIAN, later(cast.clock(), minutes=2))
    await cast.happens(words.started(), at=later(cast.clock(), minutes=3))

    assert kinds_of(cast.of(TIAN)) == [NoticeKind.ISSUE_ACKNOWLEDGED]


async def test_a_departure_heard_too_late_takes_back_what_was_not_sent(cast: Cast) -> None:
    await cast.follows(TIAN)
    await cast.happens(at=later(cast.clock(), minutes=2))
    await cast.leaves(TIAN, later(cast.clock(), minutes=1))

    assert cast.of(TIAN) == []
    await cast.send_due()
    assert cast.mini_program.sent == []


async def test_a_departure_heard_too_late_frees_the_permission(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens(at=later(cast.clock(), minutes=2))
    (notice,) = cast.of(TIAN)
    (grant,) = cast.grants.all
    await cast.grants.change(grant.community_id, grant.id, lambda it: it.spend(notice.id))

    await cast.leaves(TIAN, later(cast.clock(), minutes=1))

    assert [it.state for it in cast.grants.all] == ["unspent"]


async def test_who_did_it_reads_it_in_the_app_alone(cast: Cast) -> None:
    await cast.follows(TIAN)
    await cast.follows(MA)
    await cast.happens(words.confirmed("reporter", 5), by=TIAN)

    assert (cast.states_of(TIAN), cast.states_of(MA)) == ([None], [PENDING])


async def test_what_happened_long_ago_is_read_in_the_app_alone(cast: Cast) -> None:
    long_ago = cast.clock() - SENT_WITHIN - timedelta(seconds=1)
    await cast.follows(TIAN, long_ago)
    await cast.happens(at=long_ago)
    await cast.happens(words.started(), at=cast.clock() - SENT_WITHIN)

    assert cast.states_of(TIAN) == [None, PENDING]


Marks = list[tuple[int, bool, bool]]
marks = st.lists(
    st.tuples(st.integers(0, 9), st.booleans(), st.booleans()),
    max_size=5,
    unique_by=lambda mark: mark[0],
)
steps = st.lists(st.integers(0, 9), max_size=4, unique=True)


@settings(max_examples=60)
@given(marks=marks, steps=steps, data=st.data())
def test_the_end_does_not_depend_on_the_order_of_events(
    marks: Marks, steps: list[int], data: st.DataObject
) -> None:
    events: list[Callable[[Cast], Awaitable[None]]] = [
        *(
            _mark(minute, follows=follows, as_reporter=as_reporter)
            for minute, follows, as_reporter in marks
        ),
        *(_step(minute) for minute in steps),
    ]
    shuffled = data.draw(st.permutations(events))

    assert asyncio.run(_told_after(shuffled)) == asyncio.run(_told_after(events))


def _mark(minute: int, *, follows: bool, as_reporter: bool) -> Callable[[Cast], Awaitable[None]]:
    at = START + timedelta(minutes=minute)
    if follows:
        return lambda cast: cast.follows(TIAN, at, as_reporter=as_reporter)
    return lambda cast: cast.leaves(TIAN, at)


def _step(minute: int) -> Callable[[Cast], Awaitable[None]]:
    return lambda cast: cast.happens(at=START + timedelta(minutes=minute), sequence=minute)


async def _told_after(
    events: list[Callable[[Cast], Awaitable[None]]],
) -> list[tuple[datetime, DeliveryState | None]]:
    cast = Cast(FrozenClock(START + timedelta(hours=1)))
    for event in events:
        await event(cast)
    assert {it.subject_id for it in cast.of(TIAN)} <= {ISSUE}
    return [(it.happened_at, it.phone.state if it.phone else None) for it in cast.of(TIAN)]

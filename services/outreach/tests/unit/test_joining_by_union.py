"""A commenter and an account are of one WeChat user: joined in whatever order it becomes known."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from outreach.domain.comments import CommentSource
from outreach.domain.joining import Joined, JoinedBy

from .joining_cast import HERE, MA, MAS_PERSON, TIAN, TIANS_PERSON, JoiningCast


async def test_who_is_bound_before_writing_has_the_comment(joining: JoiningCast) -> None:
    await joining.bound()
    comment = await joining.written()
    await joining.look_up()

    (told,) = joining.joined_events
    assert (told.comment_id, told.account_id) == (comment.id, TIAN)
    assert (told.person_key, told.joined_person_key) == (comment.person_key, TIANS_PERSON)
    assert told.how == "union"
    assert (await joining.of(comment)).joined == Joined(
        account_id=TIAN,
        person_key=TIANS_PERSON,
        how=JoinedBy.UNION,
        at=joining.clock(),
        told_sequence=1,
    )


async def test_who_is_bound_after_writing_has_every_comment(joining: JoiningCast) -> None:
    comments = [await joining.written(), await joining.written()]
    await joining.look_up()
    assert joining.joined_events == []

    await joining.bound()

    assert sorted(it.comment_id for it in joining.joined_events) == [it.id for it in comments]


async def test_what_is_written_later_is_joined_at_once(joining: JoiningCast) -> None:
    await joining.written()
    await joining.look_up()
    await joining.bound()

    later = await joining.written(source=CommentSource.MESSAGE)

    assert await joining.account_of(later) == TIAN
    assert joining.wechat.asked == ["openid_tian"]


async def test_every_order_and_five_deliveries_of_everything_come_to_the_same(
    joining: JoiningCast,
) -> None:
    """Bound, heard of, looked up and follows: whichever comes first, the comment is joined once."""
    at = joining.clock()
    for number, order in enumerate(itertools.permutations(range(3))):
        openid, account = f"openid_{number}", f"account_{number}"
        unionid = joining.wechat.unionids[openid] = f"union_{number}"
        comment = await joining.write(openid)

        async def bound(account: str = account, unionid: str = unionid) -> None:
            await joining.bound(account, person_key=MAS_PERSON, unionid=unionid, at=at)

        async def heard(comment_id: str = comment.id) -> None:
            await joining.meet_commenter(HERE, comment_id)

        steps: list[Callable[[], Awaitable[None]]] = [bound, heard, joining.look_up]
        for step in (*order, *order * 4):
            await steps[step]()

        assert await joining.account_of(comment) == account
        told = [it for it in joining.joined_events if it.comment_id == comment.id]
        assert [it.account_id for it in told] == [account]


async def test_a_repeat_writes_nothing(joining: JoiningCast) -> None:
    comment = await joining.written()
    await joining.look_up()
    at = joining.clock()
    await joining.bound(at=at, sequence=1)
    stores = (joining.comments, joining.commenters, joining.accounts)
    writes = [store.writes for store in stores]

    for _ in range(5):
        joining.clock.advance(minutes=1)
        await joining.bound(at=at, sequence=1)
        await joining.heard(comment)

    assert [store.writes for store in stores] == writes


async def test_another_persons_comment_is_nobodys(joining: JoiningCast) -> None:
    joining.wechat.unionids["openid_ma"] = "union_ma"
    comment = await joining.written("openid_ma")
    await joining.bound()
    await joining.look_up()

    assert await joining.account_of(comment) is None
    assert joining.joined_events == []


async def test_an_account_without_a_unionid_finds_nobody(joining: JoiningCast) -> None:
    comment = await joining.written()
    await joining.look_up()
    await joining.bound(unionid=None)

    assert await joining.account_of(comment) is None


async def test_another_communitys_account_finds_nobody_here(joining: JoiningCast) -> None:
    comment = await joining.written()
    await joining.look_up()
    await joining.note_bound(
        "community_other",
        MA,
        household_id="household_9",
        person_key=MAS_PERSON,
        union_mark="mark of union_tian",
        bound_at=joining.clock(),
        sequence=1,
    )

    assert await joining.account_of(comment) is None


async def test_once_unbound_nothing_more_is_joined(joining: JoiningCast) -> None:
    before = await joining.written()
    await joining.look_up()
    await joining.bound()
    joining.clock.advance(days=1)
    await joining.unbound()

    after = await joining.written()
    await joining.look_up()

    assert await joining.account_of(before) == TIAN
    assert await joining.account_of(after) is None


async def test_who_is_bound_again_has_what_came_in_between(joining: JoiningCast) -> None:
    await joining.written()
    await joining.look_up()
    await joining.bound()
    await joining.unbound(at=joining.clock.advance(days=1))
    between = await joining.written()

    await joining.bound(at=joining.clock.advance(days=1))

    assert await joining.account_of(between) == TIAN


async def test_a_second_household_keeps_an_account_bound(joining: JoiningCast) -> None:
    await joining.written()
    await joining.look_up()
    await joining.bound()
    await joining.bound(household_id="household_2")
    await joining.unbound(at=joining.clock.advance(days=1))

    assert await joining.account_of(await joining.written()) == TIAN


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_bindings_told_in_any_order_end_as_they_ended(
    joining: JoiningCast, order: tuple[int, ...]
) -> None:
    """Bound at ten, over at eleven; and what was written is of nobody's account afterwards."""
    comment = await joining.written()
    await joining.look_up()
    ten = joining.clock()
    steps: list[Callable[[], Awaitable[None]]] = [
        lambda: joining.bound(at=ten),
        lambda: joining.unbound(at=ten + timedelta(hours=1)),
        lambda: joining.bound(at=ten - timedelta(days=9)),
    ]
    joining.clock.advance(hours=2)
    for step in (*order, *reversed(order)):
        await steps[step]()

    account = await joining.accounts.find(HERE, TIAN)
    assert account is not None
    assert not account.is_bound
    assert (await joining.commenter_of(comment)).joined is None
    assert await joining.account_of(await joining.written()) is None


async def test_who_is_unbound_while_being_joined_is_not_joined_to_more(
    joining: JoiningCast,
) -> None:
    await joining.bound()
    comment = await joining.write()
    of_union = joining.accounts.of_union

    async def while_it_is_read(community_id: str, union_mark: str) -> list[object]:
        found = await of_union(community_id, union_mark)
        await joining.unbound(at=joining.clock.advance(minutes=1))
        return list(found)

    joining.accounts.of_union = while_it_is_read  # type: ignore[assignment, method-assign]
    await joining.heard(comment)
    await joining.look_up()

    assert (await joining.commenter_of(comment)).joined is None


async def test_joining_goes_on_where_it_was_killed(joining: JoiningCast) -> None:
    """Killed after the commenter was joined and before the comments were."""
    comments = [await joining.written() for _ in range(3)]
    await joining.look_up()
    change = joining.comments.change
    left = [1]

    async def dies(*given: object, **more: object) -> object:
        if left[0] == 0:
            raise RuntimeError("killed")
        left[0] -= 1
        return await change(*given, **more)  # type: ignore[arg-type]

    joining.comments.change = dies  # type: ignore[assignment, method-assign]
    at = joining.clock()
    with pytest.raises(RuntimeError):
        await joining.bound(at=at)
    joining.comments.change = change  # type: ignore[method-assign]
    assert len(joining.joined_events) == 1

    await joining.bound(at=at)

    assert sorted(it.comment_id for it in joining.joined_events) == [it.id for it in comments]


async def test_a_union_that_is_learnt_later_joins_what_they_wrote(joining: JoiningCast) -> None:
    """Residents tell the binding again, with the time that it had."""
    at = joining.clock()
    comment = await joining.written()
    await joining.look_up()
    await joining.bound(unionid=None, at=at, sequence=1)
    assert await joining.account_of(comment) is None

    await joining.bound(at=at, sequence=2)

    assert await joining.account_of(comment) == TIAN


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
async def test_of_two_pseudonyms_the_one_told_last_stands(
    joining: JoiningCast, order: tuple[int, ...]
) -> None:
    at = joining.clock()
    comment = await joining.written()
    await joining.look_up()
    told = {1: "person_first", 2: "person_second", 3: TIANS_PERSON}

    for sequence in (*order, *order):
        await joining.bound(person_key=told[sequence], at=at, sequence=sequence)

    joined = (await joining.of(comment)).joined
    assert joined is not None
    assert (joined.person_key, joined.told_sequence) == (TIANS_PERSON, 3)
    assert joining.joined_events[-1].joined_person_key == TIANS_PERSON
    assert (await joining.commenter_of(comment)).joined == joined


async def test_a_binding_told_again_as_it_was_tells_nothing(joining: JoiningCast) -> None:
    at = joining.clock()
    comment = await joining.written()
    await joining.look_up()
    await joining.bound(at=at, sequence=1)
    before, told = await joining.of(comment), len(joining.joined_events)

    await joining.bound(at=at, sequence=7)
    await joining.bound(person_key=MAS_PERSON, unionid="union_ma", at=at, sequence=5)

    assert await joining.of(comment) == before
    assert len(joining.joined_events) == told
    account = await joining.accounts.find(HERE, TIAN)
    assert account is not None
    assert (account.person_key, account.told_sequence) == (TIANS_PERSON, 7)

"""A link in the reply, and who may take the matter over by it."""

import base64
from datetime import timedelta

import pytest
from chassis.encryption import LookupHash
from chassis.errors import Forbidden, RequestIdReused
from chassis.testing import REQUESTS
from hypothesis import given
from hypothesis import strategies as st
from outreach.adapters.join_links import RandomJoinLinks
from outreach.domain import sending
from outreach.domain.comments import CommentSource
from outreach.domain.errors import JoinCodeInvalid
from outreach.domain.join_links import INVITATION, joined_text
from outreach.domain.joining import Joined, JoinedBy, which_stands
from outreach.domain.permissions import Actor
from outreach.domain.replies import Delivery
from wechat.failures import WeChatOutcomeUnknown, WeChatUnreachable

from .joining_cast import HERE, MA, MAS_PERSON, TIAN, TIANS_PERSON, JoiningCast

STRANGER = "openid_stranger"
HASH = LookupHash(bytes(32))


async def test_a_stranger_gets_a_link_with_the_reply(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)

    said = await joining.reply(comment, "马上去")

    assert said == f"马上去{INVITATION}https://linli.example/join#code-1"
    kept = await joining.of(comment)
    assert kept.join_link is not None
    assert kept.join_link.mark == "mark of code-1"
    assert kept.join_link.expires_at == joining.clock() + timedelta(days=30)
    assert kept.reply is not None
    assert (kept.reply.text, kept.reply.with_link) == ("马上去", True)


async def test_who_is_known_by_unionid_gets_none(joining: JoiningCast) -> None:
    comment = await joining.written()
    await joining.look_up()

    assert await joining.reply(comment, "马上去") == "马上去"
    kept = await joining.of(comment)
    assert kept.join_link is None
    assert kept.reply is not None
    assert not kept.reply.with_link


async def test_who_took_one_over_gets_no_second_link(joining: JoiningCast) -> None:
    first = await joining.written(STRANGER, source=CommentSource.MESSAGE)
    await joining.reply(first)
    await joining.open_link("code-1")

    second = await joining.written(STRANGER, source=CommentSource.MESSAGE)

    assert await joining.reply(second, "好") == "好"


@pytest.mark.parametrize(
    ("source", "text", "has_room"),
    [
        (CommentSource.ARTICLE, "好" * 500, True),
        (CommentSource.ARTICLE, "好" * 600, False),
        (CommentSource.MESSAGE, "好" * 600, True),
        (CommentSource.MESSAGE, "👍" * 500, False),
    ],
)
async def test_without_room_the_words_of_the_staff_go_alone(
    source: CommentSource, text: str, has_room: bool, joining: JoiningCast
) -> None:
    comment = await joining.written(STRANGER, source=source)

    said = await joining.reply(comment, text)

    assert (said != text) is has_room
    assert ((await joining.of(comment)).join_link is not None) is has_room
    if source is CommentSource.ARTICLE:
        assert len(said) <= 600
    assert len(said.encode()) <= 2048 or source is CommentSource.ARTICLE


@given(st.text(max_size=700), st.integers(0, 700), st.integers(0, 2100))
def test_a_text_with_a_link_is_never_longer_than_wechat_takes(
    text: str, max_characters: int, max_bytes: int
) -> None:
    address = "https://linli.example/join#abc"
    whole = joined_text(text, address, max_characters=max_characters, max_bytes=max_bytes)

    if whole is not None:
        assert whole.startswith(text)
        assert whole.endswith(address)
        assert len(whole) <= max_characters
        assert len(whole.encode()) <= max_bytes


async def test_an_attempt_that_was_not_sent_leaves_no_good_code(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    joining.wechat.fails_with = [WeChatUnreachable()]
    joining.wechat.said.append(("", ""))
    await joining.reply(comment)
    joining.clock.advance(minutes=1)
    await joining.send_due()

    with pytest.raises(JoinCodeInvalid):
        await joining.open_link("code-1")
    assert joining.wechat.said[-1][1].endswith("#code-2")
    await joining.open_link("code-2")
    assert await joining.account_of(comment) == TIAN


async def test_a_reply_that_wechat_shows_with_its_link_has_arrived(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    joining.wechat.fails_with = [WeChatOutcomeUnknown()]
    joining.wechat.said.append(("", ""))
    await joining.reply(comment, "马上 去 & 看看")
    shown = f"马上去&amp;看看 {INVITATION.strip()}https://linli.example/join#code-1"

    settled, events = sending.reconciled(await joining.of(comment), shown, joining.clock())

    assert settled.reply is not None
    assert settled.reply.delivery is Delivery.DELIVERED
    assert [event.type for event in events] == ["comment.replied.v1"]


async def test_the_first_who_opens_a_link_has_the_comment(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    await joining.reply(comment)

    taken = await joining.open_link(" CODE-1 ")

    assert taken.id == comment.id
    (told,) = joining.joined_events
    assert (told.comment_id, told.account_id, told.how) == (comment.id, TIAN, "link")
    assert told.joined_person_key is None

    with pytest.raises(JoinCodeInvalid) as refused:
        await joining.open_link("code-1", MA)
    assert refused.value.code == "JOIN_CODE_INVALID"
    assert await joining.account_of(comment) == TIAN
    assert len(joining.joined_events) == 1


async def test_opened_again_by_the_same_person_it_changes_nothing(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    await joining.reply(comment)
    taken = await joining.open_link("code-1")
    for request_id in ("1", "1", "2", "3"):
        again = await joining.open_link("code-1", request_id=request_id)
        assert again.joined == taken.joined

    assert len(joining.joined_events) == 1
    actor = Actor(TIAN, HERE, frozenset({"resident"}))
    request = REQUESTS.request_for(TIAN, "1", code="another")
    with pytest.raises(RequestIdReused):
        await joining.take_over_comment(actor, "code-1", request=request)


async def test_wrong_expired_and_used_codes_look_alike(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    await joining.reply(comment)
    joining.clock.advance(days=30)
    writes = joining.comments.writes

    refusals = []
    for code in ("code-1", "code-2", "", "code-1 code-1"):
        with pytest.raises(JoinCodeInvalid) as refused:
            await joining.open_link(code)
        refusals.append((refused.value.code, refused.value.message, refused.value.args))

    assert set(refusals) == {("JOIN_CODE_INVALID", "认领码不正确、已被使用或已过期。", ())}
    assert joining.comments.writes == writes
    assert await joining.account_of(comment) is None


async def test_a_link_is_good_for_a_moment_less_than_thirty_days(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    await joining.reply(comment)
    joining.clock.advance(days=30, milliseconds=-1)
    await joining.open_link("code-1")
    assert await joining.account_of(comment) == TIAN


async def test_another_communitys_code_is_as_unknown_as_any(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    await joining.reply(comment)
    stranger = Actor(TIAN, "community_other", frozenset({"resident"}))
    request = REQUESTS.request_for(TIAN, "1", code="code-1")

    with pytest.raises(JoinCodeInvalid):
        await joining.take_over_comment(stranger, "code-1", request=request)
    assert await joining.account_of(comment) is None


@pytest.mark.parametrize("role", ["steward", "clerk", "secretary", "merchant", "auditor"])
async def test_only_a_resident_takes_over(role: str, joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    await joining.reply(comment)
    actor = Actor(TIAN, HERE, frozenset({role}))
    request = REQUESTS.request_for(TIAN, "1", code="code-1")

    with pytest.raises(Forbidden):
        await joining.take_over_comment(actor, "code-1", request=request)
    assert await joining.account_of(comment) is None


async def test_a_link_under_an_article_opens_that_comment_alone(joining: JoiningCast) -> None:
    """Anybody may have read it there."""
    private = await joining.written(STRANGER, source=CommentSource.MESSAGE)
    public = await joining.written(STRANGER)
    await joining.reply(public)

    await joining.open_link("code-1")

    assert await joining.account_of(public) == TIAN
    assert await joining.account_of(private) is None
    assert await joining.account_of(await joining.written(STRANGER)) is None


async def test_a_link_in_a_message_opens_all_that_its_reader_wrote(joining: JoiningCast) -> None:
    """Nobody else can have read it."""
    public = await joining.written(STRANGER)
    private = await joining.written(STRANGER, source=CommentSource.MESSAGE)
    await joining.reply(private)

    await joining.open_link("code-1")

    later = await joining.written(STRANGER)
    for comment in (public, private, later):
        assert await joining.account_of(comment) == TIAN
        for _ in range(5):
            await joining.follow_up_link(HERE, comment.id)
    assert len(joining.joined_events) == 3


async def test_who_is_verified_later_is_told_of_by_name_later(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER, source=CommentSource.MESSAGE)
    await joining.reply(comment)
    await joining.open_link("code-1")
    at = joining.clock.advance(days=1)
    for _ in range(5):
        await joining.bound(unionid=None, at=at)
    later = await joining.written(STRANGER)

    told = [(it.comment_id, it.joined_person_key) for it in joining.joined_events]
    assert told == [(comment.id, None), (comment.id, TIANS_PERSON), (later.id, TIANS_PERSON)]


async def test_what_wechat_says_outweighs_a_link(joining: JoiningCast) -> None:
    """A stranger opened the link first; in either order the person has it in the end."""
    joining.wechat.unionids = {}
    comment = await joining.written()
    await joining.reply(comment)
    await joining.open_link("code-1", MA)
    assert await joining.account_of(comment) == MA

    joining.wechat.unionids["openid_tian"] = "union_tian"
    joining.clock.advance(days=1)
    await joining.bound()
    await joining.look_up()

    assert await joining.account_of(comment) == TIAN
    assert [it.account_id for it in joining.joined_events] == [MA, TIAN]
    with pytest.raises(JoinCodeInvalid):
        await joining.open_link("code-1", MA, request_id="2")


async def test_a_link_heard_of_again_after_leaving_joins_nothing(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER, source=CommentSource.MESSAGE)
    await joining.reply(comment)
    await joining.bound(unionid=None)
    await joining.open_link("code-1")
    await joining.unbound(at=joining.clock.advance(days=1))

    await joining.follow_up_link(HERE, comment.id)

    assert await joining.account_of(await joining.written(STRANGER)) is None
    assert await joining.account_of(comment) == TIAN


CLAIMS = st.builds(
    Joined,
    account_id=st.sampled_from([TIAN, MA]),
    person_key=st.just(None),
    how=st.sampled_from(JoinedBy),
    at=st.just(None),
)


@given(st.lists(CLAIMS, min_size=1, max_size=6), st.randoms())
def test_wechats_word_decides_in_every_order(claims: list[Joined], random: object) -> None:
    """There is one account that WeChat means, and any number that opened a link."""
    claims = [it for it in claims if it.how is JoinedBy.LINK or it.account_id == TIAN]

    def in_the_end(ordered: list[Joined]) -> str | None:
        there: Joined | None = None
        for claim in ordered * 2:
            there = which_stands(there, claim)
        return there.account_id if there else None

    if any(it.how is JoinedBy.UNION for it in claims):
        shuffled = sorted(claims, key=lambda _: random.random())  # type: ignore[attr-defined]
        assert in_the_end(claims) == in_the_end(shuffled) == TIAN


def test_a_code_is_one_of_two_to_the_128th_and_kept_nowhere() -> None:
    links = RandomJoinLinks(HASH, "https://linli.example/join")
    made = [links.new() for _ in range(100)]

    codes = [link.address.partition("#")[2] for link in made if link]
    assert len(set(codes)) == 100
    for link, code in zip(made, codes, strict=True):
        assert link is not None
        assert len(base64.b32decode(code.upper() + "======")) * 8 == 128
        assert link.mark == links.mark_of(f" {code.upper()}\n")
        assert code not in link.mark


def test_without_an_address_there_is_no_link() -> None:
    assert RandomJoinLinks(HASH, None).new() is None


async def test_a_verified_person_is_named_at_once(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    await joining.reply(comment)
    await joining.bound(MA, person_key=MAS_PERSON, unionid=None)

    await joining.open_link("code-1", MA)

    assert [it.joined_person_key for it in joining.joined_events] == [MAS_PERSON]


async def test_what_was_taken_over_follows_a_new_pseudonym(joining: JoiningCast) -> None:
    comment = await joining.written(STRANGER)
    await joining.reply(comment)
    at = joining.clock()
    await joining.bound(MA, person_key="person_first", unionid=None, at=at, sequence=1)
    await joining.open_link("code-1", MA)

    await joining.bound(MA, person_key=MAS_PERSON, unionid=None, at=at, sequence=2)

    assert [it.joined_person_key for it in joining.joined_events] == ["person_first", MAS_PERSON]

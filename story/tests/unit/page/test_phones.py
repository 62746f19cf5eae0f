"""What stood on the phones finds its place, its step and its events, by words and by ids."""

from datetime import datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from story.page.phone_items import PhoneItem, phone_items, shown_at, step_of
from story.page.phone_links import cause_of_item, may_have_told, written_in, written_on
from story.page.takers import Taker
from story.page.told import Told

from .cast import AT, COMMENT, INTAKE, ISSUE, event, step

WORDS = "3号楼2单元501水压太小了，电话13812345678"
REDACTED = "[门牌]水压太小了，电话[电话]"
WRITES = step(1, 0, who="田大妈", seen=[f"“{WORDS}”"])
READS = step(2, 0, seen=["别的"])
TAKERS = {"issue.resolved.v1": (Taker("outreach", "on_issue_resolved"),)}


def at(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def item(number: int, seconds: int, **changed: object) -> PhoneItem:
    made = PhoneItem(
        phone="田大妈",
        number=number,
        kind="comment",
        received=False,
        text=WORDS,
        at=at(seconds),
        comment=(7, 0, 1),
    )
    return msgspec.structs.replace(made, **changed)


SENT = item(1, 10)
REPLY = item(2, 30, kind="comment_reply", received=True, text="收到。")
RECEIVED = event(11, "outreach", "comment.received.v1", COMMENT, redacted_text=REDACTED)
REPLIED = event(31, "outreach", "comment.replied.v1", COMMENT)


def cause(of: PhoneItem, events: list[Told]) -> object:
    written = written_on([SENT, REPLY], events)
    return cause_of_item(of, [WRITES, READS], events, written, TAKERS)


def test_words_are_known_again_but_for_what_was_taken_out() -> None:
    assert SENT.may_be(REDACTED)
    assert SENT.may_be(WORDS)
    assert not SENT.may_be("[门牌]没水了")
    assert not SENT.may_be("")


@given(st.text(max_size=30), st.text(max_size=30))
def test_words_with_nothing_taken_out_are_themselves_alone(text: str, other: str) -> None:
    plain = text.replace("[", "（").replace("]", "）")
    written = msgspec.structs.replace(SENT, text=plain)

    assert written.may_be(plain)
    assert other == plain or not written.may_be(other.replace("[", "（")) or "[" in other


def test_what_was_sent_is_of_the_step_that_says_its_words() -> None:
    assert cause(SENT, []) == WRITES
    assert step_of(item(1, 9), [WRITES]) is None
    assert shown_at(item(1, 10), [msgspec.structs.replace(WRITES, started_at=at(10.4))]) == at(10.4)


def test_a_comment_is_what_was_written_last_before_it() -> None:
    earlier, later = item(1, 5), item(3, 12)

    assert written_on([earlier, SENT, later, REPLY], [RECEIVED]) == {COMMENT: SENT}
    assert written_on([later], [RECEIVED]) == {}


def test_a_reply_is_of_the_comment_that_it_stands_under() -> None:
    other = event(30, "outreach", "comment.replied.v1", INTAKE)

    assert cause(REPLY, [RECEIVED, other, REPLIED]) == REPLIED
    assert cause(item(2, 30, received=True, comment=(7, 0, 2)), [RECEIVED, REPLIED]) is None


MESSAGE = item(
    4, 23, kind="subscribe_message", received=True, comment=None, page=f"pages/issue?id={ISSUE}"
)


def resolved(number: int, kind: str = "issue.resolved.v1", of: str = ISSUE) -> Told:
    return event(number, "issues", kind, of)


def test_a_message_with_a_page_is_of_the_one_event_about_it_that_was_told() -> None:
    events = [
        resolved(20),
        resolved(22),
        resolved(23, "issue.unheard.v1"),
        resolved(23, of=INTAKE),
        resolved(24),
    ]

    assert may_have_told(MESSAGE, events, TAKERS) == [events[1]]
    assert cause(MESSAGE, events) == events[1]


def test_a_message_that_may_be_of_several_events_is_of_none_for_certain() -> None:
    events = [resolved(21), resolved(23)]

    assert may_have_told(MESSAGE, events, TAKERS) == events
    assert cause(MESSAGE, events) is None
    assert may_have_told(SENT, events, TAKERS) == []


def test_what_came_before_the_story_is_left_out() -> None:
    shown = {"number": 1, "kind": "message", "received": False, "text": "早"}
    screens = {
        "phones": [
            {
                "name": "田大妈",
                "items": [
                    {**shown, "at": int(at(seconds).timestamp())} for seconds in (-60, -1, 0, 60)
                ],
            }
        ]
    }

    assert [it.at for it in phone_items(screens, since=AT)] == [AT, at(60)]


def test_a_reply_that_a_worker_sent_is_of_the_step_that_says_its_words() -> None:
    written = {COMMENT: SENT}
    replies = step(3, 0, started_at=at(20), seen=["“收到。”  [等待发送]"])
    steps, items = [WRITES, replies], [SENT, REPLY]
    joined = event(12, "outreach", "comment.joined.v1", COMMENT)

    assert written_in(REPLIED, items, steps, written) == replies
    assert written_in(REPLIED, items, [WRITES], written) is None
    assert written_in(RECEIVED, items, steps, written) == SENT
    assert written_in(joined, items, steps, written) is None
    assert written_in(RECEIVED, items, steps, {}) is None

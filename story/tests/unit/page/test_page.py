"""The page is made of what was recorded alone: nothing outside it, nothing of it unescaped."""

import html
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from story.page.markup import element, joined, verbatim
from story.page.page import page_of, write_page
from story.page.phone_items import PhoneItem, phone_items, shown_at
from story.page.takers import Taker
from story.page.timeline import Recording, timeline_of

from .cast import (
    ACCEPTED,
    AT,
    BOUND,
    ISSUE,
    RECEIVED,
    RECORDED,
    REPORT,
    REPORTED,
    STEPS,
    TAKERS,
    step,
)

SCREENS = {
    "phones": [
        {
            "name": "田大妈",
            "items": [
                {
                    "number": number,
                    "kind": kind,
                    "received": received,
                    "text": text,
                    "at": int((AT + timedelta(seconds=seconds)).timestamp()),
                }
                for number, kind, received, text, seconds in (
                    (1, "comment", False, "很久以前", -60),
                    (2, "comment", False, "水压太小<b>", 30),
                    (3, "comment_reply", True, "收到，马上去看。", 40),
                )
            ],
        }
    ]
}
PHONES = phone_items(SCREENS, since=AT)
RECORDING = Recording(
    community_name="八家庄社区", report=REPORT, recorded=RECORDED, phones=PHONES, takers=TAKERS
)


class Read(HTMLParser):
    """What a browser would make of a page: its anchors, its links, its text."""

    VOID = frozenset({"meta", "br", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if found := given.get("id"):
            self.ids.append(found)
        for name in ("src", "href", "action", "data"):
            if (value := given.get(name)) is not None:
                (self.links if value.startswith("#") else self.addresses).append(value)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data


def test_the_same_recording_gives_the_same_page() -> None:
    assert page_of(RECORDING) == page_of(RECORDING)


def test_the_page_is_whole_and_asks_nobody_for_anything() -> None:
    page = page_of(RECORDING)
    read = Read(page)

    assert read.open == []
    assert read.addresses == []
    outside = r"@import|url\((?!#)|fetch\(|XMLHttp|https?://(?!www\.w3\.org/2000/svg)"
    assert re.findall(outside, page) == []
    assert '<html lang="zh-CN">' in page


def test_every_link_leads_to_something_and_every_name_is_one() -> None:
    read = Read(page_of(RECORDING))

    assert len(read.ids) == len(set(read.ids))
    assert read.links
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)


def test_an_event_is_shown_with_all_that_names_it() -> None:
    read = Read(page_of(RECORDING))

    for event in (BOUND, RECEIVED, ACCEPTED, REPORTED):
        for said in (event.id, event.type, event.subject, event.topic):
            assert said in read.text
    assert str(ACCEPTED.trace_id) in read.text
    assert "2026-11-23T01:30:41.000Z" in read.text
    assert "2026-11-23 09:30:41.000" in read.text
    assert "on_comment_received" in read.text


def test_cause_and_effect_point_at_each_other() -> None:
    rows = {row.anchor: row for row in timeline_of(RECORDING).rows}

    assert rows[ACCEPTED.id].cause == "step-4"
    assert rows[ACCEPTED.id].effects == (REPORTED.id,)
    assert rows["step-4"].effects == (ACCEPTED.id,)
    assert f'data-cause="{ACCEPTED.id}"' in page_of(RECORDING)


def test_the_timeline_goes_by_time_and_leaves_the_prologue_below() -> None:
    timeline = timeline_of(RECORDING)

    assert [row.anchor for row in timeline.rows] == [
        BOUND.id,
        "step-3",
        "phone-田大妈-2",
        RECEIVED.id,
        "step-4",
        "phone-田大妈-3",
        ACCEPTED.id,
        REPORTED.id,
    ]
    assert [it.number for it in timeline.before] == [1, 2]
    assert [(group.type, group.count) for group in timeline.groups] == [("household.changed.v1", 5)]


def test_it_says_who_has_handled_an_event() -> None:
    handled = timeline_of(RECORDING).handled

    assert [(taker.service, done) for taker, done in handled[ACCEPTED.id]] == [
        ("issues", True),
        ("outreach", False),
    ]
    assert handled[REPORTED.id] == []


@given(st.text(max_size=40))
def test_no_text_becomes_markup(text: str) -> None:
    hostile = f"</p><script>alert(1)</script>{text}\"'&"
    report = msgspec.structs.replace(
        REPORT, steps=[*STEPS, step(5, 1, who=hostile, zh=hostile, seen=[hostile], stopped=hostile)]
    )
    item = PhoneItem(phone=hostile, number=9, kind=hostile, received=True, text=hostile, at=AT)
    recording = msgspec.structs.replace(
        RECORDING, community_name=hostile, report=report, phones=[item]
    )
    plain = page_of(RECORDING)

    page = page_of(recording)

    assert page.count("<script") == plain.count("<script")
    assert html.escape(hostile) in page
    Read(page)


def test_a_story_that_stopped_says_where() -> None:
    report = msgspec.structs.replace(
        REPORT, outcome="stopped", steps=[*STEPS[:3], step(4, 1, stopped="expected; seen: nothing")]
    )

    page = page_of(msgspec.structs.replace(RECORDING, report=report))

    assert "中途停下" in page
    assert "✗ 第4步" in page
    assert "expected; seen: nothing" in page


def test_a_page_of_nothing_can_be_read() -> None:
    report = msgspec.structs.replace(REPORT, parts=[], steps=[])
    nothing = msgspec.structs.replace(RECORDED, events=[])

    page = page_of(msgspec.structs.replace(RECORDING, report=report, recorded=nothing, phones=[]))

    assert Read(page).open == []


def test_the_page_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "build" / "story.html"
    for _ in range(2):
        write_page(path, RECORDING)

    assert path.read_text(encoding="utf-8") == page_of(RECORDING)
    assert [it.name for it in path.parent.iterdir()] == ["story.html"]


def test_what_stood_on_a_phone_is_put_within_its_second() -> None:
    sent, received = PHONES

    assert [item.text for item in PHONES] == ["水压太小<b>", "收到，马上去看。"]
    assert shown_at(sent, STEPS) == STEPS[2].started_at
    assert shown_at(sent, []) == sent.at
    assert shown_at(received, STEPS) == datetime(2026, 11, 23, 1, 30, 40, 999_000, tzinfo=UTC)


def test_children_are_text_unless_they_were_made_here() -> None:
    inner = element("b", {"title": '"<'}, "1 < 2")

    assert element("p", None, inner, "&", None) == '<p><b title="&quot;&lt;">1 &lt; 2</b>&amp;</p>'
    assert joined(inner, "<", between=", ") == f"{inner}, &lt;"
    with pytest.raises(ValueError, match="end tag"):
        verbatim("style", "</style><script>")


def test_without_a_cause_the_event_before_of_the_same_aggregate_is_named() -> None:
    late = msgspec.structs.replace(
        REPORTED, id="event_late", sequence=50, trace_id=None, time=AT + timedelta(hours=1)
    )
    recorded = msgspec.structs.replace(RECORDED, events=[*RECORDED.events, late])
    recording = msgspec.structs.replace(RECORDING, recorded=recorded)
    row = timeline_of(recording).rows[-1]

    assert (row.anchor, row.cause, row.before) == ("event_late", None, REPORTED.id)
    assert f'data-before="{REPORTED.id}"' in page_of(recording)


def test_a_message_names_the_events_of_which_one_led_to_it() -> None:
    page = f"pages/issue?id={ISSUE}"
    told = PhoneItem(
        phone="田大妈", number=9, kind="x", received=True, text="进展", at=REPORTED.time, page=page
    )
    takers = TAKERS | {REPORTED.type: (Taker("outreach", "on_issue_reported"),)}
    again = msgspec.structs.replace(REPORTED, id="event_again", sequence=43)
    for events, said in (
        ([REPORTED], f'起因 ← <a href="#{REPORTED.id}">'),
        ([REPORTED, again], "起因 ← 这2个事件之一"),
    ):
        recorded = msgspec.structs.replace(RECORDED, events=events)
        changed = {"recorded": recorded, "phones": [told], "takers": takers}
        assert said in page_of(msgspec.structs.replace(RECORDING, **changed))

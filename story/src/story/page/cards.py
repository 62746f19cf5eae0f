"""What stands on the timeline, as HTML: a card for each step, event and phone's screen."""

from collections.abc import Sequence

import msgspec

from story.narrator import Step
from story.page.markup import Child, Markup, element, joined
from story.page.phone_items import PhoneItem
from story.page.takers import Taker
from story.page.timeline import Row, Timeline
from story.page.told import Told
from story.page.words import (
    EVENTS,
    LANES,
    PHONE_ITEMS,
    clock_in_china,
    in_china,
    in_utc,
    named,
)

_TRACE_SHOWN = 8
_NO_STEP = "起因：不是某一步的请求，而是轮询、定时、回调、导入或命令"


def card(row: Row, timeline: Timeline) -> Markup:
    """Make the card of a row, in its lane."""
    attributes = {"class": f"card {row.lane}", "id": row.anchor}
    if row.cause is not None:
        attributes["data-cause"] = row.cause
    elif row.before is not None:
        attributes["data-before"] = row.before
    match row.what:
        case Step() as step:
            attributes |= _trace(step.trace_prefix)
            children = _of_step(row, step, timeline)
        case Told() as event:
            attributes |= _trace(event.trace_prefix)
            children = _of_event(row, event, timeline)
        case PhoneItem() as item:
            attributes["class"] += " received" if item.received else " sent"
            children = _of_phone(row, item, timeline)
    return element("article", attributes, *children)


def step_line(step: Step) -> Markup:
    """Make one line of a step that is not on the timeline."""
    mark = "✓" if step.stopped is None else "✗"
    return element(
        "li",
        {"id": f"step-{step.number}", "value": str(step.number)},
        element("b", None, mark, " ", step.who),
        "：",
        step.zh,
        " ",
        element("span", {"class": "en", "lang": "en"}, step.en),
        *(element("p", {"class": "seen"}, line) for line in step.seen),
    )


def _of_step(row: Row, step: Step, timeline: Timeline) -> list[Child]:
    mark = "✓" if step.stopped is None else "✗"
    took = f"用时 {step.elapsed_ms} ms · trace {step.trace_prefix[:_TRACE_SHOWN]}…"
    return [
        _head(row, f"{mark} 第{step.number}步 · {step.who}"),
        element("p", {"class": "zh"}, step.zh),
        element("p", {"class": "en", "lang": "en"}, step.en),
        *(element("p", {"class": "seen"}, line) for line in step.seen),
        None if step.stopped is None else element("p", {"class": "stopped"}, step.stopped),
        _links(row, timeline),
        element(
            "details",
            None,
            element("summary", None, took),
            _facts(
                ("开始（中国）", in_china(step.started_at)),
                ("UTC", in_utc(step.started_at)),
                ("trace", f"{step.trace_prefix}…"),
            ),
        ),
    ]


def _of_event(row: Row, event: Told, timeline: Timeline) -> list[Child]:
    data = msgspec.json.format(msgspec.json.encode(event.data), indent=2).decode()
    trace = event.trace_id or "—"
    return [
        _head(row, named(EVENTS, event.type)),
        element("p", {"class": "type"}, element("code", None, event.type)),
        _takers(timeline.handled.get(event.id, ())),
        _links(row, timeline),
        element(
            "details",
            None,
            element("summary", None, f"第{event.sequence}个事件 · trace {trace[:_TRACE_SHOWN]}"),
            _facts(
                ("事件 id", event.id),
                ("聚合 aggregate", event.subject),
                ("序号 sequence", str(event.sequence)),
                ("写下（中国）", in_china(event.time)),
                ("UTC", in_utc(event.time)),
                ("trace", trace),
                ("Kafka", f"{event.topic} / {event.partition} / {event.offset}"),
            ),
            element("pre", None, data),
        ),
    ]


def _of_phone(row: Row, item: PhoneItem, timeline: Timeline) -> list[Child]:
    return [
        _head(row, f"{item.phone} · {named(PHONE_ITEMS, item.kind)}"),
        element("p", {"class": "said"}, item.text),
        _links(row, timeline),
    ]


def _head(row: Row, title: str) -> Markup:
    return element(
        "header",
        None,
        element("span", {"class": "lane"}, LANES.get(row.lane, row.lane)),
        element("h3", None, title),
        element("time", {"datetime": in_utc(row.at)}, clock_in_china(row.at)),
    )


def _takers(taken: Sequence[tuple[Taker, bool]]) -> Markup:
    """Who handles it; nobody is said as well."""
    if not taken:
        return element("p", {"class": "takers none"}, "没有服务听它")
    return element(
        "ul",
        {"class": "takers"},
        *(
            element(
                "li",
                {"class": taker.service},
                "✓ " if handled else "… ",
                element("b", None, taker.service),
                " ",
                element("code", None, taker.consumer),
            )
            for taker, handled in taken
        ),
    )


def _links(row: Row, timeline: Timeline) -> Markup | None:
    """Where it comes from and what it leads to."""
    lines: list[Child] = []
    if row.cause is not None:
        lines.append(element("p", None, "起因 ← ", _link(row.cause, timeline)))
    elif row.one_of:
        may_be = (_link(anchor, timeline) for anchor in row.one_of)
        one_of = element("summary", None, f"起因 ← 这{len(row.one_of)}个事件之一")
        lines.append(element("details", None, one_of, joined(*may_be, between="，")))
    elif isinstance(row.what, Told):
        lines.append(element("p", None, _NO_STEP))
    if row.before is not None:
        lines.append(element("p", None, "它的前一个事件 ← ", _link(row.before, timeline)))
    if row.effects:
        led = (_link(anchor, timeline) for anchor in row.effects)
        lines.append(element("p", None, "引起 → ", joined(*led, between="，")))
    return element("div", {"class": "links"}, *lines) if lines else None


def _link(anchor: str, timeline: Timeline) -> Markup:
    return element("a", {"href": f"#{anchor}"}, timeline.names[anchor])


def _facts(*facts: tuple[str, str]) -> Markup:
    return element(
        "dl",
        None,
        *(
            joined(element("dt", None, name), element("dd", None, element("code", None, value)))
            for name, value in facts
        ),
    )


def _trace(prefix: str | None) -> dict[str, str]:
    return {} if prefix is None else {"data-trace": prefix}

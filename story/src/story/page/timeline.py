"""Steps, events and phones' screens in one order, and how they hang together."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from story.narrator import Report, Step
from story.page.chain import Group, causes, grouped, in_detail
from story.page.phone_items import PhoneItem, shown_at
from story.page.phone_links import cause_of_item, may_have_told, written_in, written_on
from story.page.takers import Taker, Takers
from story.page.tape import Recorded
from story.page.told import Told

Shown = Step | Told | PhoneItem


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """All that a picture of the story is made of."""

    community_name: str
    report: Report
    recorded: Recorded
    phones: Sequence[PhoneItem]
    takers: Takers


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on the timeline.

    Attributes:
        lane: a key of `words.LANES`.
        anchor: its name within the page.
        cause: the anchor of what it follows from, where that is known.
        one_of: the anchors of what it may follow from, where it is one of several.
        before: the anchor of the event before it of the same aggregate, where no cause is known.
        effects: the anchors of what follows from it.
    """

    at: datetime
    lane: str
    anchor: str
    what: Shown
    cause: str | None = None
    one_of: tuple[str, ...] = ()
    before: str | None = None
    effects: tuple[str, ...] = ()


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """What points where, by anchors; see Row."""

    cause_of: Mapping[str, str]
    one_of: Mapping[str, Sequence[str]]
    before: Mapping[str, str]
    effects: Mapping[str, Sequence[str]]


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows.

    Attributes:
        rows: in order.
        before: the steps of parts that are not told in detail.
        groups: the events that are counted alone.
        names: what a row is called where another points at it, by its anchor.
        handled: who has handled an event, by its id; True where the service has come beyond it.
    """

    rows: Sequence[Row]
    before: Sequence[Step]
    groups: Sequence[Group]
    names: Mapping[str, str]
    handled: Mapping[str, Sequence[tuple[Taker, bool]]]


def timeline_of(recording: Recording) -> Timeline:
    """Put everything in order."""
    report, recorded, phones = recording.report, recording.recorded, recording.phones
    events = in_detail(report, recorded.events)
    shown: list[Shown] = [*report.steps, *events, *phones]
    cause_of = _causes(recording, events)
    effects: dict[str, list[str]] = {}
    for anchor, cause in cause_of.items():
        effects.setdefault(cause, []).append(anchor)
    told, before = _by_detail(report)
    links = Links(
        cause_of=cause_of,
        one_of={
            anchor_of(item): [it.id for it in may_have_told(item, events, recording.takers)]
            for item in phones
        },
        before=_before(events),
        effects=effects,
    )
    rows = [
        *(_row(step, step.started_at, "person", links) for step in told),
        *(_row(event, event.time, event.service, links) for event in events),
        *(_row(item, shown_at(item, report.steps), "phone", links) for item in phones),
    ]
    return Timeline(
        rows=sorted(rows, key=lambda row: (row.at, _KINDS[type(row.what)], row.anchor)),
        before=before,
        groups=grouped(recorded.events, events),
        names={anchor_of(it): _name(it) for it in shown},
        handled={
            event.id: [
                (taker, recorded.is_handled(taker.service, event))
                for taker in recording.takers.get(event.type, ())
            ]
            for event in events
        },
    )


_KINDS: dict[type[object], int] = {Step: 0, PhoneItem: 1, Told: 2}


def _causes(recording: Recording, events: Sequence[Told]) -> Mapping[str, str]:
    """The anchor of the cause of each event and of each phone's screen, where one is known."""
    steps, phones, takers = recording.report.steps, recording.phones, recording.takers
    traced, written = causes(steps, events, takers), written_on(phones, events)
    found: dict[str, Shown | None] = {
        event.id: traced[event.id] or written_in(event, phones, steps, written) for event in events
    }
    for item in phones:
        found[anchor_of(item)] = cause_of_item(item, steps, events, written, takers)
    return {anchor: anchor_of(cause) for anchor, cause in found.items() if cause is not None}


def anchor_of(what: Shown) -> str:
    """Return the name of a thing within the page."""
    match what:
        case Step():
            return f"step-{what.number}"
        case Told():
            return what.id
        case PhoneItem():
            return f"phone-{what.phone}-{what.number}"


def _name(what: Shown) -> str:
    match what:
        case Step():
            return f"第{what.number}步"
        case Told():
            return f"{what.type} #{what.sequence}"
        case PhoneItem():
            return f"{what.phone}的手机"


def _row(what: Shown, at: datetime, lane: str, links: Links) -> Row:
    anchor = anchor_of(what)
    cause = links.cause_of.get(anchor)
    return Row(
        at=at,
        lane=lane,
        anchor=anchor,
        what=what,
        cause=cause,
        one_of=() if cause else tuple(links.one_of.get(anchor, ())),
        before=None if cause else links.before.get(anchor),
        effects=tuple(links.effects.get(anchor, ())),
    )


def _before(events: Sequence[Told]) -> dict[str, str]:
    """The event before each, of the same aggregate, by their ids."""
    last: dict[str, Told] = {}
    found: dict[str, str] = {}
    for event in sorted(events, key=lambda event: event.sequence):
        if event.subject in last:
            found[event.id] = last[event.subject].id
        last[event.subject] = event
    return found


def _by_detail(report: Report) -> tuple[list[Step], list[Step]]:
    """The steps that are on the timeline, and those before."""
    told: list[Step] = []
    before: list[Step] = []
    for step in report.steps:
        part = None if step.part is None else report.parts[step.part]
        (told if part is not None and part.in_detail else before).append(step)
    return told, before

"""Steps, events and phones' screens in one order, and how they hang together."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from story.narrator import Report, Step
from story.page.chain import Cause, Group, causes, grouped, in_detail
from story.page.phone_items import PhoneItem, shown_at
from story.page.takers import Taker, Takers
from story.page.tape import Recorded
from story.page.told import Told


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
        effects: the anchors of what follows from it.
    """

    at: datetime
    lane: str
    anchor: str
    what: Step | Told | PhoneItem
    cause: str | None = None
    effects: tuple[str, ...] = ()


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
    report, recorded = recording.report, recording.recorded
    events = in_detail(report, recorded.events)
    cause_of = causes(report.steps, events, recording.takers)
    shown: list[Step | Told | PhoneItem] = [*report.steps, *events, *recording.phones]
    names = {anchor_of(it): _name(it) for it in shown}
    effects: dict[str, list[str]] = {}
    for event in events:
        if (cause := cause_of[event.id]) is not None:
            effects.setdefault(anchor_of(cause), []).append(anchor_of(event))
    told, before = _by_detail(report)
    rows = [
        *(_row(step, step.started_at, "person", None, effects) for step in told),
        *(_row(event, event.time, event.service, cause_of[event.id], effects) for event in events),
        *(_row(it, shown_at(it, report.steps), "phone", None, effects) for it in recording.phones),
    ]
    return Timeline(
        rows=sorted(rows, key=lambda row: (row.at, _KINDS[type(row.what)], row.anchor)),
        before=before,
        groups=grouped(recorded.events, events),
        names=names,
        handled={
            event.id: [
                (taker, recorded.is_handled(taker.service, event))
                for taker in recording.takers.get(event.type, ())
            ]
            for event in events
        },
    )


_KINDS: dict[type[object], int] = {Step: 0, PhoneItem: 1, Told: 2}


def anchor_of(what: Step | Told | PhoneItem) -> str:
    """Return the name of a thing within the page."""
    match what:
        case Step():
            return f"step-{what.number}"
        case Told():
            return what.id
        case PhoneItem():
            return f"phone-{what.phone}-{what.number}"


def _name(what: Step | Told | PhoneItem) -> str:
    match what:
        case Step():
            return f"第{what.number}步"
        case Told():
            return f"{what.type} #{what.sequence}"
        case PhoneItem():
            return f"{what.phone}的手机"


def _row(
    what: Step | Told | PhoneItem,
    at: datetime,
    lane: str,
    cause: Cause | None,
    effects: Mapping[str, Sequence[str]],
) -> Row:
    anchor = anchor_of(what)
    return Row(
        at=at,
        lane=lane,
        anchor=anchor,
        what=what,
        cause=None if cause is None else anchor_of(cause),
        effects=tuple(effects.get(anchor, ())),
    )


def _by_detail(report: Report) -> tuple[list[Step], list[Step]]:
    """The steps that are on the timeline, and those before."""
    told: list[Step] = []
    before: list[Step] = []
    for step in report.steps:
        part = None if step.part is None else report.parts[step.part]
        (told if part is not None and part.in_detail else before).append(step)
    return told, before

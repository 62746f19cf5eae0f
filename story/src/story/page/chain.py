"""What led to what: which events are shown one by one, and the cause of each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from story.narrator import Report, Step
from story.page.takers import Takers
from story.page.told import Told

_ARCHIVE = "residents"


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Many events of one type that are not shown one by one."""

    service: str
    type: str
    count: int
    first: datetime
    last: datetime


Cause = Step | Told


def in_detail(report: Report, events: Sequence[Told]) -> list[Told]:
    """Return the events of the chain, by time.

    Those that follow from a step of a part that is told in detail; those of every service but the
    one with the archive; and of the archive those whose aggregate is named by one of these.
    """
    prefixes = {step.trace_prefix for step in report.steps if _is_in_detail(report, step)}
    chain = [it for it in events if it.service != _ARCHIVE or it.trace_prefix in prefixes]
    named = frozenset[str]().union(*(event.ids for event in chain))
    shown = {event.id for event in chain}
    return [it for it in events if it.id in shown or it.subject in named]


def grouped(events: Sequence[Told], shown: Sequence[Told]) -> list[Group]:
    """Return the others, counted by service and type."""
    ids = {event.id for event in shown}
    by_type: dict[tuple[str, str], list[Told]] = {}
    for event in events:
        if event.id not in ids:
            by_type.setdefault((event.service, event.type), []).append(event)
    return [
        Group(
            service=service,
            type=event_type,
            count=len(of_type),
            first=min(event.time for event in of_type),
            last=max(event.time for event in of_type),
        )
        for (service, event_type), of_type in sorted(by_type.items())
    ]


def causes(
    steps: Sequence[Step], events: Sequence[Told], takers: Takers
) -> Mapping[str, Cause | None]:
    """Return what each event follows from, by the event's id.

    An event of the same trace that its service listens to, written before it and in another
    span: the last that names an id in common, or else the last. Without one, the step whose
    request began the trace. Where the trace began with a consumer, the last event without a
    trace that its service listens to and that names an id in common: a poll has no trace to hand
    on. Else None: a poll, a clock or a callback began it.
    """
    by_trace: dict[str, list[Told]] = {}
    for event in sorted(events, key=lambda event: event.order):
        by_trace.setdefault(event.trace_id or "", []).append(event)
    step_of = {step.trace_prefix: step for step in steps}
    untraced = by_trace.get("", [])
    found: dict[str, Cause | None] = {}
    for event in events:
        if event.trace_id is None:
            found[event.id] = None
            continue
        heard = _heard_before(event, by_trace[event.trace_id], takers)
        kin = [earlier for earlier in heard if earlier.ids & event.ids]
        found[event.id] = (
            _last(kin or heard)
            or step_of.get(event.trace_prefix or "")
            or _last(it for it in _heard_before(event, untraced, takers) if it.ids & event.ids)
        )
    return found


def _heard_before(event: Told, among: Sequence[Told], takers: Takers) -> list[Told]:
    """Those that the event's service listens to, written before it and in another span."""
    return [
        earlier
        for earlier in among
        if earlier.order < event.order
        and (earlier.span_id is None or earlier.span_id != event.span_id)
        and any(taker.service == event.service for taker in takers.get(earlier.type, ()))
    ]


def _last(events: Iterable[Told]) -> Told | None:
    return max(events, key=lambda event: event.order, default=None)


def _is_in_detail(report: Report, step: Step) -> bool:
    return step.part is not None and report.parts[step.part].in_detail

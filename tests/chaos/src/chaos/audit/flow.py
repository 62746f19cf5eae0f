"""Events: each published, in order; and nothing left under way, given up or stuck."""

from local_stack.acting.rest import OUTBOXES

from chaos.audit.lines import Line, line
from chaos.found import Found, Index
from chaos.model import Model

_ELSEWHERE = frozenset({"residents.sessions"})
"""Their events go to the compacted topic, which forgets on purpose."""


def first_deliveries_in_order(model: Model, found: Found, index: Index) -> Line:
    """Of each key the first delivery of every event comes in order; repeats may come later."""
    said = line("first deliveries of a key come in order")
    highest: dict[tuple[str, str], int] = {}
    seen: set[str] = set()
    for message in found.messages:
        if message.event_id in seen:
            continue
        seen.add(message.event_id)
        place = (message.topic, message.key)
        before = highest.get(place, 0)
        told = f"{message.topic} {message.key}: {message.sequence} ({message.type}) after {before}"
        said.ask(message.sequence > before, told)
        highest[place] = max(before, message.sequence)
    return said


def every_event_published(model: Model, found: Found, index: Index) -> Line:
    """Each event that an aggregate has numbered stands in its topic."""
    said = line("every event of every aggregate stands in its topic")
    sequences: dict[str, set[int]] = {}
    for message in found.messages:
        sequences.setdefault(message.key, set()).add(message.sequence)
    for service, collections in OUTBOXES.items():
        for name in collections:
            place = f"{service}.{name}"
            if place in _ELSEWHERE:
                continue
            for document in found.of(place):
                numbered = set(range(1, int(document.get("sequence") or 0) + 1))
                missing = numbered - sequences.get(document["_id"], set())
                if numbered:
                    said.ask(not missing, f"{place} {document['_id']}: {sorted(missing)} missing")
    return said


def outboxes_are_empty(model: Model, found: Found, index: Index) -> Line:
    """Nothing waits to be published."""
    said = line("outboxes are empty")
    for service, collections in OUTBOXES.items():
        for name in collections:
            for document in found.of(f"{service}.{name}"):
                waiting = len(document.get("outbox") or ())
                told = f"{service}.{name} {document['_id']}: {waiting} events"
                said.ask(not waiting, told)
    return said


def all_came_to_rest(model: Model, found: Found, index: Index) -> Line:
    """Groups have heard everything, and no work is left half done."""
    said = line("all came to rest: no lag, nothing half done")
    for what in found.outstanding:
        said.ask(False, what)
    said.counted += 1
    return said


def no_lease_is_stuck(model: Model, found: Found, index: Index) -> Line:
    """Each lease is held by a living process or has run out."""
    said = line("no lease is stuck")
    for service in OUTBOXES:
        for lease in found.of(f"{service}.leases"):
            name = f"{service} {lease['_id']}"
            said.ask(name not in found.stuck_leases, f"{name}: {lease}")
    return said


def nothing_was_given_up(model: Model, found: Found, index: Index) -> Line:
    """There is no dead letter."""
    said = line("no dead letters")
    for topic, number in found.dead_letters.items():
        said.ask(not number, f"{topic}: {number} messages")
    return said


def operators_agree(model: Model, found: Found, index: Index) -> Line:
    """The operators' own commands find books and trails whole."""
    said = line("operators' commands find ledger and audit trail whole")
    for verdict in found.verdicts:
        is_so = verdict.is_whole and verdict.entries > 0
        said.ask(is_so, f"{verdict.command}: {verdict.entries} entries, {verdict.told}")
    return said

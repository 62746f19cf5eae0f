"""Ids of entries."""

from chassis.ids import derived_id

from vouchers.domain.ledger.entry import EntryKind


def entry_id(kind: EntryKind, key: str) -> str:
    """The one entry of what happened: a fact told again finds it."""
    return derived_id("entry", kind.value, key)

"""The chain: each sealed entry is linked with the one before it."""

from collections.abc import Callable, Sequence

import msgspec

from vouchers.domain.ledger.entry import LedgerEntry, is_balanced

KeyedHash = Callable[[str, str], str]
"""(kind, value) → hexadecimal, under a key that is nowhere in the store."""

BEGINNING = ""
_LINK, _MARK = "ledger.link", "ledger.head"
_VERSION = "v1"
_FIELDS = {
    # What a link is made of. Never change a version: what is sealed was sealed by it.
    "v1": (
        "id",
        "community_id",
        "event_id",
        "kind",
        "campaign_id",
        "amount_fen",
        "occurred_at",
        "posted_at",
        "voucher_id",
        "use_id",
        "merchant_id",
        "store_id",
        "seq",
    )
}


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """How far a community's books are sealed.

    Attributes:
        seq: of the last sealed entry; 0 for none.
        link: of that one.
        mark: a keyed hash of both, so that nobody sets the head back; "" before the first.
        plan: what is to be sealed next, in this order. Written before any of it is sealed, so
            that whoever goes on after a kill gives the same numbers.
    """

    community_id: str
    seq: int = 0
    link: str = BEGINNING
    mark: str = ""
    plan: tuple[str, ...] = ()
    version: int = 0


def link_of(keyed_hash: KeyedHash, entry: LedgerEntry, before: str) -> str:
    """The link of an entry that has its number: the version of its fields, and a keyed hash.

    An entry keeps the version that it was sealed by; a new one is sealed by the latest.
    """
    version = _version_of(entry)
    fields = [getattr(entry, name) for name in _FIELDS[version]]
    legs = [[leg.account, leg.amount_fen] for leg in entry.legs]
    said = msgspec.json.encode([*fields, legs]).decode()
    return f"{version}:" + keyed_hash(_LINK, "\n".join((version, before, said)))


def mark_of(keyed_hash: KeyedHash, seq: int, link: str) -> str:
    """What the head at this place of the chain is marked with."""
    return keyed_hash(_MARK, f"{seq}\n{link}") if seq else ""


def sealed(keyed_hash: KeyedHash, head: Head, entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Give entries their numbers and links, behind the head."""
    chain, link = [], head.link
    for seq, entry in enumerate(entries, head.seq + 1):
        numbered = msgspec.structs.replace(entry, seq=seq, link=None)
        link = link_of(keyed_hash, numbered, link)
        chain.append(msgspec.structs.replace(numbered, link=link))
    return chain


def fault_of(keyed_hash: KeyedHash, entry: LedgerEntry, *, seq: int, before: str) -> str | None:
    """What is wrong with a sealed entry at this place of the chain; None if nothing is."""
    if entry.seq != seq:
        return f"number {seq} is missing" if (entry.seq or 0) > seq else f"number {seq} is double"
    if entry.link != link_of(keyed_hash, entry, before):
        return "it was changed after it was sealed, or one before it was"
    if not is_balanced(entry):
        return "its legs do not come to zero"
    return None


def _version_of(entry: LedgerEntry) -> str:
    """That of its link; the latest where there is none, or one that nobody knows."""
    said, _, _ = (entry.link or "").partition(":")
    return said if said in _FIELDS else _VERSION

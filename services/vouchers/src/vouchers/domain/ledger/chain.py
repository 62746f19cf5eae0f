"""The chain: each sealed entry is linked with the one before it."""

from collections.abc import Callable, Sequence

import msgspec

from vouchers.domain.ledger.entry import LedgerEntry, is_balanced

KeyedHash = Callable[[str, str], str]
"""(kind, value) → hexadecimal, under a key that is nowhere in the store."""

BEGINNING = ""
_KIND = "ledger.link"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """How far a community's books are sealed.

    Attributes:
        seq: of the last sealed entry; 0 for none.
        link: of that one.
        plan: what is to be sealed next, in this order. Written before any of it is sealed, so
            that whoever goes on after a kill gives the same numbers.
    """

    community_id: str
    seq: int = 0
    link: str = BEGINNING
    plan: tuple[str, ...] = ()
    version: int = 0


def link_of(keyed_hash: KeyedHash, entry: LedgerEntry, before: str) -> str:
    """The link of an entry that has its number."""
    bare = msgspec.structs.replace(entry, link=None)
    return keyed_hash(_KIND, before + "\n" + msgspec.json.encode(bare).decode())


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

"""The audit trail as a chain: each entry carries the hash of the one before it.

The hash is keyed. Who can write to the store, but has no key, can neither change an entry nor
rebuild what follows it.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from residents.domain.privacy.audit import AuditAct, AuditAction

KeyedHash = Callable[[str], str]
"""Hashes a text under a key that is not in the store. Returns: hex."""

FIRST_SEQ = 1
NO_HASH = ""
"""What the first entry follows."""

_FORMAT = "linli.audit.1"


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An act in its place in the chain of a community.

    Attributes:
        seq: from 1, without a gap.
    """

    community_id: str
    seq: int
    at: datetime
    actor_account_id: str
    action: AuditAction
    subject: str
    purpose: str
    source_id: str
    previous_hash: str
    hash: str

    def is_authentic(self, keyed_hash: KeyedHash, *, seq: int | None = None) -> bool:
        """Whether this service wrote it just so, at its place or at the one given."""
        return keyed_hash(_canonical(self, self.seq if seq is None else seq)) == self.hash


class Head(msgspec.Struct, frozen=True):
    """How long the chain is, and the hash of its last entry."""

    count: int
    hash: str


NO_ENTRIES = Head(0, NO_HASH)


def following(act: AuditAct, head: Head, keyed_hash: KeyedHash) -> AuditEntry:
    """The entry for an act, next after the head."""
    bare = AuditEntry(
        community_id=act.community_id,
        seq=head.count + 1,
        at=act.at,
        actor_account_id=act.actor_account_id,
        action=act.action,
        subject=act.subject,
        purpose=act.purpose,
        source_id=act.source_id,
        previous_hash=head.hash,
        hash=NO_HASH,
    )
    return msgspec.structs.replace(bare, hash=keyed_hash(_canonical(bare, bare.seq)))


def head_at(entry: AuditEntry) -> Head:
    """The head of a chain that ends here."""
    return Head(entry.seq, entry.hash)


def _canonical(entry: AuditEntry, seq: int) -> str:
    """One text for one entry: a JSON array, so that no two fields can run into each other."""
    fields = (
        _FORMAT,
        entry.community_id,
        seq,
        entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        entry.actor_account_id,
        entry.action,
        entry.subject,
        entry.purpose,
        entry.source_id,
        entry.previous_hash,
    )
    return msgspec.json.encode(fields).decode()

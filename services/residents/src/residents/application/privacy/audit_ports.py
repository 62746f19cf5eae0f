"""Where the audit trail is kept."""

from typing import Protocol

import msgspec

from residents.domain.privacy.audit import AuditAction
from residents.domain.privacy.chain import AuditEntry, Head

Cursor = tuple[object, ...]


class HeadUnreadable(Exception):
    """What lies in the head's place was not put there by this service."""


class StoredEntry(msgspec.Struct, frozen=True):
    """What lies at a place of the chain.

    Attributes:
        entry: None for what cannot be read as one.
    """

    seq: int
    entry: AuditEntry | None


class EntryPage(msgspec.Struct, frozen=True):
    """Some of a list of entries, where each is in it, and whether more follow."""

    items: list[AuditEntry]
    cursors: list[Cursor]
    has_next_page: bool


class EntryFilter(msgspec.Struct, frozen=True):
    """Which entries are listed; None leaves a condition out."""

    subject: str | None = None
    actor_account_id: str | None = None
    action: AuditAction | None = None


class AuditEntries(Protocol):
    """Entries are only ever added: no method changes or removes one.

    Every method raises: StoreUnavailable.
    """

    async def by_source(self, community_id: str, source_id: str) -> StoredEntry | None:
        """The entry of an act, if it was written down."""

    async def last(self, community_id: str) -> StoredEntry | None:
        """The entry with the highest `seq`."""

    async def insert(self, entry: AuditEntry) -> bool:
        """Add it. Returns: False where its place, or its source, is taken."""

    async def head(self, community_id: str) -> Head | None:
        """The head as it was sealed last. Raises: HeadUnreadable."""

    async def advance_head(self, community_id: str, head: Head) -> None:
        """Seal this head, unless one that counts as many or more is there."""

    async def from_seq(self, community_id: str, after: int, limit: int) -> list[StoredEntry]:
        """What lies at the places after this one, in order."""

    async def communities(self) -> list[str]:
        """Every community that has an entry or a head."""

    async def newest_first(
        self, community_id: str, which: EntryFilter, *, first: int, after: Cursor | None
    ) -> EntryPage:
        """A page of the list."""

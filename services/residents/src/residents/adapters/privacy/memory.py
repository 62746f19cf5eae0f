"""The privacy room's stores in memory, for unit tests."""

from chassis.aggregates import Page
from chassis.testing import MemoryAggregates

from residents.application.privacy.audit_ports import Cursor, EntryFilter, EntryPage, StoredEntry
from residents.application.privacy.consent_ports import NothingSaid
from residents.domain.privacy.audit import AuditAct
from residents.domain.privacy.chain import AuditEntry, Head
from residents.domain.privacy.consents import Consents
from residents.domain.privacy.errors import ExportNotFound, RevealNotFound
from residents.domain.privacy.exports import DataExport
from residents.domain.privacy.purposes import Purpose
from residents.domain.privacy.reveals import Reveal


class MemoryAuditTrail:
    """What was written down, in order: for tests of rooms that only append.

    Attributes:
        acts: each once, by its source.
    """

    def __init__(self) -> None:
        self.acts: list[AuditAct] = []

    async def append(self, entry: AuditAct) -> None:
        """See `AuditTrail.append`."""
        known = {(act.community_id, act.source_id) for act in self.acts}
        if (entry.community_id, entry.source_id) not in known:
            self.acts.append(entry)


class MemoryConsentGiven:
    """Consent as a test says it.

    Attributes:
        given: who agrees to what: (subject, purpose).
    """

    def __init__(self, *given: tuple[str, Purpose]) -> None:
        self.given = set(given)

    async def __call__(self, community_id: str, subject_id: str, purpose: Purpose) -> bool:
        """See `ConsentGiven`."""
        del community_id
        return (subject_id, purpose) in self.given


class MemoryAuditEntries:
    """See `AuditEntries`.

    Attributes:
        kept: open to tests that break it.
    """

    def __init__(self) -> None:
        self.kept: list[AuditEntry] = []
        self.heads: dict[str, Head] = {}

    async def by_source(self, community_id: str, source_id: str) -> StoredEntry | None:
        """See `AuditEntries.by_source`."""
        found = [entry for entry in self._of(community_id) if entry.source_id == source_id]
        return _stored(found[0]) if found else None

    async def last(self, community_id: str) -> StoredEntry | None:
        """See `AuditEntries.last`."""
        of_community = self._of(community_id)
        return _stored(of_community[-1]) if of_community else None

    async def insert(self, entry: AuditEntry) -> bool:
        """See `AuditEntries.insert`."""
        for there in self._of(entry.community_id):
            if there.seq == entry.seq or there.source_id == entry.source_id:
                return False
        self.kept.append(entry)
        return True

    async def head(self, community_id: str) -> Head | None:
        """See `AuditEntries.head`."""
        return self.heads.get(community_id)

    async def advance_head(self, community_id: str, head: Head) -> None:
        """See `AuditEntries.advance_head`."""
        there = self.heads.get(community_id)
        if there is None or there.count < head.count:
            self.heads[community_id] = head

    async def from_seq(self, community_id: str, after: int, limit: int) -> list[StoredEntry]:
        """See `AuditEntries.from_seq`."""
        return [_stored(entry) for entry in self._of(community_id) if entry.seq > after][:limit]

    async def communities(self) -> list[str]:
        """See `AuditEntries.communities`."""
        return sorted({*self.heads, *(entry.community_id for entry in self.kept)})

    async def newest_first(
        self, community_id: str, which: EntryFilter, *, first: int, after: Cursor | None
    ) -> EntryPage:
        """See `AuditEntries.newest_first`."""
        listed = [
            entry
            for entry in reversed(self._of(community_id))
            if which.subject in (None, entry.subject)
            and which.actor_account_id in (None, entry.actor_account_id)
            and which.action in (None, entry.action)
            and (after is None or (entry.seq,) < after)
        ]
        page = listed[:first]
        return EntryPage(page, [(entry.seq,) for entry in page], len(listed) > first)

    def _of(self, community_id: str) -> list[AuditEntry]:
        of_community = [entry for entry in self.kept if entry.community_id == community_id]
        return sorted(of_community, key=lambda entry: entry.seq)


def _stored(entry: AuditEntry) -> StoredEntry:
    return StoredEntry(entry.seq, entry)


class MemoryReveals(MemoryAggregates[Reveal]):
    """Reveals in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: RevealNotFound())

    async def newest_first(
        self, community_id: str, *, resident_id: str | None = None, first: int,
        after: Cursor | None,
    ) -> Page[Reveal]:  # fmt: skip
        """See `Reveals.newest_first`."""
        listed = [
            reveal
            for reveal in sorted(self.all, key=_time_of, reverse=True)
            if reveal.community_id == community_id
            and resident_id in (None, reveal.resident_id)
            and (after is None or _time_of(reveal) < after)
        ]
        page = listed[:first]
        return Page(page, [_time_of(reveal) for reveal in page], len(listed) > first)


class MemoryConsentBooks(MemoryAggregates[Consents]):
    """Consents in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=NothingSaid)

    def id_of(self, community_id: str, subject_id: str, purpose: Purpose) -> str:
        """See `ConsentBooks.id_of`."""
        return f"consent_of_{community_id}_{subject_id}_{purpose}"


class MemoryDataExports(MemoryAggregates[DataExport]):
    """Exports in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: ExportNotFound())

    async def of_ticket(self, export_id: str) -> DataExport:
        """See `DataExports.of_ticket`."""
        for export in self.all:
            if export.id == export_id:
                return export
        raise ExportNotFound

    async def of_subject(self, community_id: str, subject: str) -> list[DataExport]:
        """See `DataExports.of_subject`."""
        return [
            export
            for export in self.all
            if (export.community_id, export.subject) == (community_id, subject)
        ]


def _time_of(reveal: Reveal) -> Cursor:
    return reveal.revealed_at, reveal.id

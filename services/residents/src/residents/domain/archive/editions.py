"""An archive's editions: an import becomes visible to all by one write."""

from collections.abc import Sequence
from datetime import date

import msgspec

from residents.domain.archive.errors import ArchiveBusy
from residents.domain.archive.events import ArchiveEvent


class View(msgspec.Struct, frozen=True):
    """What a reader sees of an archive.

    Attributes:
        is_settled: nothing that counts is still staged, so that nobody need look there.
    """

    edition: int = 0
    is_settled: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether it is of before the first edition: no door counts, so nobody lives behind one."""
        return self.edition == 0

    def sees(self, from_edition: int) -> bool:
        """Whether what is visible from that edition on is seen."""
        return from_edition <= self.edition


class ImportRef(msgspec.Struct, frozen=True):
    """A batch that is being applied, and the edition that it makes."""

    batch_id: str
    edition: int


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """What of a community's archive counts. There is one a community.

    Attributes:
        edition: readers see documents of this and earlier editions.
        settled_edition: what was staged for this and earlier editions is folded in.
        last_edition: the highest ever begun; one that was given up is never begun again.
        as_of: the day of the last file applied.
    """

    id: str
    community_id: str
    edition: int = 0
    settled_edition: int = 0
    last_edition: int = 0
    as_of: date | None = None
    applying: ImportRef | None = None
    applied_batch_id: str | None = None
    version: int = 0

    @property
    def view(self) -> View:
        """What a reader sees now."""
        return View(self.edition, self.is_settled)

    @property
    def is_settled(self) -> bool:
        """Whether nothing that counts is still staged."""
        return self.settled_edition == self.edition

    @property
    def given_up(self) -> Sequence[int]:
        """Editions that will never count, begun since the one that counts."""
        ended = range(self.edition + 1, self.last_edition + 1)
        return [each for each in ended if not self.applying or each != self.applying.edition]

    def counts(self, batch_id: str) -> bool:
        """Whether this is the last batch that was applied."""
        return self.applied_batch_id == batch_id

    def begin(self, batch_id: str) -> tuple["Archive", Sequence[ArchiveEvent]]:
        """Make room for the batch's edition; for a batch that did begin, nothing changes.

        Raises: ArchiveBusy while another batch is applied, or the last is not settled.
        """
        if self.counts(batch_id) or (self.applying and self.applying.batch_id == batch_id):
            return self, ()
        if self.applying is not None or not self.is_settled:
            raise ArchiveBusy
        edition = max(self.edition, self.last_edition) + 1
        ref = ImportRef(batch_id, edition)
        return msgspec.structs.replace(self, applying=ref, last_edition=edition), ()

    def flip(self, batch_id: str, as_of: date | None) -> tuple["Archive", Sequence[ArchiveEvent]]:
        """Let what the batch wrote count: the one write that readers notice.

        Raises: ArchiveBusy when this batch is not the one being applied.
        """
        if self.counts(batch_id):
            return self, ()
        if self.applying is None or self.applying.batch_id != batch_id:
            raise ArchiveBusy
        flipped = msgspec.structs.replace(
            self,
            edition=self.applying.edition,
            as_of=as_of or self.as_of,
            applying=None,
            applied_batch_id=batch_id,
        )
        return flipped, ()

    def settled(self, edition: int) -> tuple["Archive", Sequence[ArchiveEvent]]:
        """Everything staged up to that edition is folded in."""
        done = max(self.settled_edition, min(edition, self.edition))
        return msgspec.structs.replace(self, settled_edition=done), ()

    def abandon(self, batch_id: str) -> tuple["Archive", Sequence[ArchiveEvent]]:
        """Forget the batch being applied, once nothing of it is left; else change nothing."""
        if self.applying is None or self.applying.batch_id != batch_id:
            return self, ()
        last_edition = max(self.last_edition, self.applying.edition)
        return msgspec.structs.replace(self, applying=None, last_edition=last_edition), ()

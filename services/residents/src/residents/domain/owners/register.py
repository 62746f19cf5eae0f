"""A community's owners' register: an import becomes visible to all by one write."""

from datetime import date

import msgspec

from residents.domain.owners.errors import RegisterBusy

Events = tuple[()]


class AppliedFile(msgspec.Struct, frozen=True):
    """A batch that is being applied, and the edition that it makes."""

    batch_id: str
    edition: int


class OwnersRegister(msgspec.Struct, frozen=True, kw_only=True):
    """What of the ownerships counts. There is one a community.

    Attributes:
        edition: readers see what is of this and earlier editions.
        last_edition: the highest ever begun; one that was given up is never begun again.
        as_of: the day of the last file applied.
        applying: the batch under way, until what it staged is folded in.
        applied_batch_id: the last that readers see.
    """

    id: str
    community_id: str
    edition: int = 0
    last_edition: int = 0
    as_of: date | None = None
    applying: AppliedFile | None = None
    applied_batch_id: str | None = None
    version: int = 0

    def begin(self, batch_id: str) -> tuple["OwnersRegister", Events]:
        """Make room for the batch's edition; the same batch again changes nothing.

        Raises: RegisterBusy while another batch is under way.
        """
        if self.applying is not None:
            if self.applying.batch_id != batch_id:
                raise RegisterBusy
            return self, ()
        edition = self.last_edition + 1
        begun = msgspec.structs.replace(
            self, last_edition=edition, applying=AppliedFile(batch_id, edition)
        )
        return begun, ()

    def flip(self, batch_id: str, as_of: date | None) -> tuple["OwnersRegister", Events]:
        """Let what the batch staged count: the one write that readers notice.

        Raises: RegisterBusy when this batch is not the one under way.
        """
        if self.applying is None or self.applying.batch_id != batch_id:
            raise RegisterBusy
        flipped = msgspec.structs.replace(
            self,
            edition=self.applying.edition,
            as_of=as_of or self.as_of,
            applied_batch_id=batch_id,
        )
        return flipped, ()

    def end(self, batch_id: str) -> tuple["OwnersRegister", Events]:
        """Nothing of the batch is staged any more: folded in, or taken back."""
        if self.applying is None or self.applying.batch_id != batch_id:
            return self, ()
        return msgspec.structs.replace(self, applying=None), ()

    def has_ended(self, batch_id: str) -> bool:
        """Whether all is done for this batch, the last that was applied."""
        return self.applying is None and self.applied_batch_id == batch_id

    @property
    def is_shown(self) -> bool:
        """Whether readers see already what the batch under way says."""
        return self.applying is not None and self.applying.edition <= self.edition

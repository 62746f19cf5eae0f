"""Letting a register count: staged in steps, shown by one write, then folded in."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import methodcaller

from residents.application.imports.ports import ImportJournal
from residents.application.owners.owner_book import OwnerBook
from residents.application.owners.ports import (
    NoRegister,
    OwnerIdentities,
    Owners,
    Ownerships,
    Registers,
)
from residents.application.owners.recount_owners import RecountOwners
from residents.application.owners.register_comparison import (
    Compared,
    ComparedFile,
    RegisterComparison,
)
from residents.domain.imports.batch import ImportBatch, Phase
from residents.domain.imports.rows import Difference
from residents.domain.owners.errors import OwnershipBeforePresent, OwnershipHistoryFull
from residents.domain.owners.register import OwnersRegister
from residents.domain.owners.register_entries import RegisterDwelling, RegisterReading

_PAGE = 500


@dataclass(frozen=True)
class ApplyRegister:
    """Killed at any moment and called again, it goes on until the register is as the file says."""

    registers: Registers
    ownerships: Ownerships
    owners: Owners
    book: OwnerBook
    comparison: RegisterComparison
    recount_owners: RecountOwners
    identities: OwnerIdentities

    async def __call__(
        self, batch: ImportBatch, reading: RegisterReading, journal: ImportJournal
    ) -> int:
        """Apply the file of a batch. Returns: the edition that shows it.

        Raises: RegisterBusy while another batch is under way.
        """
        register = await self._begun(batch)
        if register.has_ended(batch.id) or register.applying is None:
            return register.edition
        edition = register.applying.edition
        if not register.is_shown:
            await self._stage(batch, reading, register, edition, journal)
            flip = methodcaller("flip", batch.id, reading.as_of)
            await self.registers.change(batch.community_id, register.id, flip)
        await self._settle(batch.community_id, edition, journal)
        await self._end(batch)
        return edition

    async def abandon(self, batch: ImportBatch) -> bool:
        """Take back what was staged. Returns: False when it is shown already."""
        register = await self._register(batch.community_id)
        if register.applied_batch_id == batch.id:
            return False
        applying = register.applying
        if applying is not None and applying.batch_id == batch.id:
            await self._take_back(batch.community_id, register.edition, applying.edition)
            await self._end(batch)
        return True

    async def _begun(self, batch: ImportBatch) -> OwnersRegister:
        register = await self._register(batch.community_id)
        if register.has_ended(batch.id):
            return register
        await self.registers.add(register)
        begin = methodcaller("begin", batch.id)
        return await self.registers.change(batch.community_id, register.id, begin)

    async def _stage(
        self, batch: ImportBatch, reading: RegisterReading, register: OwnersRegister,
        edition: int, journal: ImportJournal,
    ) -> None:  # fmt: skip
        # what an import that was given up may have written after it was taken back
        await self._take_back(batch.community_id, register.edition, edition - 1)
        file = ComparedFile(batch.community_id, reading.as_of, register.edition, edition)
        for start in range(0, len(reading.dwellings), _PAGE):
            page = reading.dwellings[start : start + _PAGE]
            await self._stage_page(file, page)
            await journal.progress(Phase.WRITING, start + len(page), len(reading.dwellings))

    async def _stage_page(self, file: ComparedFile, page: Sequence[RegisterDwelling]) -> None:
        compared = [
            each
            for each in await self.comparison.compare(file, page)
            if isinstance(each, Compared) and each.difference is not Difference.UNCHANGED
        ]
        owners = [owner for each in compared for owner in each.owners]
        await self.book.enter(file.community_id, owners, shown_from=file.edition, by_hand=False)
        new = [(each.after, ()) for each in compared if each.before is None]
        await self.ownerships.add_many(new)
        for each in compared:
            if each.before is not None and each.after != each.before:
                await self._stage_one(file, each)

    async def _stage_one(self, file: ComparedFile, each: Compared) -> None:
        staged = each.after.staged
        if staged is None:
            return
        again = methodcaller(
            "staged_with",
            staged.periods[-1],
            staged.people,
            edition=file.edition,
            visible=file.visible,
        )
        try:
            await self.ownerships.change(file.community_id, each.after.id, again)
        except (OwnershipBeforePresent, OwnershipHistoryFull):
            return  # somebody changed it by hand meanwhile, and knows better

    async def _settle(self, community_id: str, edition: int, journal: ImportJournal) -> None:
        """Who sold is counted here; who bought and was known before, when the event is heard."""
        done = 0
        while settled := await self.ownerships.settle(community_id, edition, limit=_PAGE):
            sellers = {owner_id for before in settled for owner_id in before.owner_ids}
            await self.recount_owners.of(community_id, sellers)
            done += len(settled)
            await journal.progress(Phase.SETTLING, done)
        while described := await self.owners.settle(community_id, edition, limit=_PAGE):
            done += described
            await journal.progress(Phase.SETTLING, done)

    async def _take_back(self, community_id: str, above: int, upto: int) -> None:
        """Leave nothing that is staged for an edition above one and up to another."""
        if upto > above:
            await self.ownerships.unstage(community_id, above=above, upto=upto)
            await self.owners.unstage(community_id, above=above, upto=upto)

    async def _end(self, batch: ImportBatch) -> None:
        register_id = self.identities.register(batch.community_id)
        await self.registers.change(batch.community_id, register_id, methodcaller("end", batch.id))

    async def _register(self, community_id: str) -> OwnersRegister:
        register_id = self.identities.register(community_id)
        try:
            return await self.registers.get(community_id, register_id)
        except NoRegister:
            return OwnersRegister(id=register_id, community_id=community_id)

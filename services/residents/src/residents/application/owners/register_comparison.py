"""What a register says, held against what is known: nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from residents.application.owners.owner_book import Mention, OwnerBook, Recognised
from residents.application.owners.ports import (
    DoorInEstate,
    Dwellings,
    OwnerIdentities,
    Ownerships,
)
from residents.application.ports import Now
from residents.domain.archive.errors import HouseholdNotFound
from residents.domain.errors import ResidentsError
from residents.domain.imports.rows import Difference
from residents.domain.ledger.doors import Door
from residents.domain.owners.descriptions import ClearOwner
from residents.domain.owners.errors import OwnerRepeated
from residents.domain.owners.ownership import Dwelling, Ownership
from residents.domain.owners.periods import Holding, Period, Stake
from residents.domain.owners.register_entries import RegisterDwelling, RegisterOwner


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A dwelling of the file beside what is known of it.

    Attributes:
        after: what is known of it, with what the file says staged.
        fields: the names of what differs, never a value.
    """

    said: RegisterDwelling
    before: Ownership | None
    after: Ownership
    owners: tuple[Recognised, ...]
    difference: Difference
    fields: tuple[str, ...]


class Uncomparable(msgspec.Struct, frozen=True):
    """A dwelling of the file that cannot be entered."""

    said: RegisterDwelling
    error: ResidentsError


@dataclass
class ComparedFile:
    """One file, page after page.

    Attributes:
        visible: the edition of the register that readers see.
        edition: the one that the file would make.
        household_ids: the dwellings that the file has had so far.
    """

    community_id: str
    as_of: date
    visible: int
    edition: int
    household_ids: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class RegisterComparison:
    """Finds the dwellings and the owners of a page of a register, and what would change."""

    dwellings: Dwellings
    ownerships: Ownerships
    book: OwnerBook
    identities: OwnerIdentities
    now: Now

    async def note_refused(self, file: ComparedFile, doors: Sequence[tuple[str, Door]]) -> None:
        """Dwellings that cannot be entered are in the file all the same."""
        found = await self.dwellings.behind(
            file.community_id, [DoorInEstate(estate, door) for estate, door in doors]
        )
        file.household_ids.update(each.household_id for each in found if each is not None)

    async def compare(
        self, file: ComparedFile, said: Sequence[RegisterDwelling]
    ) -> list[Compared | Uncomparable]:
        """In the order of the file; at most some hundreds of dwellings a call."""
        doors = [DoorInEstate(each.estate, each.door) for each in said]
        found = await self.dwellings.behind(file.community_id, doors)
        known = await self._known(file, found)
        mentions = [
            Mention(
                clear_owner(owner),
                dwelling.household_id,
                _present(known[dwelling.household_id], file),
            )
            for dwelling, each in zip(found, said, strict=True)
            if dwelling is not None
            for owner in each.owners
        ]
        recognised = iter(
            await self.book.recognise(file.community_id, mentions, edition=file.edition)
        )
        return [
            Uncomparable(each, HouseholdNotFound())
            if dwelling is None
            else self._compared(
                file,
                each,
                known[dwelling.household_id],
                tuple(next(recognised) for _ in each.owners),
            )
            for dwelling, each in zip(found, said, strict=True)
        ]

    async def _known(
        self, file: ComparedFile, found: Sequence[Dwelling | None]
    ) -> dict[str, Ownership]:
        """What is known of each dwelling, by household; of some, nothing."""
        there = [dwelling for dwelling in found if dwelling is not None]
        ids = [self.identities.ownership(dwelling.household_id) for dwelling in there]
        kept = await self.ownerships.get_many(file.community_id, ids) if ids else []
        return {
            dwelling.household_id: ownership
            or Ownership.unknown(one, community_id=file.community_id, dwelling=dwelling)
            for dwelling, one, ownership in zip(there, ids, kept, strict=True)
        }

    def _compared(
        self, file: ComparedFile, said: RegisterDwelling, known: Ownership,
        owners: tuple[Recognised, ...],
    ) -> Compared | Uncomparable:  # fmt: skip
        household_id = known.dwelling.household_id
        if household_id in file.household_ids:
            return Uncomparable(said, OwnerRepeated())
        file.household_ids.add(household_id)
        people = {owner.owner_id: owner.resident.person_key for owner in owners if owner.resident}
        try:
            period = self._period(file, said, owners)
            after, _ = known.staged_with(period, people, edition=file.edition, visible=file.visible)
        except ResidentsError as error:
            return Uncomparable(said, error)
        fields = _fields(known, after, owners, file)
        return Compared(
            said=said,
            before=known if known.version else None,
            after=after,
            owners=owners,
            difference=_difference(known, fields, file),
            fields=fields,
        )

    def _period(
        self, file: ComparedFile, said: RegisterDwelling, owners: Sequence[Recognised]
    ) -> Period:
        """Raises: OwnerRepeated; OwnerSharesDoNotAddUp."""
        stakes = [
            Stake(owner.owner_id, row.share) for owner, row in zip(owners, said.owners, strict=True)
        ]
        return Period(
            valid_from=said.registered_on or file.as_of,
            is_start_known=said.registered_on is not None,
            holding=Holding.of(stakes, self.identities.owners_mark),
            recorded_at=self.now(),
        )


def clear_owner(row: RegisterOwner) -> ClearOwner:
    """The owner that a row describes."""
    return ClearOwner(
        kind=row.kind,
        name=row.name,
        identity_number=row.identity_number,
        phone=row.phone,
        address=row.address,
        is_said_elsewhere=row.is_said_elsewhere,
    )


def _present(known: Ownership, file: ComparedFile) -> tuple[str, ...]:
    period = known.present(file.visible)
    return period.holding.owner_ids if period is not None else ()


def _fields(
    known: Ownership, after: Ownership, owners: Sequence[Recognised], file: ComparedFile
) -> tuple[str, ...]:
    before, now = known.present(file.visible), after.present(file.edition)
    fields = []
    if before is None or now is None or before.holding != now.holding:
        fields.append("owners")
    elif before.valid_from != now.valid_from:
        fields.append("registered_on")
    if any(owner.before is not None and owner.says_something_new for owner in owners):
        fields.append("contact")
    return tuple(fields)


def _difference(known: Ownership, fields: Sequence[str], file: ComparedFile) -> Difference:
    if known.present(file.visible) is None:
        return Difference.NEW
    return Difference.CHANGED if fields else Difference.UNCHANGED

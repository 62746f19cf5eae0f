"""All rows of one dwelling, seen together: they are taken together or refused together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from residents.domain.archive.marks import folded_name
from residents.domain.errors import ResidentsError
from residents.domain.imports.rows import RefusedRow
from residents.domain.ledger.doors import Door
from residents.domain.owners.errors import OwnerRepeated, OwnerSharesDoNotAddUp, OwnersTooMany
from residents.domain.owners.periods import MOST_OWNERS
from residents.domain.owners.register_entries import RegisterDwelling, RegisterOwner
from residents.domain.owners.register_rows import OwnerRefused, SaidOwner
from residents.domain.owners.shares import Share, settled_shares


class SaidRow(msgspec.Struct, frozen=True):
    """A row of a dwelling: an owner, or why there is none to be read."""

    sheet: str
    row: int
    owner: SaidOwner | OwnerRefused


class NumbersSaid:
    """Numbers that a file says in one row and leaves out in another of the same name and phone."""

    def __init__(self, dwellings: Iterable[Sequence[SaidRow]]) -> None:
        self._of: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
        for row in chain.from_iterable(dwellings):
            if isinstance(row.owner, SaidOwner) and row.owner.identity_number and row.owner.phone:
                self._of[_called(row.owner)].add(row.owner.identity_number)

    def told_to(self, row: SaidRow) -> SaidRow:
        """The row with the number, where it has none and exactly one is said elsewhere."""
        owner = row.owner
        if isinstance(owner, OwnerRefused) or owner.identity_number or not owner.phone:
            return row
        numbers = self._of.get(_called(owner), set())
        if len(numbers) != 1:
            return row
        (number,) = numbers
        return SaidRow(row.sheet, row.row, msgspec.structs.replace(owner, identity_number=number))


def settled_dwelling(
    estate: str, door: Door, rows: Sequence[SaidRow]
) -> tuple[RegisterDwelling | None, list[RefusedRow]]:
    """The dwelling with all its owners, or every row of it refused."""
    if (refused := _refused_for_a_row(rows)) is not None:
        return None, refused
    owners = [row.owner for row in rows if isinstance(row.owner, SaidOwner)]
    try:
        shares = _shares_of(owners)
    except ResidentsError as error:
        return None, [RefusedRow(row.sheet, row.row, error.code, error.message) for row in rows]
    taken = zip(rows, owners, shares, strict=True)
    entered = tuple(_entered(row, owner, share) for row, owner, share in taken)
    return RegisterDwelling(estate, door, entered), []


def _refused_for_a_row(rows: Sequence[SaidRow]) -> list[RefusedRow] | None:
    """Every row, each by its own fault or by the first there is; None when there is none."""
    faulty = [(row, row.owner) for row in rows if isinstance(row.owner, OwnerRefused)]
    if not faulty:
        return None
    first, fault = faulty[0]
    reason = f"同一套房屋的第 {first.row} 行有误，整套房屋的产权人须一并更正。"
    faults = [
        row.owner if isinstance(row.owner, OwnerRefused) else OwnerRefused(fault.code, reason)
        for row in rows
    ]
    return [
        RefusedRow(row.sheet, row.row, fault.code, fault.reason)
        for row, fault in zip(rows, faults, strict=True)
    ]


def _shares_of(owners: Sequence[SaidOwner]) -> tuple[Share | None, ...]:
    """Raises: OwnersTooMany; OwnerRepeated; OwnerSharesDoNotAddUp."""
    if len(owners) > MOST_OWNERS:
        raise OwnersTooMany
    for position, owner in enumerate(owners):
        if any(_is_same(owner, earlier) for earlier in owners[:position]):
            raise OwnerRepeated
    is_joint = [owner.share.is_joint for owner in owners]
    says_none = [owner.share.share is None for owner in owners]
    if len(owners) > 1 and any(says_none) and not all(is_joint):
        raise OwnerSharesDoNotAddUp
    return settled_shares([owner.share.share for owner in owners])


def _is_same(owner: SaidOwner, other: SaidOwner) -> bool:
    """The same number, or the same name with nothing that tells them apart."""
    if owner.identity_number and other.identity_number:
        return owner.identity_number == other.identity_number
    if folded_name(owner.name) != folded_name(other.name) or owner.kind is not other.kind:
        return False
    return owner.phone == other.phone or not (owner.phone and other.phone)


def _called(owner: SaidOwner) -> tuple[str, str | None]:
    return f"{owner.kind}{folded_name(owner.name)}", owner.phone


def _entered(row: SaidRow, owner: SaidOwner, share: Share | None) -> RegisterOwner:
    return RegisterOwner(
        sheet=row.sheet,
        row=row.row,
        kind=owner.kind,
        name=owner.name,
        identity_number=owner.identity_number,
        phone=owner.phone,
        address=owner.address,
        is_said_elsewhere=owner.is_said_elsewhere,
        share=share,
        registered_on=owner.registered_on,
    )

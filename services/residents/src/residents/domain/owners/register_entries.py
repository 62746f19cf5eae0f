"""What a register says, read and not yet compared with anything."""

from datetime import date

import msgspec

from residents.domain.imports.rows import RefusedRow
from residents.domain.ledger.doors import Door
from residents.domain.owners.owner import OwnerKind
from residents.domain.owners.shares import Share


class RegisterOwner(msgspec.Struct, frozen=True, kw_only=True):
    """One row: an owner of a dwelling.

    Attributes:
        identity_number: 18 characters of a person, or a company's credit code.
        share: None in joint ownership.
    """

    sheet: str
    row: int
    kind: OwnerKind
    name: str
    identity_number: str | None
    phone: str | None
    address: str | None
    is_said_elsewhere: bool
    share: Share | None
    registered_on: date | None


class RegisterDwelling(msgspec.Struct, frozen=True):
    """A dwelling with all its owners, in the order of the file."""

    estate: str
    door: Door
    owners: tuple[RegisterOwner, ...]

    @property
    def registered_on(self) -> date | None:
        """Since when they all own it: the last of their days, None if one of them has none."""
        days = [owner.registered_on for owner in self.owners]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None


class RegisterReading(msgspec.Struct, frozen=True, kw_only=True):
    """What a register says.

    Attributes:
        dwellings: those of which every row can be used, by their first row.
        refused: every other row of an owner, by dwelling in the order of the file.
        refused_doors: the estates and doors of dwellings that are refused whole.
    """

    as_of: date
    rows_read: int
    dwellings: tuple[RegisterDwelling, ...]
    refused: tuple[RefusedRow, ...]
    refused_doors: tuple[tuple[str, Door], ...]

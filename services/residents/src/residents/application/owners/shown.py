"""What readers are shown of owners: masked, and as of the edition that they see."""

from datetime import date

import msgspec

from residents.domain.archive.masking import masked_name, masked_phone
from residents.domain.owners.owner import Owner, OwnerKind, Residence
from residents.domain.owners.ownership import Dwelling
from residents.domain.owners.periods import Period
from residents.domain.owners.shares import Share


class ShownOwner(msgspec.Struct, frozen=True, kw_only=True):
    """An owner without a reason given.

    Attributes:
        name: of a person masked, of a company in full; None once erased.
        phone: masked; None where none is known.
        resident_id: the resident they are, if they are one.
    """

    id: str
    kind: OwnerKind
    name: str | None
    phone: str | None
    residence: Residence
    resident_id: str | None


class ShownStake(msgspec.Struct, frozen=True):
    """An owner of a dwelling and their part; None in joint ownership."""

    owner: ShownOwner
    share: Share | None


class ShownPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """Who owned a dwelling from a day on.

    Attributes:
        until: the day on which others began to; None while they own it.
    """

    dwelling: Dwelling
    valid_from: date
    is_start_known: bool
    until: date | None
    owners_mark: str
    stakes: tuple[ShownStake, ...]


def shown_owner(owner: Owner, edition: int) -> ShownOwner:
    """Mask one."""
    owner = owner.effective(edition)
    facts = owner.facts
    is_person = owner.kind is OwnerKind.PERSON
    return ShownOwner(
        id=owner.id,
        kind=owner.kind,
        name=(masked_name(facts.name) if is_person else facts.name) if facts else None,
        phone=masked_phone(facts.phone) if facts and facts.phone else None,
        residence=owner.residence,
        resident_id=owner.resident.resident_id if owner.resident else None,
    )


def shown_period(
    dwelling: Dwelling, period: Period, until: date | None, owners: dict[str, ShownOwner]
) -> ShownPeriod:
    """A period with its owners, who must be among those given."""
    return ShownPeriod(
        dwelling=dwelling,
        valid_from=period.valid_from,
        is_start_known=period.is_start_known,
        until=until,
        owners_mark=period.holding.owners_mark,
        stakes=tuple(
            ShownStake(owners[stake.owner_id], stake.share) for stake in period.holding.stakes
        ),
    )

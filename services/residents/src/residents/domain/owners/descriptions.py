"""An owner described: facts to keep encrypted, and the keyed hashes by which they are known."""

import msgspec

from residents.domain.archive.marks import (
    MARK_CHARACTERS,
    KeyedHash,
    folded_name,
    identity_mark,
    same_person_mark,
)
from residents.domain.ledger.identity_numbers import birth_date_in
from residents.domain.owners.owner import OwnerDescription, OwnerFacts, OwnerKind, OwnerMarks


class ClearOwner(msgspec.Struct, frozen=True, kw_only=True):
    """An owner as read or typed. Not to be kept or logged.

    Attributes:
        identity_number: 18 characters; a company's credit code.
        is_said_elsewhere: whether it is said that they do not live in the community.
    """

    kind: OwnerKind
    name: str
    identity_number: str | None = None
    phone: str | None = None
    address: str | None = None
    is_said_elsewhere: bool = False

    def __repr__(self) -> str:
        """What they are, and not who."""
        return f"ClearOwner(kind={self.kind.value})"


def description_of(owner: ClearOwner, keyed_hash: KeyedHash) -> OwnerDescription:
    """What is kept of an owner; of the identity number only a keyed hash."""
    is_company = owner.kind is OwnerKind.COMPANY
    return OwnerDescription(
        kind=owner.kind,
        facts=OwnerFacts(name=owner.name, phone=owner.phone, address=owner.address),
        marks=(_marks_of_company if is_company else _marks_of_person)(owner, keyed_hash),
        is_said_elsewhere=owner.is_said_elsewhere,
    )


def mark_in_dwelling(name: str, household_id: str, keyed_hash: KeyedHash) -> str:
    """Of a name in one dwelling: all there is to know somebody by who has no number or phone."""
    return _mark(keyed_hash, "owner_in_dwelling", f"{folded_name(name)}|{household_id}")


def _marks_of_person(owner: ClearOwner, keyed_hash: KeyedHash) -> OwnerMarks:
    number = owner.identity_number
    born = birth_date_in(number) if number is not None else None
    written = f"{folded_name(owner.name)}|{owner.phone}"
    return OwnerMarks(
        identity=identity_mark(number, keyed_hash) if number is not None else None,
        same_person=same_person_mark(owner.name, born, keyed_hash) if born is not None else None,
        as_written=_mark(keyed_hash, "owner_name_phone", written) if owner.phone else None,
    )


def _marks_of_company(owner: ClearOwner, keyed_hash: KeyedHash) -> OwnerMarks:
    code = owner.identity_number
    return OwnerMarks(
        identity=_mark(keyed_hash, "credit_code", code) if code is not None else None,
        as_written=_mark(keyed_hash, "company_name", folded_name(owner.name)),
    )


def _mark(keyed_hash: KeyedHash, kind: str, value: str) -> str:
    return keyed_hash(kind, value)[:MARK_CHARACTERS]

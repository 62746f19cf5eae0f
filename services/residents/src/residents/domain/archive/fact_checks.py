"""What a clerk may enter of a person: the same rules as for the rows of a ledger."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from residents.domain.archive.errors import (
    BirthDateInvalid,
    IdentityNumberInvalid,
    PhoneInvalid,
    RelationInvalid,
    TagInvalid,
)
from residents.domain.archive.people import Gender, PersonFacts, coded_tags
from residents.domain.errors import ResidentsError
from residents.domain.ledger.birth_dates import birth_date_of
from residents.domain.ledger.faults import RowRefused
from residents.domain.ledger.identity_numbers import birth_date_in, identity_number_of
from residents.domain.ledger.phones import phone_of
from residents.domain.naming import checked_name

_LONGEST_WORD = 20
_MOST_TAGS = 20

T = TypeVar("T")


def checked_facts(
    *, name: str, phone: str | None, birth_date: date | None, gender: Gender | None,
    relation: str | None, tags: Sequence[str], today: date,
) -> PersonFacts:  # fmt: skip
    """What is known of a person, in the one form in which it is kept.

    Raises: NameInvalid; PhoneInvalid; BirthDateInvalid; RelationInvalid; TagInvalid.
    """
    return PersonFacts(
        name=checked_name(name),
        phone=checked_phone(phone),
        birth_date=_unless(BirthDateInvalid, lambda: birth_date_of(birth_date, latest=today)),
        gender=gender,
        relation=_word(relation, RelationInvalid) if relation else None,
        tags=checked_tags(tags),
    )


def checked_phone(phone: str | None) -> str | None:
    """The digits of a phone; None for none. Raises: PhoneInvalid."""
    return _unless(PhoneInvalid, lambda: phone_of(phone))


def checked_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags by code or as text, each once. Raises: TagInvalid."""
    coded = coded_tags(_word(tag, TagInvalid) for tag in tags)
    if len(coded) > _MOST_TAGS:
        raise TagInvalid
    return coded


def checked_identity_number(number: str | None, birth_date: date | None) -> str | None:
    """Its 18 characters, None for none. Raises: IdentityNumberInvalid; also for another's."""
    checked = _unless(IdentityNumberInvalid, lambda: identity_number_of(number))
    if checked is not None and birth_date is not None and birth_date_in(checked) != birth_date:
        raise IdentityNumberInvalid
    return checked


def _word(typed: str, refusal: type[ResidentsError]) -> str:
    word = unicodedata.normalize("NFC", typed).strip()
    if not 1 <= len(word) <= _LONGEST_WORD or not word.isprintable():
        raise refusal
    return word


def _unless(refusal: type[ResidentsError], read: Callable[[], T]) -> T:
    try:
        return read()
    except RowRefused:
        raise refusal from None

"""What is known of a person: kept encrypted, as one field."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec


class Gender(StrEnum):
    """As an identity card says it."""

    MALE = "MALE"
    FEMALE = "FEMALE"


class Tag(StrEnum):
    """The tags that have a code; every other is kept as it was written."""

    PARTY_MEMBER = "PARTY_MEMBER"
    LIVING_ALONE = "LIVING_ALONE"
    LOW_INCOME = "LOW_INCOME"
    DISABLED = "DISABLED"
    VETERAN = "VETERAN"


TAG_WORDS = {
    "党员": Tag.PARTY_MEMBER,
    "独居": Tag.LIVING_ALONE,
    "低保": Tag.LOW_INCOME,
    "残疾": Tag.DISABLED,
    "退役军人": Tag.VETERAN,
}


def coded_tags(words: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept, from words as a ledger has them: each once, in order."""
    coded = (TAG_WORDS.get(word.strip(), word.strip()) for word in words)
    return tuple(dict.fromkeys(str(tag) for tag in coded if tag))


class PersonFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a person.

    Attributes:
        relation: to the head of the household, as the ledger words it.
        tags: codes of `Tag`, or free text.
    """

    name: str
    phone: str | None = None
    birth_date: date | None = None
    gender: Gender | None = None
    relation: str | None = None
    tags: tuple[str, ...] = ()

"""Keyed hashes by which people are found while what is known of them is encrypted."""

import unicodedata
from collections.abc import Callable
from datetime import date

import msgspec

from residents.domain.archive.ages import is_elderly
from residents.domain.archive.people import PersonFacts

KeyedHash = Callable[[str, str], str]
"""Hashes a value of a kind (kind, value) under a key that is not in the store."""

MARK_CHARACTERS = 24
PAIR = 2
LAST_DIGITS = 4


class Marks(msgspec.Struct, frozen=True):
    """What is kept in clear of a person, none of it to be guessed without the key.

    Attributes:
        search: name, its pairs of neighbouring characters, phone, its last digits, tags, whether
            elderly or of unknown age, name with birth date, identity number; see below.
        identity: of the identity number, None where it is not known.
        facts: of everything, so that a file that says the same is known to.
    """

    search: tuple[str, ...]
    identity: str | None
    facts: str


def folded_name(name: str) -> str:
    """The one spelling of a name: without spaces, the middle dot of minorities' names alike."""
    folded = unicodedata.normalize("NFKC", name).upper()
    folded = "".join(folded.split())
    return folded.translate(dict.fromkeys(map(ord, "•・‧∙."), "·"))


def _mark(keyed_hash: KeyedHash, kind: str, value: str) -> str:
    return keyed_hash(kind, value)[:MARK_CHARACTERS]


def name_mark(name: str, keyed_hash: KeyedHash) -> str:
    """Of a whole name."""
    return _mark(keyed_hash, "name", folded_name(name))


def name_pair_marks(name: str, keyed_hash: KeyedHash) -> tuple[str, ...]:
    """Of each two neighbouring characters of a name."""
    folded = folded_name(name)
    pairs = dict.fromkeys(folded[at : at + PAIR] for at in range(len(folded) - 1))
    return tuple(_mark(keyed_hash, "name_pair", pair) for pair in pairs)


def phone_mark(phone: str, keyed_hash: KeyedHash) -> str:
    """Of a whole number."""
    return _mark(keyed_hash, "phone", phone)


def phone_end_mark(last_digits: str, keyed_hash: KeyedHash) -> str:
    """Of a number's last four digits."""
    return _mark(keyed_hash, "phone_end", last_digits)


def tag_mark(tag: str, keyed_hash: KeyedHash) -> str:
    """Of a tag, by its code or its text."""
    return _mark(keyed_hash, "tag", tag)


def elderly_mark(keyed_hash: KeyedHash) -> str:
    """Of everybody of 60 or more."""
    return _mark(keyed_hash, "age", "elderly")


def age_unknown_mark(keyed_hash: KeyedHash) -> str:
    """Of everybody whose birth date is not known."""
    return _mark(keyed_hash, "age", "unknown")


def same_person_mark(name: str, birth_date: date, keyed_hash: KeyedHash) -> str:
    """Of a name with a birth date: two who share it are taken for one."""
    return _mark(keyed_hash, "same_person", f"{folded_name(name)}|{birth_date.isoformat()}")


def identity_mark(identity_number: str, keyed_hash: KeyedHash) -> str:
    """Of an identity number, which is kept in no other form."""
    return _mark(keyed_hash, "identity_number", identity_number.upper())


def person_marks_of(facts: PersonFacts, identity: str | None, keyed_hash: KeyedHash) -> list[str]:
    """The marks by which the same person is recognised; none where too little is known."""
    found = [identity] if identity is not None else []
    if facts.birth_date is not None:
        found.append(same_person_mark(facts.name, facts.birth_date, keyed_hash))
    return found


def marks_of(
    facts: PersonFacts, *, identity: str | None, today: date, keyed_hash: KeyedHash
) -> Marks:
    """All marks of a person, `identity_mark` among them; whether elderly is as of today."""
    found = [name_mark(facts.name, keyed_hash), *name_pair_marks(facts.name, keyed_hash)]
    if facts.phone is not None:
        found.append(phone_mark(facts.phone, keyed_hash))
        found.append(phone_end_mark(facts.phone[-LAST_DIGITS:], keyed_hash))
    found.extend(tag_mark(tag, keyed_hash) for tag in facts.tags)
    if facts.birth_date is None:
        found.append(age_unknown_mark(keyed_hash))
    else:
        found.append(same_person_mark(facts.name, facts.birth_date, keyed_hash))
        if is_elderly(facts.birth_date, today):
            found.append(elderly_mark(keyed_hash))
    if identity is not None:
        found.append(identity)
    whole = msgspec.json.encode(facts).decode()
    return Marks(tuple(dict.fromkeys(found)), identity, _mark(keyed_hash, "facts", whole))

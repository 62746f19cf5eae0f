"""What a ledger's word about somebody changes of what is known of them."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from residents.domain.archive.people import PersonFacts
from residents.domain.archive.residents import Resident
from residents.domain.imports.rows import Difference

_HOME = "home"


class Comparison(msgspec.Struct, frozen=True):
    """How a row of a ledger stands to somebody who is known.

    Attributes:
        fields: the names of what differs.
        facts: what is known of them with the file's word in it.
    """

    difference: Difference
    fields: tuple[str, ...]
    facts: PersonFacts


def compare(
    known: Resident, said: PersonFacts, *, edition: int, household_id: str, as_of: date,
    says_tags: bool,
) -> Comparison:  # fmt: skip
    """Compare somebody with what a file of that day says of them.

    A cell left empty says nothing. A home that was taken, left or entered by hand after the file's
    day stands, and so does whatever a hand wrote over what this file said before it was stopped.

    Args:
        known: as they count, with facts.
        edition: that the file makes.
        says_tags: whether the file tells of tags at all, so that none means none.
    """
    facts = _with_word(known.facts, said, says_tags=says_tags)
    if known.overruled_edition == edition:
        return Comparison(Difference.UNCHANGED, (), facts)
    fields = tuple(_differing(known.facts, facts))
    if _household_of(known) != household_id and not _knows_better(known, as_of):
        return Comparison(Difference.MOVED, (_HOME, *fields), facts)
    if known.home is None or not fields:
        return Comparison(Difference.UNCHANGED, (), facts)
    return Comparison(Difference.CHANGED, fields, facts)


class Acquaintances:
    """Whom the archive knows among the people of some rows; each is met once at most."""

    def __init__(self, known: Sequence[Resident], met: set[str]) -> None:
        self._met = met
        self._by_identity = {each.identity_mark: each for each in known if each.identity_mark}
        self._by_mark: dict[str, list[Resident]] = {}
        for each in known:
            for mark in each.marks:
                self._by_mark.setdefault(mark, []).append(each)

    def meet(self, identity_mark: str | None, same_person_mark: str | None) -> Resident | None:
        """Find somebody by identity number, else by name and birth date.

        Two who share the latter and have different identity numbers are two.
        """
        found = self._by_identity.get(identity_mark) if identity_mark else None
        if not _is_to_be_met(found, self._met) and same_person_mark:
            namesakes = self._by_mark.get(same_person_mark, ())
            found = next((each for each in namesakes if self._may_be(each, identity_mark)), None)
        if found is None or not _is_to_be_met(found, self._met):
            return None
        self._met.add(found.id)
        return found

    def _may_be(self, namesake: Resident, identity_mark: str | None) -> bool:
        both = identity_mark is not None and namesake.identity_mark is not None
        return _is_to_be_met(namesake, self._met) and not (
            both and namesake.identity_mark != identity_mark
        )


def _is_to_be_met(resident: Resident | None, met: set[str]) -> bool:
    """Of somebody who was erased nothing is known to compare."""
    return resident is not None and resident.facts is not None and resident.id not in met


def _with_word(facts: PersonFacts | None, said: PersonFacts, *, says_tags: bool) -> PersonFacts:
    if facts is None:
        return said
    return PersonFacts(
        name=said.name,
        phone=said.phone or facts.phone,
        birth_date=said.birth_date or facts.birth_date,
        gender=said.gender or facts.gender,
        relation=said.relation or facts.relation,
        tags=said.tags if says_tags else facts.tags,
    )


def _differing(before: PersonFacts | None, after: PersonFacts) -> Iterable[str]:
    return (
        field
        for field in PersonFacts.__struct_fields__
        if getattr(before, field, None) != getattr(after, field)
    )


def _household_of(resident: Resident) -> str | None:
    return resident.home.household_id if resident.home else None


def _knows_better(known: Resident, as_of: date) -> bool:
    if known.home is not None:
        return known.home.known_from is not None and known.home.known_from > as_of
    left = known.history[-1].until if known.history else None
    return left is not None and left > as_of

"""Which owner a description is of, and which resident an owner is."""

from collections.abc import Iterable, Sequence

import msgspec

from residents.domain.archive.marks import folded_name
from residents.domain.owners.owner import Owner, OwnerDescription, OwnerMarks, ResidentLink


class MarkedResident(msgspec.Struct, frozen=True):
    """A resident as an owner could be one.

    Attributes:
        marks: all that they are found by.
        identity: the one among them that is of the identity number; None where it is not known.
    """

    link: ResidentLink
    marks: frozenset[str]
    identity: str | None

    def may_be(self, identity: str | None) -> bool:
        """Whether somebody of the same name and birth date is this person.

        Two whose identity numbers are known and differ are two people.
        """
        return identity is None or self.identity is None or self.identity == identity


def recognised(
    description: OwnerDescription, *, known: Iterable[Owner], of_the_dwelling: Sequence[Owner]
) -> Owner | None:
    """The owner whom the description is of.

    The same identity number is the same owner, another one is another. Where one is missing, the
    same name and phone, or the same name in the same dwelling, will do.

    Args:
        known: owners who share a mark with the description, in any order.
        of_the_dwelling: its present owners.
    """
    alike = sorted(
        (owner for owner in known if not _contradicts(owner, description)),
        key=lambda owner: owner.id,
    )
    for mark in (description.marks.identity, description.marks.as_written):
        having = [owner for owner in alike if mark is not None and mark in owner.marks]
        if having:
            return having[0]
    namesakes = [
        owner
        for owner in of_the_dwelling
        if _is_namesake(owner, description) and not _contradicts(owner, description)
    ]
    return namesakes[0] if len(namesakes) == 1 else None


def resident_of(marks: OwnerMarks, residents: Iterable[MarkedResident]) -> ResidentLink | None:
    """The resident with the same identity number, else the one with the same name and birth date.

    Nobody whose number is known to be another. Who lives here comes before who moved out; of
    several nobody is chosen.
    """
    candidates = [resident for resident in residents if resident.may_be(marks.identity)]
    for mark in marks.of_a_resident:
        having = {
            resident.link.resident_id: resident.link
            for resident in candidates
            if mark in resident.marks
        }
        chosen = [link for link in having.values() if link.lives_here] or list(having.values())
        if len(chosen) == 1:
            return chosen[0]
    return None


def _contradicts(owner: Owner, description: OwnerDescription) -> bool:
    theirs, said = owner.known_by.identity, description.marks.identity
    return owner.kind is not description.kind or (
        theirs is not None and said is not None and theirs != said
    )


def _is_namesake(owner: Owner, description: OwnerDescription) -> bool:
    return owner.facts is not None and (
        folded_name(owner.facts.name) == folded_name(description.facts.name)
    )

"""An owner: a person or a company, resident here or not."""

from datetime import datetime
from enum import StrEnum

import msgspec


class OwnerKind(StrEnum):
    """What an owner is."""

    PERSON = "PERSON"
    COMPANY = "COMPANY"


class Residence(StrEnum):
    """Whether an owner lives in the community.

    NOT_COMPARABLE: nothing is known by which a person could be found among the residents.
    NOT_A_PERSON: a company lives nowhere.
    """

    HERE = "HERE"
    ELSEWHERE = "ELSEWHERE"
    NOT_COMPARABLE = "NOT_COMPARABLE"
    NOT_A_PERSON = "NOT_A_PERSON"


class OwnerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an owner; kept encrypted, as one field.

    Attributes:
        address: where they live or sit, when that is not here.
    """

    name: str
    phone: str | None = None
    address: str | None = None


class OwnerMarks(msgspec.Struct, frozen=True, kw_only=True):
    """Keyed hashes by which the same owner is known again, and found among the residents.

    Attributes:
        identity: of the identity number, or of a company's credit code.
        same_person: of name and birth date.
        as_written: of name and phone, or of a company's name.
    """

    identity: str | None = None
    same_person: str | None = None
    as_written: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Those that are known, the strongest first."""
        return tuple(mark for mark in (self.identity, self.same_person, self.as_written) if mark)

    @property
    def of_an_owner(self) -> tuple[str, ...]:
        """Those by which the same owner is known again."""
        return tuple(mark for mark in (self.identity, self.as_written) if mark)

    @property
    def of_a_resident(self) -> tuple[str, ...]:
        """Those that a resident can have as well."""
        return tuple(mark for mark in (self.identity, self.same_person) if mark)

    def joined(self, other: "OwnerMarks") -> "OwnerMarks":
        """What is known of either, the other's first."""
        return OwnerMarks(
            identity=other.identity or self.identity,
            same_person=other.same_person or self.same_person,
            as_written=other.as_written or self.as_written,
        )


class OwnerDescription(msgspec.Struct, frozen=True, kw_only=True):
    """An owner as a file or a person describes one.

    Attributes:
        is_said_elsewhere: whether it is said that they do not live in the community.
    """

    kind: OwnerKind
    facts: OwnerFacts
    marks: OwnerMarks
    is_said_elsewhere: bool = False


class ResidentLink(msgspec.Struct, frozen=True):
    """The resident whom an owner is.

    Attributes:
        lives_here: False once they moved out.
    """

    resident_id: str
    person_key: str
    lives_here: bool


class StagedDescription(msgspec.Struct, frozen=True):
    """What an import says of an owner; it is shown from an edition of the register on."""

    edition: int
    facts: OwnerFacts | None


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who owns dwellings here, or did.

    Attributes:
        person_key: under whose key the facts are locked; the owner's own, not the resident's.
        facts: None once the owner was erased.
        marks: see `OwnerMarks.all`; sought by.
        owns: whether some dwelling is theirs now; recounted after each change of a dwelling.
        lists: the figures that count them.
        from_edition: readers see them from this edition of the register on.
    """

    id: str
    community_id: str
    person_key: str
    kind: OwnerKind
    facts: OwnerFacts | None
    known_by: OwnerMarks
    marks: tuple[str, ...]
    is_said_elsewhere: bool
    resident: ResidentLink | None = None
    owns: bool = False
    lists: tuple[str, ...] = ()
    from_edition: int = 0
    staged: StagedDescription | None = None
    created_at: datetime
    version: int = 0

    @classmethod
    def described(
        cls, owner_id: str, *, community_id: str, person_key: str, as_: OwnerDescription,
        resident: ResidentLink | None, owns: bool, from_edition: int, at: datetime,
    ) -> "Owner":  # fmt: skip
        """An owner who was not known before.

        Args: owns: whether it is certain that a dwelling becomes theirs in the same edition.
        """
        owner = cls(
            id=owner_id,
            community_id=community_id,
            person_key=person_key,
            kind=as_.kind,
            facts=as_.facts,
            known_by=as_.marks,
            marks=as_.marks.all,
            is_said_elsewhere=as_.is_said_elsewhere,
            resident=resident,
            owns=owns,
            from_edition=from_edition,
            created_at=at,
        )
        return owner._listed()

    @property
    def residence(self) -> Residence:
        """Whether they live here, as far as can be said."""
        if self.kind is OwnerKind.COMPANY:
            return Residence.NOT_A_PERSON
        if self.resident is not None:
            return Residence.HERE if self.resident.lives_here else Residence.ELSEWHERE
        if self.is_said_elsewhere or self.known_by.of_a_resident:
            return Residence.ELSEWHERE
        return Residence.NOT_COMPARABLE

    def facts_at(self, edition: int) -> OwnerFacts | None:
        """What is known of them as of an edition of the register."""
        if self.facts is not None and self.staged is not None and self.staged.edition <= edition:
            return self.staged.facts
        return self.facts

    def is_visible(self, edition: int) -> bool:
        """Whether readers of that edition know them."""
        return self.from_edition <= edition

    def described_again(
        self, as_: OwnerDescription, *, shown_from: int | None = None
    ) -> tuple["Owner", tuple[()]]:
        """What is said of them now; what is left out stays as it was.

        Args: shown_from: the edition of the register from which it is shown; None for at once.
        """
        known_by = self.known_by.joined(as_.marks)
        owner = msgspec.structs.replace(
            self,
            known_by=known_by,
            marks=tuple(dict.fromkeys((*self.marks, *known_by.all))),
            is_said_elsewhere=self.is_said_elsewhere or as_.is_said_elsewhere,
        )
        return owner._showing(as_.facts, shown_from)._listed(), ()

    def seen_from(self, edition: int) -> "Owner":
        """Be known to readers of that edition, if not before: somebody named them by hand."""
        return msgspec.structs.replace(self, from_edition=min(self.from_edition, edition))

    def settled(self, edition: int) -> tuple["Owner", tuple[()]]:
        """Fold in what is shown by now."""
        if self.staged is None or self.staged.edition > edition:
            return self, ()
        return msgspec.structs.replace(self, facts=self.facts_at(edition), staged=None), ()

    def unstaged(self, edition: int) -> tuple["Owner", tuple[()]]:
        """Forget what a given-up import staged for an edition."""
        if self.staged is None or self.staged.edition != edition:
            return self, ()
        return msgspec.structs.replace(self, staged=None), ()

    def linked(self, resident: ResidentLink | None) -> tuple["Owner", tuple[()]]:
        """Say which resident they are, or that they are none."""
        return msgspec.structs.replace(self, resident=resident)._listed(), ()

    def counted(self, *, owns: bool) -> tuple["Owner", tuple[()]]:
        """Say whether some dwelling is theirs now."""
        return msgspec.structs.replace(self, owns=owns)._listed(), ()

    def _showing(self, facts: OwnerFacts, shown_from: int | None) -> "Owner":
        if self.facts is None:  # erased: nothing is kept of them again
            return self
        joined = OwnerFacts(
            name=facts.name,
            phone=facts.phone or self.facts.phone,
            address=facts.address or self.facts.address,
        )
        if shown_from is None or shown_from <= self.from_edition:
            return msgspec.structs.replace(self, facts=joined, staged=None)
        staged = StagedDescription(shown_from, joined) if joined != self.facts else None
        return msgspec.structs.replace(self, staged=staged)

    def _listed(self) -> "Owner":
        """By residence, and all of them, while they own something."""
        lists = (ALL_OWNERS, self.residence.value) if self.owns else ()
        return msgspec.structs.replace(self, lists=lists)


ALL_OWNERS = "ALL"
"""The list of everybody who owns something now."""

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


class StagedDescription(msgspec.Struct, frozen=True, kw_only=True):
    """An owner as an import makes them: all of it, from an edition of the register on."""

    edition: int
    facts: OwnerFacts | None
    known_by: OwnerMarks
    marks: tuple[str, ...]
    is_said_elsewhere: bool
    resident: ResidentLink | None


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

    def effective(self, edition: int) -> "Owner":
        """The owner as of an edition of the register: what is staged for it is folded in."""
        staged = self.staged
        if staged is None or staged.edition > edition:
            return self
        return msgspec.structs.replace(
            self,
            facts=staged.facts if self.facts is not None else None,
            known_by=staged.known_by,
            marks=staged.marks,
            is_said_elsewhere=staged.is_said_elsewhere,
            resident=staged.resident,
            staged=None,
        )._listed()

    def is_visible(self, edition: int) -> bool:
        """Whether readers of that edition know them."""
        return self.from_edition <= edition

    def described_again(self, as_: OwnerDescription, resident: ResidentLink | None) -> "Owner":
        """What is known with what is said of them now; what is left out stays as it was."""
        known_by = self.known_by.joined(as_.marks)
        return msgspec.structs.replace(
            self,
            facts=_joined(self.facts, as_.facts),
            known_by=known_by,
            marks=tuple(dict.fromkeys((*self.marks, *known_by.all))),
            is_said_elsewhere=self.is_said_elsewhere or as_.is_said_elsewhere,
            resident=resident,
        )._listed()

    def described_by_hand(
        self, as_: OwnerDescription, resident: ResidentLink | None, *, edition: int
    ) -> tuple["Owner", tuple[()]]:
        """What somebody says of them, shown at once.

        It drops what is staged; but of whom only an import knows, that waits for its edition: it
        may yet be given up.

        Args:
            edition: the one of the register that readers see.
        """
        if self.is_visible(edition):
            here = msgspec.structs.replace(self.effective(edition), staged=None)
            return here.described_again(as_, resident), ()
        unknown = msgspec.structs.replace(
            self,
            facts=as_.facts if self.facts is not None else None,
            known_by=as_.marks,
            marks=as_.marks.all,
            is_said_elsewhere=as_.is_said_elsewhere,
            resident=resident,
            from_edition=edition,
            staged=self._staged_for(self.from_edition),
        )
        return unknown._listed(), ()

    def staged_with(
        self, as_: OwnerDescription, resident: ResidentLink | None, *, edition: int
    ) -> tuple["Owner", tuple[()]]:
        """Let an import's word wait for its edition; nobody sees any of it before."""
        if edition <= self.from_edition:
            return self.described_again(as_, resident), ()
        after = self.effective(edition).described_again(as_, resident)
        here = msgspec.structs.replace(self, staged=None)
        staged = after._staged_for(edition) if after != here else None
        return msgspec.structs.replace(self, staged=staged), ()

    def settled(self, edition: int) -> tuple["Owner", tuple[()]]:
        """Fold in what is shown by now."""
        return self.effective(edition), ()

    def unstaged(self, edition: int) -> tuple["Owner", tuple[()]]:
        """Forget what a given-up import staged for an edition."""
        if self.staged is None or self.staged.edition != edition:
            return self, ()
        return msgspec.structs.replace(self, staged=None), ()

    def linked(
        self, resident: ResidentLink | None, *, staged: ResidentLink | None = None
    ) -> tuple["Owner", tuple[()]]:
        """Say which resident they are, or that they are none; and so of what is staged."""
        waiting = self.staged and msgspec.structs.replace(self.staged, resident=staged)
        return msgspec.structs.replace(self, resident=resident, staged=waiting)._listed(), ()

    def counted(self, *, owns: bool) -> tuple["Owner", tuple[()]]:
        """Say whether some dwelling is theirs now."""
        return msgspec.structs.replace(self, owns=owns)._listed(), ()

    def _staged_for(self, edition: int) -> StagedDescription:
        return StagedDescription(
            edition=edition,
            facts=self.facts,
            known_by=self.known_by,
            marks=self.marks,
            is_said_elsewhere=self.is_said_elsewhere,
            resident=self.resident,
        )

    def _listed(self) -> "Owner":
        """By residence, and all of them, while they own something."""
        lists = (ALL_OWNERS, self.residence.value) if self.owns else ()
        return msgspec.structs.replace(self, lists=lists)


def _joined(known: OwnerFacts | None, said: OwnerFacts) -> OwnerFacts | None:
    if known is None:  # erased: nothing is kept of them again
        return None
    return OwnerFacts(
        name=said.name, phone=said.phone or known.phone, address=said.address or known.address
    )


ALL_OWNERS = "ALL"
"""The list of everybody who owns something now."""

"""Knowing owners again by what is said of them, and entering those who are new."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from residents.application.owners.ports import (
    MarkedResidents,
    OwnerIdentities,
    Owners,
)
from residents.application.ports import Now
from residents.domain.owners.descriptions import ClearOwner, description_of, mark_in_dwelling
from residents.domain.owners.owner import Owner, OwnerDescription, OwnerKind, ResidentLink
from residents.domain.owners.recognition import MarkedResident, recognised, resident_of

T = TypeVar("T")


class Mention(msgspec.Struct, frozen=True):
    """An owner as said of a dwelling, and who owns that dwelling now."""

    owner: ClearOwner
    household_id: str
    present_owner_ids: tuple[str, ...] = ()


class Recognised(msgspec.Struct, frozen=True):
    """Whom a mention is of.

    Attributes:
        before: what is known of them; None for who is new.
        resident: the resident they are.
    """

    owner_id: str
    description: OwnerDescription
    before: Owner | None
    resident: ResidentLink | None

    @property
    def says_something_new(self) -> bool:
        """Whether the description, or the archive, knows more than is kept."""
        if self.before is None:
            return True
        return self.before.described_again(self.description, self.resident) != self.before


@dataclass(frozen=True)
class Known:
    """Who a page of mentions may be of, by mark and by id."""

    by_mark: Mapping[str, Sequence[Owner]]
    by_id: Mapping[str, Owner]
    residents: Mapping[str, Sequence[MarkedResident]]


@dataclass(frozen=True)
class OwnerBook:
    """Owners are entered before what they own: one who owns nothing is shown nowhere."""

    owners: Owners
    residents: MarkedResidents
    identities: OwnerIdentities
    now: Now

    async def recognise(
        self, community_id: str, mentions: Sequence[Mention], *, edition: int
    ) -> list[Recognised]:
        """Whom each mention is of, in their order; nothing is written.

        Args:
            edition: as of which edition of the register the owners are known.
        """
        described = [description_of(each.owner, self.identities.keyed_hash) for each in mentions]
        by_mark = await self._known(community_id, described, edition)
        by_id = await self._by_id(community_id, mentions, edition)
        owners = [*by_id.values(), *(owner for having in by_mark.values() for owner in having)]
        among = Known(by_mark, by_id, await self._residents(community_id, described, owners))
        return [
            self._recognised(community_id, mention, description, among, edition)
            for mention, description in zip(mentions, described, strict=True)
        ]

    async def enter(
        self, community_id: str, found: Sequence[Recognised], *, shown_from: int, by_hand: bool
    ) -> None:
        """Write who is new, and what is new of the others. A repeat changes nothing.

        Args:
            shown_from: the edition of the register from which readers see it.
            by_hand: whether that is the edition they see already.
        """
        new = {each.owner_id: each for each in found if each.before is None}
        await self.owners.add_many(
            [
                (self._owner(community_id, each, shown_from, owns=not by_hand), ())
                for each in new.values()
            ]
        )
        for each in found:
            if each.before is None:
                continue
            is_hidden = by_hand and not each.before.is_visible(shown_from)
            if is_hidden or each.says_something_new:
                await self._describe(each.before, each, shown_from, by_hand=by_hand)

    async def _describe(
        self, before: Owner, found: Recognised, shown_from: int, *, by_hand: bool
    ) -> None:
        say = Owner.described_by_hand if by_hand else Owner.staged_with
        await self.owners.change(
            before.community_id,
            before.id,
            lambda owner: say(owner, found.description, found.resident, edition=shown_from),
        )

    def _owner(self, community_id: str, found: Recognised, shown_from: int, *, owns: bool) -> Owner:
        return Owner.described(
            found.owner_id,
            community_id=community_id,
            person_key=self.identities.person_key(found.owner_id),
            as_=found.description,
            resident=found.resident,
            owns=owns,
            from_edition=shown_from,
            at=self.now(),
        )

    def _recognised(
        self, community_id: str, mention: Mention, description: OwnerDescription, among: Known,
        edition: int,
    ) -> Recognised:  # fmt: skip
        before = recognised(
            description,
            known=_having(description.marks.of_an_owner, among.by_mark),
            of_the_dwelling=[
                among.by_id[each] for each in mention.present_owner_ids if each in among.by_id
            ],
        )
        marks = description.marks
        if before is not None and before.is_visible(edition):
            marks = before.known_by.joined(marks)
        resident = resident_of(marks, _having(marks.of_a_resident, among.residents))
        return Recognised(
            owner_id=before.id if before else self._new_id(community_id, mention, description),
            description=description,
            before=before,
            resident=resident,
        )

    def _new_id(self, community_id: str, mention: Mention, description: OwnerDescription) -> str:
        """Derived from the strongest that is known, so that a repeat finds its like."""
        marks = description.marks
        mark = (
            marks.identity
            or marks.as_written
            or mark_in_dwelling(
                mention.owner.name, mention.household_id, self.identities.keyed_hash
            )
        )
        return self.identities.owner(community_id, mark)

    async def _known(
        self, community_id: str, described: Iterable[OwnerDescription], edition: int
    ) -> Mapping[str, Sequence[Owner]]:
        marks = list(dict.fromkeys(mark for each in described for mark in each.marks.of_an_owner))
        found = await self.owners.with_marks(community_id, marks) if marks else []
        known = [owner.effective(edition) for owner in found]
        return _by_mark((owner, owner.marks) for owner in known)

    async def _by_id(
        self, community_id: str, mentions: Iterable[Mention], edition: int
    ) -> Mapping[str, Owner]:
        ids = list(dict.fromkeys(i for each in mentions for i in each.present_owner_ids))
        found = await self.owners.get_many(community_id, ids) if ids else []
        return {owner.id: owner.effective(edition) for owner in found if owner is not None}

    async def _residents(
        self, community_id: str, described: Sequence[OwnerDescription], owners: Sequence[Owner]
    ) -> Mapping[str, Sequence[MarkedResident]]:
        people = [each.marks for each in described if each.kind is OwnerKind.PERSON]
        people += [owner.known_by for owner in owners if owner.kind is OwnerKind.PERSON]
        marks = list(dict.fromkeys(mark for each in people for mark in each.of_a_resident))
        found = await self.residents.with_marks(community_id, marks) if marks else []
        return _by_mark((resident, resident.marks) for resident in found)


def _by_mark(found: Iterable[tuple[T, Iterable[str]]]) -> Mapping[str, Sequence[T]]:
    by_mark: defaultdict[str, list[T]] = defaultdict(list)
    for each, marks in found:
        for mark in marks:
            by_mark[mark].append(each)
    return by_mark


def _having(marks: Iterable[str], by_mark: Mapping[str, Sequence[T]]) -> list[T]:
    """Everybody with one of the marks, once for each they have."""
    return [each for mark in marks for each in by_mark.get(mark, ())]

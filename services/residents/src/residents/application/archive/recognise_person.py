"""Know the same person again, so that nobody is in the books twice, not even by two at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from residents.application.archive.ports import Identities, PersonHolds, Residents
from residents.application.archive.reading import ArchiveReading
from residents.application.ports import Now
from residents.domain.archive.editions import View
from residents.domain.archive.holds import HOLD_LIFETIME, PersonHold
from residents.domain.archive.residents import Resident


@dataclass(frozen=True)
class RecognisePerson:
    """By the marks of a person: an identity number, a name with a birth date.

    Whoever enters holds the marks, asks who is known, writes, and asks again; an import writes
    and then asks who holds. Whichever of them writes last sees the other.
    """

    reading: ArchiveReading
    residents: Residents
    holds: PersonHolds
    identities: Identities
    now: Now

    async def hold(
        self, community_id: str, resident_id: str, marks: Sequence[str], identity: str | None
    ) -> None:
        """Let nobody else write the person for a minute. Raises: PersonAlreadyHere."""
        at = self.now()
        for mark in marks:
            hold = PersonHold(
                id=self.identities.hold(community_id, mark),
                community_id=community_id,
                resident_id=resident_id,
                expires_at=at + HOLD_LIFETIME,
            )
            there = await self.holds.add(hold)
            if there.resident_id == resident_id:
                continue
            if not await self.others(community_id, resident_id, [mark], identity):
                await self.holds.change(
                    community_id, there.id, lambda before: before.taken_by(resident_id, at)
                )

    async def others(
        self, community_id: str, resident_id: str, marks: Sequence[str], identity: str | None
    ) -> list[Resident]:
        """The same person under other ids, those too whom an import is about to show."""
        if not marks:
            return []
        archive = await self.reading.archives.of(community_id)
        found = await self.residents.known_by(community_id, marks, view=archive.view)
        if archive.applying is not None:
            coming = View(archive.applying.edition, is_settled=False)
            found += [
                each
                for each in await self.residents.known_by(community_id, marks, view=coming)
                if each.from_edition == coming.edition
            ]
        return [each for each in found if each.id != resident_id and each.may_be(identity)]

    async def drop_coming(
        self, community_id: str, resident_id: str, marks: Sequence[str], identity: str | None
    ) -> None:
        """Take back whom an import wrote meanwhile: the hand knows better."""
        edition = await self.reading.edition(community_id)
        for each in await self.others(community_id, resident_id, marks, identity):
            if each.from_edition > edition:
                await self.residents.withdraw(community_id, each.from_edition, [each.id])

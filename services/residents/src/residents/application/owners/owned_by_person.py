"""What a person owns and owned, for the export of their own data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from residents.application.owners.owners_who_are import OwnersWhoAre
from residents.application.owners.ports import OwnerIdentities, Ownerships, Registers
from residents.application.owners.visible_edition import visible_edition
from residents.application.ports import Cursor
from residents.application.privacy.ports import PersonRef
from residents.domain.owners.owner import Owner
from residents.domain.owners.ownership import Ownership

_PAGE = 100


@dataclass(frozen=True)
class OwnedByPerson:
    """See `privacy.ports.PersonalData`."""

    ownerships: Ownerships
    owners_who_are: OwnersWhoAre
    registers: Registers
    identities: OwnerIdentities
    part: str = "ownership"

    async def of(self, person: PersonRef) -> Sequence[Mapping[str, object]]:
        """One entry for each time that the person is called an owner."""
        edition = await visible_edition(self.registers, self.identities, person.community_id)
        found = await self.owners_who_are(person.community_id, list(person.resident_ids))
        return [await self._told(owner, edition) for owner in found if owner.is_visible(edition)]

    async def _told(self, owner: Owner, edition: int) -> Mapping[str, object]:
        facts = owner.effective(edition).facts
        return {
            "ownerId": owner.id,
            "name": facts.name if facts else None,
            "phone": facts.phone if facts else None,
            "address": facts.address if facts else None,
            "dwellings": [
                told
                for ownership in await self._dwellings(owner)
                for told in _told_periods(ownership, owner.id, edition)
            ],
        }

    async def _dwellings(self, owner: Owner) -> Sequence[Ownership]:
        found: list[Ownership] = []
        after: Cursor | None = None
        while True:
            page = await self.ownerships.ever_of_owner(
                owner.community_id, owner.id, first=_PAGE, after=after
            )
            found += page.items
            if not page.has_next_page:
                return found
            after = page.cursors[-1]


def _told_periods(
    ownership: Ownership, owner_id: str, edition: int
) -> Sequence[Mapping[str, object]]:
    """Every period of a dwelling in which the person owned it, without the other owners."""
    return [
        {
            "householdId": ownership.dwelling.household_id,
            "validFrom": period.valid_from.isoformat(),
            "share": f"{stake.share.numerator}/{stake.share.denominator}" if stake.share else None,
        }
        for period in ownership.history(edition)
        for stake in period.holding.stakes
        if stake.owner_id == owner_id
    ]

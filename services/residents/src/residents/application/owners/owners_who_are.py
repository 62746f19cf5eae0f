"""Which owners some residents are, by all that is known of both."""

from collections.abc import Sequence
from dataclasses import dataclass

from residents.application.owners.ports import MarkedResidents, Owners
from residents.domain.owners.owner import Owner
from residents.domain.owners.recognition import resident_of


@dataclass(frozen=True)
class OwnersWhoAre:
    """For whoever is shown or given what is their own.

    A link is looked at again once a correction is heard of; until then it is not relied on.
    """

    owners: Owners
    residents: MarkedResidents

    async def __call__(self, community_id: str, resident_ids: Sequence[str]) -> list[Owner]:
        """The owners that are linked to them, and still could be them."""
        found = [await self.residents.by_id(community_id, each) for each in resident_ids]
        known = {each.link.resident_id: each for each in found if each is not None}
        if not known:
            return []
        return [
            owner
            for owner in await self.owners.of_residents(community_id, list(known))
            if owner.resident is not None
            and (resident := known.get(owner.resident.resident_id)) is not None
            and resident_of(owner.known_by, [resident]) is not None
        ]

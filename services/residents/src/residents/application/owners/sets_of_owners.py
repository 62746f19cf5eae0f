"""Distinct sets of owners of a building: who decides together, with all that is exactly theirs."""

from dataclasses import dataclass
from datetime import date

from residents.application.owners.ports import Dwellings, OwnerIdentities, Ownerships, Registers
from residents.application.owners.visible_edition import visible_edition
from residents.domain.owners.owner_sets import OwnerSet, owner_sets


@dataclass(frozen=True)
class SetsOfOwners:
    """Asked building by building, which bounds it; the same mark in two is the same set."""

    ownerships: Ownerships
    registers: Registers
    dwellings: Dwellings
    identities: OwnerIdentities

    async def of_building(self, community_id: str, building_id: str, *, on: date) -> list[OwnerSet]:
        """The sets on a day, sorted by mark, each with its dwellings and their areas summed."""
        edition = await visible_edition(self.registers, self.identities, community_id)
        ownerships = await self.ownerships.of_building(community_id, building_id)
        ids = [ownership.dwelling.household_id for ownership in ownerships]
        areas = await self.dwellings.areas_cm2(community_id, ids)
        return owner_sets(ownerships, areas, on=on, edition=edition)

"""Ids derived from what a thing is, so that a repeat finds its like."""

from chassis.ids import derived_id

from residents.domain.archive.marks import folded_name


class DerivedIdentities:
    """Places are found by how they are called; a person by where they were first written down."""

    def archive(self, community_id: str) -> str:
        """See `Identities.archive`."""
        return derived_id("archive", community_id)

    def estate(self, community_id: str, name: str) -> str:
        """See `Identities.estate`."""
        return derived_id("estate", community_id, folded_name(name))

    def building(self, community_id: str, estate_id: str, label: str) -> str:
        """See `Identities.building`."""
        return derived_id("building", community_id, estate_id, folded_name(label))

    def household(self, community_id: str, building_id: str, unit: str | None, room: str) -> str:
        """See `Identities.household`."""
        return derived_id(
            "household", community_id, building_id, folded_name(unit or ""), folded_name(room)
        )

    def imported_resident(self, batch_id: str, sheet: str, row: int) -> str:
        """See `Identities.imported_resident`."""
        return derived_id("resident", batch_id, sheet, str(row))

    def person_key(self, resident_id: str) -> str:
        """See `Identities.person_key`."""
        return derived_id("person", resident_id)

    def figures(self, building_id: str, edition: int) -> str:
        """See `Identities.figures`."""
        return derived_id("figures", building_id, str(edition))

    def hold(self, community_id: str, mark: str) -> str:
        """See `Identities.hold`."""
        return derived_id("hold", community_id, mark)

"""Ids of teams that are made only once."""

from chassis.ids import derived_id


class DerivedIdentities:
    """See `application.teams.ports.Identities`."""

    def membership(self, community_id: str, team_id: str, person_id: str) -> str:
        """Of a person in a team."""
        return derived_id("membership", community_id, team_id, person_id)

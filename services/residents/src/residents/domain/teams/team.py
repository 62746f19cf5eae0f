"""A team: the staff, or one of the five red ones."""

from datetime import date, datetime

import msgspec

from residents.domain.events import Event
from residents.domain.naming import checked_name
from residents.domain.roles import Actor
from residents.domain.teams.errors import TeamDissolved
from residents.domain.teams.events import TeamDissolved as TeamDissolvedEvent
from residents.domain.teams.posts import TeamKind
from residents.domain.teams.terms import Term


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """founded → dissolved.

    Attributes:
        name: of an organisation, not of a person.
        dissolved_on: its last day.
    """

    id: str
    community_id: str
    kind: TeamKind
    name: str
    founded_on: date
    dissolved_on: date | None
    dissolved_at: datetime | None
    created_at: datetime
    created_by: str
    version: int = 0

    @classmethod
    def found(
        cls, team_id: str, *, by: Actor, kind: TeamKind, name: str, founded_on: date, at: datetime
    ) -> "Team":
        """A new team. Raises: NameInvalid."""
        return cls(
            id=team_id,
            community_id=by.community_id,
            kind=kind,
            name=checked_name(name),
            founded_on=founded_on,
            dissolved_on=None,
            dissolved_at=None,
            created_at=at,
            created_by=by.account_id,
        )

    @property
    def existence(self) -> Term:
        """The days on which there is the team."""
        return Term(self.founded_on, self.dissolved_on)

    def check_exists_during(self, term: Term) -> None:
        """Raises: TeamDissolved when a day of the term is before its founding or after its end."""
        if not self.existence.contains(term):
            raise TeamDissolved

    def dissolve(self, on: date, at: datetime) -> tuple["Team", tuple[Event, ...]]:
        """End the team; once is enough.

        Args:
            on: its last day.
        Raises: TermEndsBeforeItBegins.
        Emits: team.dissolved v1.
        """
        if self.dissolved_on is not None:
            return self, ()
        last = self.existence.ending(on).until_day
        ended = msgspec.structs.replace(self, dissolved_on=last, dissolved_at=at)
        return ended, team_facts(ended)


def team_facts(team: Team) -> tuple[Event, ...]:
    """Only that it is dissolved is told of a team."""
    if team.dissolved_on is None or team.dissolved_at is None:
        return ()
    return (
        TeamDissolvedEvent(
            community_id=team.community_id,
            team_id=team.id,
            kind=team.kind.value,
            dissolved_on=team.dissolved_on,
            dissolved_at=team.dissolved_at,
        ),
    )

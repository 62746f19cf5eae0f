"""An honour that a team, or somebody in it, was awarded."""

from datetime import date, datetime

import msgspec

from residents.domain.china_days import day_of
from residents.domain.events import Event
from residents.domain.naming import checked_name
from residents.domain.roles import Actor
from residents.domain.teams.errors import DayInFuture
from residents.domain.teams.team import Team
from residents.domain.teams.terms import Term
from residents.domain.teams.wording import checked_reason


class Honour(msgspec.Struct, frozen=True, kw_only=True):
    """awarded → withdrawn; a withdrawn one stays to be seen.

    Attributes:
        membership_id: whose it is in the team; None for the team's own.
        awarded_by: the body that awarded it.
        person_key: whose key locks the reason.
    """

    id: str
    community_id: str
    team_id: str
    membership_id: str | None
    title: str
    awarded_by: str
    awarded_on: date
    entered_at: datetime
    entered_by: str
    person_key: str
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None
    version: int = 0

    @classmethod
    def award(
        cls, honour_id: str, *, by: Actor, team: Team, membership_id: str | None,
        person_key: str | None, title: str, awarded_by: str, awarded_on: date, at: datetime,
    ) -> "Honour":  # fmt: skip
        """Enter an honour. Raises: NameInvalid; DayInFuture; TeamDissolved."""
        if awarded_on > day_of(at):
            raise DayInFuture
        team.check_exists_during(Term(awarded_on, awarded_on))
        return cls(
            id=honour_id,
            community_id=team.community_id,
            team_id=team.id,
            membership_id=membership_id,
            title=checked_name(title),
            awarded_by=checked_name(awarded_by),
            awarded_on=awarded_on,
            entered_at=at,
            entered_by=by.account_id,
            person_key=person_key or team.id,
        )

    def withdraw(self, reason: str, at: datetime) -> tuple["Honour", tuple[Event, ...]]:
        """Take it back; the first reason stands. Raises: ReasonMissing."""
        why = checked_reason(reason)
        if self.withdrawn_at is not None:
            return self, ()
        return msgspec.structs.replace(self, withdrawn_at=at, withdrawal_reason=why), ()

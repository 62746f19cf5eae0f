"""What teams tell: who serves where, by pseudonyms and codes."""

from datetime import date, datetime
from typing import ClassVar

import msgspec


class TeamAppointed(msgspec.Struct, frozen=True):
    """Somebody holds a post, for a term. Its subject is the membership.

    Attributes:
        account_id: None for somebody without an account.
        estate_ids: what a steward looks after; of any other post none.
        until_day: the last day; None while no end is set.
    """

    type: ClassVar[str] = "team.appointed.v1"

    community_id: str
    team_id: str
    appointment_id: str
    kind: str
    post: str
    account_id: str | None
    estate_ids: tuple[str, ...]
    from_day: date
    until_day: date | None
    appointed_at: datetime


class TeamRelieved(msgspec.Struct, frozen=True):
    """Somebody's term was cut short. Its subject is the membership.

    Attributes:
        until_day: the last day now.
    """

    type: ClassVar[str] = "team.relieved.v1"

    community_id: str
    team_id: str
    appointment_id: str
    kind: str
    post: str
    account_id: str | None
    until_day: date
    relieved_at: datetime


class TeamDissolved(msgspec.Struct, frozen=True):
    """A team ends; this service then ends who is in it.

    Attributes:
        dissolved_on: its last day.
    """

    type: ClassVar[str] = "team.dissolved.v1"

    community_id: str
    team_id: str
    kind: str
    dissolved_on: date
    dissolved_at: datetime

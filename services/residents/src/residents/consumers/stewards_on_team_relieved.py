"""This service hears its own event, so that a role ends with the term for certain."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.teams.settle_steward_roles import SettleStewardRoles


class TeamRelieved(msgspec.Struct, frozen=True):
    """What is needed of team.relieved; its subject is the membership."""

    type: ClassVar[str] = "team.relieved.v1"

    community_id: str


def stewards_on_team_relieved(roles: SettleStewardRoles) -> Handle[TeamRelieved]:
    """Take a steward's role back, or let it end earlier."""

    async def handle(event: Received[TeamRelieved]) -> None:
        await roles.of_member(event.data.community_id, event.subject)

    return handle

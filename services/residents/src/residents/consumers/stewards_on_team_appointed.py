"""This service hears its own event, so that a steward has the role for certain."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.teams.settle_steward_roles import SettleStewardRoles


class TeamAppointed(msgspec.Struct, frozen=True):
    """What is needed of team.appointed; its subject is the membership."""

    type: ClassVar[str] = "team.appointed.v1"

    community_id: str


def stewards_on_team_appointed(roles: SettleStewardRoles) -> Handle[TeamAppointed]:
    """Give a steward's account the role."""

    async def handle(event: Received[TeamAppointed]) -> None:
        await roles.of_member(event.data.community_id, event.subject)

    return handle

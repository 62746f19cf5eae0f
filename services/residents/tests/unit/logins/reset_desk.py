"""What the office does about lost credentials."""

from collections.abc import Awaitable

import pytest
from chassis.ids import derived_id
from residents.application.logins.approve_credential_reset import ApprovedReset
from residents.domain.errors import ResidentsError
from residents.domain.roles import Actor, Role

from ..office import PASSWORD, actor_of
from .village import Village

NEW_PASSWORD = "four-old-estates-6"


class Desk:
    """What the office does about lost credentials."""

    def __init__(self, village: Village, secretary: Actor) -> None:
        self.village = village
        self.secretary = secretary

    async def colleague(self, username: str, role: Role = Role.CLERK) -> Actor:
        """Somebody active of the office."""
        invited = await self.village.invite(
            self.secretary, request_id=username, username=username, role=role
        )
        await self.village.residents.activate_staff_account(invited.invitation_code, PASSWORD)
        return actor_of(self.village.community_id, invited.account.id, role)

    async def ask(
        self, by: Actor, subject: Actor, *, request_id: str = "q1", reason: str = "手机丢失"
    ) -> str:
        """Ask for a reset. Returns: its id."""
        reset_id = derived_id("reset", by.account_id, request_id)
        request = self.village.request(by, request_id, subject=subject.account_id, reason=reason)
        await self.village.logins_room.request_credential_reset(
            by, subject.account_id, reset_id, reason, request=request
        )
        return reset_id

    async def approve(
        self, by: Actor, subject: Actor, reset_id: str, *, request_id: str = "p1"
    ) -> ApprovedReset:
        request = self.village.request(by, request_id, subject=subject.account_id, reset=reset_id)
        return await self.village.logins_room.approve_credential_reset(
            by, subject.account_id, reset_id, request=request
        )

    async def code(self, asker: Actor, approver: Actor, subject: Actor) -> str:
        """A code by two people."""
        reset_id = await self.ask(asker, subject)
        return (await self.approve(approver, subject, reset_id)).reset_code

    async def refuses(
        self, command: Awaitable[object], error: type[ResidentsError], code: str
    ) -> None:
        before = self.village.writes
        with pytest.raises(error) as refusal:
            await command
        assert refusal.value.code == code
        assert self.village.writes == before

"""Ask, as the first of two people, that the credentials of a third be reset."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand_for_all
from residents.application.logins.reset_trail import act_of_reset
from residents.application.ports import Accounts, Now
from residents.application.privacy.ports import AuditAction, AuditTrail
from residents.application.repeats import outcome_of_repeat
from residents.domain.account import Account
from residents.domain.logins.permissions import (
    REQUEST_CREDENTIAL_RESET,
)
from residents.domain.logins.resetting import request_reset
from residents.domain.roles import Actor


@dataclass(frozen=True)
class RequestCredentialReset:
    """One write, after the trail has it; what is refused is in no trail."""

    accounts: Accounts
    audit: AuditTrail
    now: Now

    async def __call__(
        self, actor: Actor, account_id: str, reset_id: str, reason: str, *, request: Request
    ) -> Account:
        """Ask for it; the credentials stand until the person has set new ones.

        Raises: Forbidden; AccountNotFound; ResetOfOneself; AccountNotResettable; ReasonInvalid;
            RequestIdReused.
        """
        demand_for_all(actor, REQUEST_CREDENTIAL_RESET)
        place, at = (actor.community_id, account_id), self.now()
        repeated = await outcome_of_repeat(self.accounts, *place, request)
        if repeated is not None:
            return repeated
        account = await self.accounts.get(*place)
        request_reset(account, reset_id, reason, by=actor, at=at)
        action = AuditAction.CREDENTIALS_RESET_REQUESTED
        await self.audit.append(act_of_reset(account, reset_id, action, by=actor.account_id, at=at))
        return await self.accounts.change(
            *place,
            lambda account: request_reset(account, reset_id, reason, by=actor, at=at),
            request=request,
        )

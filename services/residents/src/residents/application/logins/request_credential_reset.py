"""Ask, as the first of two people, that the credentials of a third be reset."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand_for_all
from residents.application.ports import Accounts, Now
from residents.domain.account import Account
from residents.domain.logins.permissions import (
    REQUEST_CREDENTIAL_RESET,
)
from residents.domain.logins.resetting import request_reset
from residents.domain.roles import Actor


@dataclass(frozen=True)
class RequestCredentialReset:
    """One write."""

    accounts: Accounts
    now: Now

    async def __call__(
        self, actor: Actor, account_id: str, reset_id: str, reason: str, *, request: Request
    ) -> Account:
        """Ask for it; the credentials stand until the person has set new ones.

        Raises: Forbidden; AccountNotFound; ResetOfOneself; AccountNotResettable; ReasonInvalid;
            RequestIdReused.
        """
        demand_for_all(actor, REQUEST_CREDENTIAL_RESET)
        at = self.now()
        return await self.accounts.change(
            actor.community_id,
            account_id,
            lambda account: request_reset(account, reset_id, reason, by=actor, at=at),
            request=request,
        )

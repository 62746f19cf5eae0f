"""Approve, as the second of two people, that the credentials of a third are reset."""

from dataclasses import dataclass

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand_for_all
from residents.application.logins.ports import Pseudonyms
from residents.application.logins.reset_code import ResetCodeText
from residents.application.ports import Accounts, Now
from residents.domain.account import Account
from residents.domain.logins.credential_reset import CredentialReset, ResetCode
from residents.domain.logins.errors import ResetNotFound
from residents.domain.logins.permissions import (
    APPROVE_CREDENTIAL_RESET,
)
from residents.domain.logins.resetting import approve_reset
from residents.domain.roles import Actor


class ApprovedReset(msgspec.Struct, frozen=True):
    """The account, and the code that the approver hands to its person."""

    account: Account
    reset: CredentialReset
    code: ResetCode
    reset_code: str


@dataclass(frozen=True)
class ApproveCredentialReset:
    """One write. The code is handed over by hand: it goes through no message."""

    accounts: Accounts
    pseudonyms: Pseudonyms
    now: Now

    async def __call__(
        self, actor: Actor, account_id: str, reset_id: str, *, request: Request
    ) -> ApprovedReset:
        """Approve it; a repeat gets the same code.

        Raises: Forbidden; AccountNotFound; ResetNotFound; ResetOfOneself; SecondPersonNeeded;
            SecretaryNeeded; AccountNotResettable; RequestIdReused.
        """
        demand_for_all(actor, APPROVE_CREDENTIAL_RESET)
        at = self.now()
        secret = self.pseudonyms.reset_secret(account_id, reset_id)
        account = await self.accounts.change(
            actor.community_id,
            account_id,
            lambda account: approve_reset(account, reset_id, secret, by=actor, at=at),
            request=request,
        )
        return approved(account, reset_id, secret)


def approved(account: Account, reset_id: str, secret: str) -> ApprovedReset:
    """What the approver is shown. Raises: ResetNotFound when it was used or replaced since."""
    reset = account.credential_reset
    if reset is None or reset.id != reset_id or reset.code is None:
        raise ResetNotFound
    text = ResetCodeText(account.community_id, account.id, secret)
    return ApprovedReset(account, reset, reset.code, str(text))

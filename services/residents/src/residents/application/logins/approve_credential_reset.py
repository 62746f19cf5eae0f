"""Approve, as the second of two people, that the credentials of a third are reset."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand_for_all
from residents.application.logins.ports import Pseudonyms
from residents.application.logins.reset_code import ResetCodeText
from residents.application.logins.reset_trail import act_of_reset
from residents.application.ports import Accounts, Cursor, Now
from residents.application.privacy.ports import AuditAction, AuditTrail
from residents.application.repeats import outcome_of_repeat
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound
from residents.domain.logins.credential_reset import CredentialReset, ResetCode
from residents.domain.logins.errors import ResetNotFound
from residents.domain.logins.permissions import (
    APPROVE_CREDENTIAL_RESET,
)
from residents.domain.logins.resetting import Outcome, approve_reset
from residents.domain.roles import Actor

_STAFF_A_PAGE = 100


class ApprovedReset(msgspec.Struct, frozen=True):
    """The account, and the code that the approver hands to its person."""

    account: Account
    reset: CredentialReset
    code: ResetCode
    reset_code: str


@dataclass(frozen=True)
class ApproveCredentialReset:
    """One write, after the trail has it. The code is handed over by hand, by no message."""

    accounts: Accounts
    pseudonyms: Pseudonyms
    audit: AuditTrail
    now: Now

    async def __call__(
        self, actor: Actor, account_id: str, reset_id: str, *, request: Request
    ) -> ApprovedReset:
        """Approve it; a repeat gets the same code.

        Raises: Forbidden; AccountNotFound; ResetNotFound; ResetOfOneself; SecondPersonNeeded;
            SecretaryNeeded; AccountNotResettable; RequestIdReused.
        """
        demand_for_all(actor, APPROVE_CREDENTIAL_RESET)
        place, at = (actor.community_id, account_id), self.now()
        secret = self.pseudonyms.reset_secret(account_id, reset_id)
        repeated = await outcome_of_repeat(self.accounts, *place, request)
        if repeated is not None:
            return approved(repeated, reset_id, secret)
        account = await self.accounts.get(*place)
        asker = await self._asker(account, at)
        has_other = await self._has_other_secretary(account, at)

        def approve(account: Account) -> Outcome:
            return approve_reset(
                account, reset_id, secret, asker=asker, by=actor, has_other_secretary=has_other,
                at=at,
            )  # fmt: skip

        approve(account)
        action = AuditAction.CREDENTIALS_RESET_APPROVED
        await self.audit.append(act_of_reset(account, reset_id, action, by=actor.account_id, at=at))
        account = await self.accounts.change(*place, approve, request=request)
        return approved(account, reset_id, secret)

    async def _asker(self, account: Account, at: datetime) -> Actor | None:
        """The first of the two people, as what they are now."""
        if account.credential_reset is None:
            return None
        try:
            asker = await self.accounts.get(
                account.community_id, account.credential_reset.requested_by
            )
        except AccountNotFound:
            return None
        roles = asker.roles_in_force(at) if asker.is_active else ()
        return Actor(asker.id, asker.community_id, "", roles)

    async def _has_other_secretary(self, account: Account, at: datetime) -> bool:
        """Whether somebody else leads the community; read of its staff, of whom there are few."""
        after: Cursor | None = None
        while True:
            page = await self.accounts.newest_first(
                account.community_id, first=_STAFF_A_PAGE, after=after
            )
            if any(each.id != account.id and each.leads_community(at) for each in page.items):
                return True
            if not page.has_next_page:
                return False
            after = page.cursors[-1]


def approved(account: Account, reset_id: str, secret: str) -> ApprovedReset:
    """What the approver is shown. Raises: ResetNotFound when it was used or replaced since."""
    reset = account.credential_reset
    if reset is None or reset.id != reset_id or reset.code is None:
        raise ResetNotFound
    text = ResetCodeText(account.community_id, account.id, secret)
    return ApprovedReset(account, reset, reset.code, str(text))

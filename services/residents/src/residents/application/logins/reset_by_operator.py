"""Reset somebody's credentials from the command line, where there is nobody else to do it."""

from dataclasses import dataclass

from residents.application.logins.approve_credential_reset import ApprovedReset, approved
from residents.application.logins.ports import Pseudonyms
from residents.application.logins.reset_trail import act_of_reset
from residents.application.ports import Accounts, Logins, Now, UnknownLogin
from residents.application.privacy.ports import AuditAction, AuditTrail
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound
from residents.domain.login import GLOBAL
from residents.domain.logins.resetting import Outcome, reset_by_operator

OPERATOR = "command_line"
"""Who the audit trail says it was."""


@dataclass(frozen=True)
class ResetByOperator:
    """One write, after the trail has it: who runs the installation leaves a trace."""

    accounts: Accounts
    logins: Logins
    pseudonyms: Pseudonyms
    audit: AuditTrail
    now: Now

    async def __call__(self, login_id: str, reset_id: str) -> ApprovedReset:
        """Make a reset code for the account of a username.

        Raises: AccountNotFound; AccountNotResettable.
        """
        try:
            ref = (await self.logins.get(GLOBAL, login_id)).account
        except UnknownLogin:
            raise AccountNotFound from None
        at = self.now()
        secret = self.pseudonyms.reset_secret(ref.account_id, reset_id)

        def reset(account: Account) -> Outcome:
            return reset_by_operator(account, reset_id, secret, operator=OPERATOR, at=at)

        account = await self.accounts.get(ref.community_id, ref.account_id)
        reset(account)
        action = AuditAction.CREDENTIALS_RESET_APPROVED
        await self.audit.append(act_of_reset(account, reset_id, action, by=OPERATOR, at=at))
        account = await self.accounts.change(ref.community_id, ref.account_id, reset)
        return approved(account, reset_id, secret)

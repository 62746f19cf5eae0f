"""Reset somebody's credentials from the command line, where there is nobody else to do it."""

from dataclasses import dataclass

from residents.application.logins.approve_credential_reset import ApprovedReset, approved
from residents.application.logins.ports import Pseudonyms
from residents.application.ports import Accounts, Logins, Now, UnknownLogin
from residents.domain.errors import AccountNotFound
from residents.domain.login import GLOBAL
from residents.domain.logins.resetting import reset_by_operator

OPERATOR = "command_line"
"""Who the audit trail says it was."""


@dataclass(frozen=True)
class ResetByOperator:
    """One write; who runs the installation could do anything, and leaves a trace here."""

    accounts: Accounts
    logins: Logins
    pseudonyms: Pseudonyms
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
        account = await self.accounts.change(
            ref.community_id,
            ref.account_id,
            lambda account: reset_by_operator(account, reset_id, secret, operator=OPERATOR, at=at),
        )
        return approved(account, reset_id, secret)

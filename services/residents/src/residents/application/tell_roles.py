"""Tell of roles that a term has changed: nobody did anything, and yet somebody may do less."""

from dataclasses import dataclass

from residents.application.ports import Accounts, Now

_AT_ONCE = 100


@dataclass(frozen=True)
class TellRoles:
    """One turn of the worker."""

    accounts: Accounts
    now: Now

    async def __call__(self) -> None:
        """Emits: account.roles_changed v1 for each account whose term began or ended."""
        at = self.now()
        for account in await self.accounts.with_roles_to_tell(at, limit=_AT_ONCE):
            await self.accounts.change(
                account.community_id, account.id, lambda due: due.tell_due_roles(at)
            )

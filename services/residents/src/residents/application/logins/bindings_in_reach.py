"""The bindings that somebody may decide about; every other looks like one that is not there."""

from dataclasses import dataclass

from residents.application.ports import Accounts
from residents.domain.account import Account
from residents.domain.logins.binding import Binding
from residents.domain.logins.binding_rules import binding_of
from residents.domain.logins.errors import BindingNotFound
from residents.domain.logins.permissions import VERIFIERS
from residents.domain.roles import Actor


def reaches(actor: Actor, binding: Binding) -> bool:
    """Whether the actor's office or stewardship covers the estate."""
    return actor.reaches(binding.place.estate_id, *VERIFIERS)


@dataclass(frozen=True)
class BindingsInReach:
    """Finds them."""

    accounts: Accounts

    async def account_with(self, actor: Actor, binding_id: str) -> Account:
        """Whose binding it is, for who may decide about it. Raises: BindingNotFound."""
        account = await self.accounts.of_binding(actor.community_id, binding_id)
        if not reaches(actor, binding_of(account, binding_id)):
            raise BindingNotFound
        return account

    async def own_or_in_reach(self, actor: Actor, binding_id: str) -> Account:
        """The same, or the actor's own. Raises: BindingNotFound."""
        account = await self.accounts.of_binding(actor.community_id, binding_id)
        is_own = account.id == actor.account_id
        if not is_own and not reaches(actor, binding_of(account, binding_id)):
            raise BindingNotFound
        return account

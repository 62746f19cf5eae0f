"""End a binding: one's own, or as office or steward one in reach."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.logins.bindings_in_reach import BindingsInReach
from residents.application.ports import Accounts, Now
from residents.domain.account import Account
from residents.domain.logins.binding_rules import revoke_binding
from residents.domain.logins.permissions import REVOKE_BINDING
from residents.domain.roles import Actor


@dataclass(frozen=True)
class RevokeBinding:
    """One write; the claim on the resident is void by it."""

    accounts: Accounts
    in_reach: BindingsInReach
    now: Now

    async def __call__(
        self, actor: Actor, binding_id: str, reason: str, *, request: Request
    ) -> Account:
        """End it.

        Raises: Forbidden; BindingNotFound; BindingDecided; ReasonInvalid; RequestIdReused.
        Emits: account.unbound v1 for one that stood.
        """
        demand(actor, REVOKE_BINDING)
        account = await self.in_reach.own_or_in_reach(actor, binding_id)
        at, by = self.now(), actor.account_id
        return await self.accounts.change(
            account.community_id,
            account.id,
            lambda account: revoke_binding(account, binding_id, reason, by=by, at=at),
            request=request,
        )

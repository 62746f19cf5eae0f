"""Say that somebody does not live where they say."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.logins.bindings_in_reach import BindingsInReach
from residents.application.ports import Accounts, Now
from residents.domain.account import Account
from residents.domain.logins.binding_rules import refuse_binding
from residents.domain.logins.permissions import REFUSE_BINDING
from residents.domain.roles import Actor


@dataclass(frozen=True)
class RefuseBinding:
    """One write."""

    accounts: Accounts
    in_reach: BindingsInReach
    now: Now

    async def __call__(
        self, actor: Actor, binding_id: str, reason: str, *, request: Request
    ) -> Account:
        """Refuse it; the person reads why.

        Raises: Forbidden; BindingNotFound; VerifyingOneself; BindingDecided; ReasonInvalid;
            RequestIdReused.
        """
        demand(actor, REFUSE_BINDING)
        account = await self.in_reach.account_with(actor, binding_id)
        at, by = self.now(), actor.account_id
        return await self.accounts.change(
            account.community_id,
            account.id,
            lambda account: refuse_binding(account, binding_id, reason, by=by, at=at),
            request=request,
        )

"""Say that one lives in a household."""

from dataclasses import dataclass

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.logins.ports import ArchivePeople, Pseudonyms
from residents.application.ports import Accounts, Now
from residents.application.privacy.ports import ConsentGiven, Purpose
from residents.application.repeats import outcome_of_repeat
from residents.domain.account import Account
from residents.domain.logins.binding import HouseholdRelation
from residents.domain.logins.binding_rules import BindingRequest, request_binding
from residents.domain.logins.errors import ConsentRequired
from residents.domain.logins.permissions import REQUEST_BINDING
from residents.domain.naming import checked_name
from residents.domain.roles import Actor


class WantedBinding(msgspec.Struct, frozen=True):
    """What was typed in, and the id that belongs to this request."""

    binding_id: str
    household_id: str
    name: str
    relation: HouseholdRelation


@dataclass(frozen=True)
class RequestBinding:
    """One write; nothing is given by it until somebody has verified it."""

    accounts: Accounts
    archive: ArchivePeople
    consent_given: ConsentGiven
    pseudonyms: Pseudonyms
    now: Now

    async def __call__(self, actor: Actor, wanted: WantedBinding, *, request: Request) -> Account:
        """Let it wait.

        Raises: Forbidden; ConsentRequired; HouseholdNotFound; NameInvalid; BindingExists;
            TooManyBindings; RequestIdReused.
        """
        demand(actor, REQUEST_BINDING)
        mine = actor.community_id, actor.account_id
        if done := await outcome_of_repeat(self.accounts, *mine, request):
            return done
        if not await self.consent_given(*mine, Purpose.HOUSEHOLD_BINDING):
            raise ConsentRequired
        asked = BindingRequest(
            binding_id=wanted.binding_id,
            place=await self.archive.place(actor.community_id, wanted.household_id),
            relation=wanted.relation,
            name=wanted.name,
            name_mark=self.pseudonyms.name_mark(checked_name(wanted.name)),
        )
        at = self.now()
        return await self.accounts.change(
            *mine, lambda account: request_binding(account, asked, at), request=request
        )

"""Keep the phone number that WeChat vouches for."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.logins.ports import MiniProgram, Pseudonyms
from residents.application.ports import Accounts
from residents.application.repeats import outcome_of_repeat
from residents.domain.account import Account
from residents.domain.logins.binding_rules import give_phone
from residents.domain.logins.permissions import GIVE_PHONE_NUMBER
from residents.domain.roles import Actor


@dataclass(frozen=True)
class GivePhoneNumber:
    """One write. The code is good once at WeChat, so a repeat is known before it is asked."""

    accounts: Accounts
    mini_program: MiniProgram
    pseudonyms: Pseudonyms

    async def __call__(self, actor: Actor, code: str, *, request: Request) -> Account:
        """Exchange the code for the number.

        Raises: Forbidden; WeChatNotConfigured; WeChatCodeInvalid; WeChatTooFrequent; WeChatAway;
            PhoneNotMobile; RequestIdReused.
        """
        demand(actor, GIVE_PHONE_NUMBER)
        place = actor.community_id, actor.account_id
        if done := await outcome_of_repeat(self.accounts, *place, request):
            return done
        phone = await self.mini_program.phone_of(code)
        mark = self.pseudonyms.phone_mark(phone)
        return await self.accounts.change(
            *place, lambda account: give_phone(account, phone, mark), request=request
        )

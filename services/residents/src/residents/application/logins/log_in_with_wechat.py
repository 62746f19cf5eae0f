"""Log in as a resident, by the code that WeChat gives to its mini-program."""

from dataclasses import dataclass

import msgspec

from residents.application.attempt_limits import AttemptLimits
from residents.application.logins.ports import MiniProgram, Pseudonyms, WeChatPerson
from residents.application.logins.wechat_people import WeChatPeople
from residents.application.ports import Accounts, Communities, Now
from residents.application.start_session import StartSession
from residents.application.token_pair import LoggedIn
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound
from residents.domain.login import AccountRef
from residents.domain.logins.binding_rules import join_union
from residents.domain.logins.errors import (
    AccountIsDisabled,
    WeChatAway,
    WeChatNotConfigured,
    WeChatTooFrequent,
)
from residents.domain.logins.wechat_identity import WeChatIdentity
from residents.domain.session import Client


class WeChatLogin(msgspec.Struct, frozen=True):
    """What somebody comes with.

    Attributes:
        address_key: under which the attempts from their network address are counted.
    """

    community_id: str
    code: str
    client: Client
    address_key: str


@dataclass(frozen=True)
class LogInWithWeChat:
    """At the first login the account is made: a resident of nothing yet.

    Identity, account and session are a row of writes under derived ids; after a crash the next
    login goes on.
    """

    communities: Communities
    accounts: Accounts
    mini_program: MiniProgram
    people: WeChatPeople
    pseudonyms: Pseudonyms
    limits: AttemptLimits
    start_session: StartSession
    now: Now

    async def __call__(self, login: WeChatLogin, *, session_id: str) -> LoggedIn:
        """Start a session.

        Raises: CommunityNotFound; AccountLocked; AccountIsDisabled; OpenidClaimed;
            WeChatNotConfigured; WeChatCodeInvalid; WeChatTooFrequent; WeChatUserAtRisk;
            WeChatAway.
        Emits: account.bound v1 for one who is bound and whose unionid is new.
        """
        await self.limits.begin_at(login.address_key)
        found = await self._at_wechat(login)
        account = await self._account(login.community_id, await self.people.know(found))
        await self.limits.take_back_at(login.address_key)

        async def still_may() -> Account | None:
            again = await self.accounts.get(account.community_id, account.id)
            return again if again.is_active else None

        ref = AccountRef(account.community_id, account.id)
        logged_in = await self.start_session(session_id, ref, login.client, still_may)
        if logged_in is None:
            raise AccountIsDisabled
        return logged_in

    async def _at_wechat(self, login: WeChatLogin) -> WeChatPerson:
        """Ask WeChat; what is no fault of who asks does not count against their address."""
        await self.communities.get(login.community_id, login.community_id)
        try:
            return await self.mini_program.person_of(login.code)
        except (WeChatNotConfigured, WeChatTooFrequent, WeChatAway):
            await self.limits.take_back_at(login.address_key)
            raise

    async def _account(self, community_id: str, identity: WeChatIdentity) -> Account:
        account_id = self.pseudonyms.account_id(community_id, identity.person_id)
        try:
            account = await self.accounts.get(community_id, account_id)
        except AccountNotFound:
            account = await self.accounts.add(
                Account.of_wechat_person(
                    account_id,
                    community_id=community_id,
                    wechat_person_id=identity.person_id,
                    person_key=self.pseudonyms.person_key(account_id),
                    union_mark=identity.union_mark,
                    at=self.now(),
                )
            )
        if not account.is_active:
            raise AccountIsDisabled
        return await self.accounts.change(
            community_id, account_id, lambda known: join_union(known, identity.union_mark)
        )

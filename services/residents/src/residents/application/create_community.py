"""Found a community with its first secretary; nothing else can make one."""

from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.errors import RequestIdReused
from chassis.requests import Request

from residents.application.ports import Accounts, Communities, Logins, Now, Passwords, TotpCodes
from residents.application.username_reservation import UsernameReservations
from residents.domain.account import INVITATION_LIFETIME, Account
from residents.domain.community import Community
from residents.domain.errors import CommunityNotFound
from residents.domain.login import GLOBAL, AccountRef, Credentials, LoginIdentity
from residents.domain.naming import checked_username
from residents.domain.password import checked_password

_ONLY_ATTEMPT = 1


class NewCommunity(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be, and the ids that belong to this request and this username.

    Attributes:
        password_was_made: by the caller for this attempt, so that a repeat cannot know it.
    """

    community_id: str
    account_id: str
    login_id: str
    name: str
    founded_on: date | None
    secretary_username: str
    secretary_name: str
    secretary_password: str
    password_was_made: bool = False


class Founded(msgspec.Struct, frozen=True):
    """A community, its secretary, and the secret for the secretary's device.

    Attributes:
        totp_secret: None for a repeat that does not show the password, as is `otpauth_uri`.
    """

    community: Community
    account: Account
    totp_secret: str | None
    otpauth_uri: str | None


@dataclass(frozen=True)
class CreateCommunity:
    """Four writes in a row, each done once.

    The username is reserved, the community and the account are made, the credentials are set.
    After a crash the same request goes on; nobody can log in before the last.
    """

    communities: Communities
    accounts: Accounts
    logins: Logins
    reservations: UsernameReservations
    passwords: Passwords
    totp: TotpCodes
    now: Now

    async def __call__(self, new: NewCommunity, *, request: Request) -> Founded:
        """A repeat with the same password gets the same outcome.

        Raises: UsernameTaken; UsernameInvalid; NameInvalid; PasswordTooWeak; RequestIdReused.
        Emits: account.roles_changed v1.
        """
        username, community, account, password = self._checked(new)
        await self._refuse_other_input(community, request)
        ref = AccountRef(account.community_id, account.id)
        until = self.now() + INVITATION_LIFETIME
        login = await self.reservations.reserve(account.login_id, username, ref, until)
        community = await self.communities.add(community, request=request)
        account, news = account.tell_roles(account.created_at)
        account = await self.accounts.add(account, news, request=request)
        if login.credentials is None:
            totp_secret = await self._set_credentials(login, ref, password)
        elif new.password_was_made:
            return Founded(community, account, None, None)
        else:
            totp_secret = await self._same_again(login.credentials, password)
        uri = self.totp.otpauth_uri(totp_secret, username=username)
        return Founded(community, account, totp_secret, uri)

    def _checked(self, new: NewCommunity) -> tuple[str, Community, Account, str]:
        at = self.now()
        username = checked_username(new.secretary_username)
        password = checked_password(new.secretary_password, username=username)
        community = Community.found(
            new.community_id, name=new.name, founded_on=new.founded_on, at=at
        )
        account = Account.first_secretary(
            new.account_id,
            community_id=community.id,
            login_id=new.login_id,
            username=username,
            name=new.secretary_name,
            at=at,
        )
        return username, community, account, password

    async def _refuse_other_input(self, community: Community, request: Request) -> None:
        """A community that is there says whether this is a repeat, before anything is written."""
        try:
            await self.communities.get(community.id, community.id)
        except CommunityNotFound:
            return
        await self.communities.add(community, request=request)

    async def _set_credentials(self, login: LoginIdentity, ref: AccountRef, password: str) -> str:
        totp = self.totp.new_secret()
        password_hash = await self.passwords.hash(password)
        credentials = Credentials(password_hash, totp.sealed, _ONLY_ATTEMPT)
        await self.logins.change(
            GLOBAL, login.id, lambda login: login.set_credentials(ref, credentials)
        )
        return totp.secret

    async def _same_again(self, credentials: Credentials, password: str) -> str:
        if not await self.passwords.verify(password, credentials.password_hash):
            raise RequestIdReused
        return self.totp.reveal(credentials.sealed_totp_secret)

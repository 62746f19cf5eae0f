"""A login identity: how somebody proves who they are, whatever the community."""

from datetime import datetime

import msgspec

from residents.domain.errors import InvitationInvalid, LoginRefused, UsernameTaken
from residents.domain.events import Event

GLOBAL = ""
"""The `community_id` of what belongs to no community."""


class AccountRef(msgspec.Struct, frozen=True):
    """The account that a login opens."""

    community_id: str
    account_id: str


class Credentials(msgspec.Struct, frozen=True):
    """What a person proves themselves with, as far as it is kept.

    Attributes:
        password_hash: argon2id, with its parameters.
        sealed_totp_secret: encrypted by the service's own key.
        attempt: the activation that set them; a later one replaces them, an earlier never.
    """

    password_hash: str
    sealed_totp_secret: bytes
    attempt: int


class LoginIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """A username, and what proves it.

    Its id is derived from the username: two people cannot have the same one.

    Attributes:
        credentials: None while the username is only reserved for an invited person.
        reserved_until: from then on, a reservation nobody used may go to somebody else.
        last_totp_step: the last 30-second step whose code was used; each is used once. Of another
            secret none was.
    """

    id: str
    username: str
    account: AccountRef
    reserved_until: datetime
    credentials: Credentials | None = None
    last_totp_step: int = 0
    community_id: str = GLOBAL
    version: int = 0

    def reserve(
        self, account: AccountRef, until: datetime, at: datetime
    ) -> tuple["LoginIdentity", tuple[Event, ...]]:
        """Keep the username for an account; a repeat changes nothing. Raises: UsernameTaken."""
        if self.account == account:
            return self, ()
        if self.credentials is not None or at < self.reserved_until:
            raise UsernameTaken
        return msgspec.structs.replace(self, account=account, reserved_until=until), ()

    def prolong(
        self, account: AccountRef, until: datetime, at: datetime
    ) -> tuple["LoginIdentity", tuple[Event, ...]]:
        """Keep the username for an account as long as its new invitation. Raises: UsernameTaken."""
        if self.account == account:
            return msgspec.structs.replace(self, reserved_until=until), ()
        return self.reserve(account, until, at)

    def release(
        self, account: AccountRef, at: datetime
    ) -> tuple["LoginIdentity", tuple[Event, ...]]:
        """Let somebody else have a username that nobody has used; else change nothing."""
        if self.account != account or self.credentials is not None:
            return self, ()
        return msgspec.structs.replace(self, reserved_until=min(self.reserved_until, at)), ()

    def replace_credentials(
        self, seen: Credentials, following: Credentials, *, step: int
    ) -> tuple["LoginIdentity", tuple[Event, ...]]:
        """Change what one proves oneself with, by the code of a step, which is spent.

        Args:
            seen: what the person has proven to know; who was faster makes it void.

        Raises: LoginRefused.
        """
        if self.credentials != seen:
            raise LoginRefused
        spent, _ = self.use_totp_step(step)
        is_other_device = following.sealed_totp_secret != seen.sealed_totp_secret
        last_step = 0 if is_other_device else spent.last_totp_step
        return msgspec.structs.replace(spent, credentials=following, last_totp_step=last_step), ()

    def set_credentials(
        self, account: AccountRef, credentials: Credentials
    ) -> tuple["LoginIdentity", tuple[Event, ...]]:
        """Set what an activation chose. Raises: InvitationInvalid when a later one was here."""
        if self.account != account:
            raise InvitationInvalid
        if self.credentials is not None and self.credentials.attempt >= credentials.attempt:
            raise InvitationInvalid
        return msgspec.structs.replace(self, credentials=credentials, last_totp_step=0), ()

    def use_totp_step(self, step: int) -> tuple["LoginIdentity", tuple[Event, ...]]:
        """Spend the code of a step. Raises: LoginRefused when it, or a later one, was used."""
        if step <= self.last_totp_step:
            raise LoginRefused
        return msgspec.structs.replace(self, last_totp_step=step), ()

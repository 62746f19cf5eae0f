"""A staff account: a person in one community, with roles."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from residents.domain.errors import InvitationInvalid, OwnAccount
from residents.domain.events import AccountDisabled, Event
from residents.domain.fingerprint import fingerprint, matches
from residents.domain.naming import checked_name
from residents.domain.roles import Actor, Role, RoleGrant

INVITATION_LIFETIME = timedelta(days=7)


class AccountState(StrEnum):
    """invited → active → disabled, or invited → disabled."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class Invitation(msgspec.Struct, frozen=True):
    """A one-time secret by which the invited person sets their own password.

    Attributes:
        secret_hash: all that is kept of the secret.
        attempt: the number of the last activation begun; only the last begun may finish.
    """

    secret_hash: str
    expires_at: datetime
    attempt: int = 0


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What a person may do in one community.

    Attributes:
        display_name: None once the person was erased.
        created_by: the account of the secretary who made it, or None for the first of all.
    """

    id: str
    community_id: str
    login_id: str
    username: str
    display_name: str | None
    roles: tuple[RoleGrant, ...]
    state: AccountState
    invitation: Invitation | None
    created_at: datetime
    created_by: str | None
    disabled_at: datetime | None = None
    version: int = 0

    @classmethod
    def first_secretary(
        cls, account_id: str, *, community_id: str, login_id: str, username: str, name: str,
        at: datetime,
    ) -> "Account":  # fmt: skip
        """The one account of a community that nobody invited. Raises: NameInvalid."""
        return cls(
            id=account_id,
            community_id=community_id,
            login_id=login_id,
            username=username,
            display_name=checked_name(name),
            roles=(RoleGrant(Role.SECRETARY),),
            state=AccountState.ACTIVE,
            invitation=None,
            created_at=at,
            created_by=None,
        )

    @classmethod
    def invite(
        cls, account_id: str, *, by: Actor, login_id: str, username: str, name: str,
        grant: RoleGrant, secret: str, at: datetime,
    ) -> "Account":  # fmt: skip
        """An account that waits for its person. Raises: NameInvalid."""
        return cls(
            id=account_id,
            community_id=by.community_id,
            login_id=login_id,
            username=username,
            display_name=checked_name(name),
            roles=(grant,),
            state=AccountState.INVITED,
            invitation=Invitation(fingerprint(secret), at + INVITATION_LIFETIME),
            created_at=at,
            created_by=by.account_id,
        )

    @property
    def is_active(self) -> bool:
        """Whether the person may log in."""
        return self.state is AccountState.ACTIVE

    def begin_activation(self, secret: str, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Number one more attempt to activate; it voids those before. Raises: InvitationInvalid."""
        invitation = self._open_invitation()
        if at >= invitation.expires_at or not matches(secret, invitation.secret_hash):
            raise InvitationInvalid
        begun = msgspec.structs.replace(invitation, attempt=invitation.attempt + 1)
        return msgspec.structs.replace(self, invitation=begun), ()

    def finish_activation(self, attempt: int) -> tuple["Account", tuple[Event, ...]]:
        """Let the person in, whose credentials this attempt has set. Raises: InvitationInvalid."""
        if self._open_invitation().attempt != attempt:
            raise InvitationInvalid
        active = msgspec.structs.replace(self, state=AccountState.ACTIVE, invitation=None)
        return active, ()

    def disable(self, by: Actor, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Shut the account for good; once is enough.

        Raises: OwnAccount.
        Emits: account.disabled v1.
        """
        if self.id == by.account_id:
            raise OwnAccount
        if self.state is AccountState.DISABLED:
            return self, ()
        disabled = msgspec.structs.replace(
            self, state=AccountState.DISABLED, invitation=None, disabled_at=at
        )
        return disabled, (AccountDisabled(self.community_id, self.id, at),)

    def _open_invitation(self) -> Invitation:
        if self.state is not AccountState.INVITED or self.invitation is None:
            raise InvitationInvalid
        return self.invitation

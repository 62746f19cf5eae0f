"""An account: a person in one community, with roles."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from residents.domain.errors import (
    AccountNotFound,
    InvitationInvalid,
    InvitationNotOpen,
    OwnAccount,
    TooManyRoles,
)
from residents.domain.events import AccountDisabled, AccountRolesChanged, Event, HeldRole
from residents.domain.fingerprint import fingerprint, matches
from residents.domain.logins.binding import Binding, BindingWords
from residents.domain.logins.credential_reset import CredentialReset
from residents.domain.naming import checked_name
from residents.domain.roles import Actor, Role, RoleGrant

INVITATION_LIFETIME = timedelta(days=7)
MOST_ROLES = 50


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
        issue: how often it was issued again; each issue has a secret of its own.
    """

    secret_hash: str
    expires_at: datetime
    attempt: int = 0
    issue: int = 0


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What a person may do in one community.

    Staff have a username and an invitation; residents come by WeChat and have bindings.

    Attributes:
        login_id: what opens it: a LoginIdentity, or the person of a WeChatIdentity.
        username: None for who comes by WeChat.
        display_name: None once the person was erased, and for who comes by WeChat.
        created_by: the account of the secretary who made it, or None.
        wechat_person_id: the person at WeChat; None for staff.
        own_person_key: the pseudonym of who comes by WeChat, as long as nobody knows who it is.
        union_mark: the keyed hash of WeChat's unionid, which outreach makes as well.
        phone: as WeChat gave it, with the country's code if it is not China's.
        phone_mark: a keyed hash of the phone.
        binding_words: what was typed about each binding, by the binding's id.
        waiting_since: since when the oldest binding waits to be verified; None: none does.
        waiting_estates: the estates of those that wait.
        reset_reason: what the first person typed who wants the credentials reset.
        roles_told_at: as of when the others were told what its person may act as.
        roles_change_at: when a term will change that; None while none will.
    """

    id: str
    community_id: str
    login_id: str
    username: str | None
    display_name: str | None
    roles: tuple[RoleGrant, ...]
    state: AccountState
    invitation: Invitation | None
    created_at: datetime
    created_by: str | None
    disabled_at: datetime | None = None
    wechat_person_id: str | None = None
    own_person_key: str | None = None
    union_mark: str | None = None
    phone: str | None = None
    phone_mark: str | None = None
    bindings: tuple[Binding, ...] = ()
    binding_words: dict[str, BindingWords] | None = None
    waiting_since: datetime | None = None
    waiting_estates: tuple[str, ...] = ()
    credential_reset: CredentialReset | None = None
    reset_reason: str | None = None
    roles_told_at: datetime | None = None
    roles_change_at: datetime | None = None
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

    @classmethod
    def of_wechat_person(
        cls, account_id: str, *, community_id: str, wechat_person_id: str, person_key: str,
        union_mark: str | None, at: datetime,
    ) -> "Account":  # fmt: skip
        """The account of somebody who comes by WeChat: a resident of nothing yet."""
        return cls(
            id=account_id,
            community_id=community_id,
            login_id=wechat_person_id,
            username=None,
            display_name=None,
            roles=(RoleGrant(Role.RESIDENT, scope=()),),
            state=AccountState.ACTIVE,
            invitation=None,
            created_at=at,
            created_by=None,
            wechat_person_id=wechat_person_id,
            own_person_key=person_key,
            union_mark=union_mark,
        )

    @property
    def is_active(self) -> bool:
        """Whether the person may log in."""
        return self.state is AccountState.ACTIVE

    @property
    def is_staff(self) -> bool:
        """Whether it is opened by username, password and one-time code."""
        return self.wechat_person_id is None

    def leads_community(self, at: datetime) -> bool:
        """Whether its person acts at that moment as secretary of the whole community."""
        return self.is_active and any(
            grant.role is Role.SECRETARY and grant.scope is None
            for grant in self.roles_in_force(at)
        )

    def is_led_by(self, actor: Actor) -> bool:
        """Whether the actor is secretary wherever this account holds a role.

        An account with a role for the whole community, or for no estate, is led by who leads the
        whole community.
        """
        if actor.holds_for_all(Role.SECRETARY):
            return True
        scopes = [grant.scope or () for grant in self.roles]
        estates = [estate_id for scope in scopes for estate_id in scope]
        return (
            bool(scopes)
            and all(scopes)
            and all(actor.reaches(estate_id, Role.SECRETARY) for estate_id in estates)
        )

    def roles_in_force(self, at: datetime) -> tuple[RoleGrant, ...]:
        """What the person may act as at that moment."""
        return tuple(grant for grant in self.roles if grant.in_force(at))

    def tell_roles(self, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Say what the person may act as now, and remember when a term will change that.

        Emits: account.roles_changed v1.
        """
        borders = [edge for grant in self.roles for edge in (grant.since, grant.until) if edge]
        following = min((edge for edge in borders if edge > at), default=None)
        told = msgspec.structs.replace(
            self, roles_told_at=at, roles_change_at=following if self.is_active else None
        )
        return told, (told.roles_news(at),)

    def tell_due_roles(self, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Say so if a term has begun or ended since. Emits: account.roles_changed v1."""
        if self.roles_change_at is None or at < self.roles_change_at:
            return self, ()
        return self.tell_roles(at)

    def roles_news(self, at: datetime) -> AccountRolesChanged:
        """What the person may act as at that moment, for others to hear."""
        held = self.roles_in_force(at) if self.is_active else ()
        return AccountRolesChanged(
            self.community_id,
            self.id,
            tuple(HeldRole(grant.role, grant.scope) for grant in held),
            at,
        )

    def grant_role(self, grant: RoleGrant, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Give a role from a source; what the same source gave of this role before is replaced.

        Roles whose term is over are dropped on the way. The next token carries it.

        Raises: TooManyRoles.
        """
        kept = tuple(
            held
            for held in self.roles
            if not held.has_ended(at) and (held.source, held.role) != (grant.source, grant.role)
        )
        if len(kept) >= MOST_ROLES:
            raise TooManyRoles
        return msgspec.structs.replace(self, roles=(*kept, grant)), ()

    def withdraw_roles(self, source: str) -> tuple["Account", tuple[Event, ...]]:
        """Take back every role that a source gave; a token of before ends within ten minutes."""
        kept = tuple(grant for grant in self.roles if grant.source != source)
        return msgspec.structs.replace(self, roles=kept), ()

    def begin_activation(self, secret: str, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Number one more attempt to activate; it voids those before. Raises: InvitationInvalid."""
        invitation = self._open_invitation()
        if at >= invitation.expires_at or not matches(secret, invitation.secret_hash):
            raise InvitationInvalid
        begun = msgspec.structs.replace(invitation, attempt=invitation.attempt + 1)
        return msgspec.structs.replace(self, invitation=begun), ()

    def finish_activation(self, attempt: int, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Let the person in, whose credentials this attempt has set.

        Raises: InvitationInvalid. Emits: account.roles_changed v1.
        """
        if self._open_invitation().attempt != attempt:
            raise InvitationInvalid
        active = msgspec.structs.replace(self, state=AccountState.ACTIVE, invitation=None)
        return active.tell_roles(at)

    def reissue_invitation(self, secret: str, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Void the code that was handed out and make the next one. Raises: InvitationNotOpen."""
        if self.state is not AccountState.INVITED or self.invitation is None:
            raise InvitationNotOpen
        following = Invitation(
            fingerprint(secret),
            at + INVITATION_LIFETIME,
            attempt=self.invitation.attempt,
            issue=self.invitation.issue + 1,
        )
        return msgspec.structs.replace(self, invitation=following), ()

    def withdraw_invitation(self, by: Actor, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Shut an account that nobody has taken yet.

        Raises: AccountNotFound for one that the actor does not lead; InvitationNotOpen.
        Emits: account.disabled v1.
        """
        if not self.is_led_by(by):
            raise AccountNotFound
        if self.state is not AccountState.INVITED:
            raise InvitationNotOpen
        return self.disable(by, at)

    def disable(self, by: Actor, at: datetime) -> tuple["Account", tuple[Event, ...]]:
        """Shut the account for good; once is enough.

        Raises: OwnAccount; AccountNotFound for one that the actor does not lead.
        Emits: account.disabled v1, account.roles_changed v1.
        """
        if self.id == by.account_id:
            raise OwnAccount
        if not self.is_led_by(by):
            raise AccountNotFound
        if self.state is AccountState.DISABLED:
            return self, ()
        disabled = msgspec.structs.replace(
            self,
            state=AccountState.DISABLED,
            invitation=None,
            credential_reset=None,
            reset_reason=None,
            disabled_at=at,
        )
        shut = AccountDisabled(self.community_id, self.id, at)
        if not self.is_active:  # nobody was told that it may do anything
            return disabled, (shut,)
        told, news = disabled.tell_roles(at)
        return told, (shut, *news)

    def _open_invitation(self) -> Invitation:
        if self.state is not AccountState.INVITED or self.invitation is None:
            raise InvitationInvalid
        return self.invitation

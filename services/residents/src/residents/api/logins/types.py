"""Sessions, invitations and resets as the graph shows them."""

from datetime import datetime
from enum import Enum

import strawberry

from residents.api.types import Account
from residents.domain import account as accounts
from residents.domain import session


@strawberry.enum(description="What somebody works with; the token says it.")
class Client(Enum):
    """See residents.domain.session."""

    CONSOLE = strawberry.enum_value("console", description="The web console.")
    MINIPROGRAM = strawberry.enum_value("miniprogram", description="The WeChat mini-program.")
    PORTAL = strawberry.enum_value("portal", description="The merchants' portal.")
    TILL = strawberry.enum_value("till", description="A merchant's till.")


@strawberry.enum(description="What a resident logs in with.")
class ResidentClient(Enum):
    """See residents.domain.session."""

    MINIPROGRAM = strawberry.enum_value("miniprogram", description="The WeChat mini-program.")

    def in_domain(self) -> session.Client:
        """As the domain calls it."""
        return session.Client[self.name]


@strawberry.type(description="One login that stands; no address and no secret is kept with it.")
class LoginSession:
    """See residents.domain.session."""

    id: strawberry.ID = strawberry.field(description="`sid` of its tokens, for revokeSession.")
    client: Client = strawberry.field(description="What was logged in with.")
    created_at: datetime = strawberry.field(description="When it began.")
    refreshed_at: datetime = strawberry.field(description="When its tokens were last renewed.")
    expires_at: datetime = strawberry.field(description="When it ends by itself.")
    current: bool = strawberry.field(description="Whether this request comes from it.")

    @classmethod
    def of(cls, kept: session.Session, *, current_id: str) -> "LoginSession":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            client=Client[kept.client.name],
            created_at=kept.created_at,
            refreshed_at=kept.refreshed_at,
            expires_at=kept.expires_at,
            current=kept.id == current_id,
        )


@strawberry.type(description="An invitation that nobody has taken.")
class StaffInvitation:
    """See residents.domain.account. The code itself is not kept."""

    account: Account = strawberry.field(description="The account that waits.")
    expires_at: datetime | None = strawberry.field(description="Until when its code is good.")

    @classmethod
    def of(cls, kept: accounts.Account) -> "StaffInvitation":
        """As the graph shows it."""
        invitation = kept.invitation
        return cls(
            account=Account.of(kept), expires_at=invitation.expires_at if invitation else None
        )


@strawberry.type(description="A reset of somebody's password and TOTP secret under way.")
class CredentialReset:
    """See residents.domain.logins.credential_reset."""

    id: strawberry.ID = strawberry.field(description="Its id, for approveCredentialReset.")
    account: Account = strawberry.field(description="Whose credentials.")
    reason: str | None = strawberry.field(
        description="What the first person typed; null for an operator's."
    )
    requested_by: strawberry.ID = strawberry.field(description="The account of the first person.")
    requested_at: datetime = strawberry.field(
        description="When it was asked for; 24 hours later it can no longer be approved."
    )
    approved_by: strawberry.ID | None = strawberry.field(
        description="The account of the second person; null while it waits."
    )
    code_expires_at: datetime | None = strawberry.field(
        description="Until when the code is good; null while it waits."
    )

    @classmethod
    def of(cls, kept: accounts.Account) -> "CredentialReset":
        """As the graph shows it. Raises: LookupError where there is none."""
        reset = kept.credential_reset
        if reset is None:
            raise LookupError(f"{kept.id} has no reset under way")
        return cls(
            id=strawberry.ID(reset.id),
            account=Account.of(kept),
            reason=kept.reset_reason,
            requested_by=strawberry.ID(reset.requested_by),
            requested_at=reset.requested_at,
            approved_by=strawberry.ID(reset.code.approved_by) if reset.code else None,
            code_expires_at=reset.code.expires_at if reset.code else None,
        )

"""Making staff accounts, taking them, shutting them."""
# ruff: noqa: A002 - `id` and `input` are the words of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from residents.api.archive.errors import EstateNotFound
from residents.api.context import Info, actor
from residents.api.errors import (
    AccountNotFound,
    InvitationInvalid,
    NameInvalid,
    OwnAccount,
    PasswordTooWeak,
    RoleBeyondScope,
    UsernameInvalid,
    UsernameTaken,
)
from residents.api.types import Account, Role
from residents.application.create_staff_account import NewStaff
from residents.domain import roles
from residents.domain.naming import folded_username


@strawberry.input(description="Who is invited to the staff, and as what.")
class CreateStaffAccountInput:
    """See CreateStaffAccount."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    username: str = strawberry.field(
        description="What the person will log in with: of the post, not of the person."
    )
    display_name: str = strawberry.field(description="What the person is called.")
    role: Role = strawberry.field(description="CLERK, SECRETARY or AUDITOR.")
    scope: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The estates it holds for; null for the whole community."
    )


@strawberry.input(description="The invitation, and the password that the person chooses.")
class ActivateStaffAccountInput:
    """No request id: the outcome holds a secret and is never replayed."""

    invitation_code: str = strawberry.field(description="The code from the secretary.")
    password: str = strawberry.field(description="10 characters or more, not a common one.")


@strawberry.input(description="The account to shut.")
class DisableStaffAccountInput:
    """See DisableStaffAccount."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    account_id: strawberry.ID = strawberry.field(description="The account.")


@strawberry.type(description="The account waits for its person.")
class CreateStaffAccountSuccess:
    """See CreateStaffAccount."""

    account: Account = strawberry.field(description="The account.")
    invitation_code: str = strawberry.field(
        description="To be handed to the person; good once, for seven days."
    )


@strawberry.type(description="The person can log in.")
class ActivateStaffAccountSuccess:
    """See ActivateStaffAccount."""

    account: Account = strawberry.field(description="The account.")
    totp_secret: str = strawberry.field(description="For the person's device; shown once.")
    otpauth_uri: str = strawberry.field(description="The same, to be shown as a QR code.")


@strawberry.type(description="The account is shut and its sessions end.")
class DisableStaffAccountSuccess:
    """See DisableStaffAccount."""

    account: Account = strawberry.field(description="The account.")


CreateStaffAccountResult = Annotated[
    CreateStaffAccountSuccess
    | UsernameTaken
    | UsernameInvalid
    | NameInvalid
    | RoleBeyondScope
    | EstateNotFound
    | RequestIdReused,
    strawberry.union("CreateStaffAccountResult", description="What can come of an invitation."),
]
ActivateStaffAccountResult = Annotated[
    ActivateStaffAccountSuccess | InvitationInvalid | PasswordTooWeak,
    strawberry.union("ActivateStaffAccountResult", description="What can come of taking one."),
]
DisableStaffAccountResult = Annotated[
    DisableStaffAccountSuccess | AccountNotFound | OwnAccount | RequestIdReused,
    strawberry.union("DisableStaffAccountResult", description="What can come of shutting one."),
]


@strawberry.type
class StaffMutations:
    """The half of Mutation that is about staff accounts."""

    @strawberry.federation.mutation(
        description="Invite somebody to the staff.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def create_staff_account(
        self,
        info: Info,
        input: Annotated[CreateStaffAccountInput, strawberry.argument(description="Who.")],
    ) -> CreateStaffAccountResult | None:
        """See CreateStaffAccount."""
        caller = actor(info)
        scope = None if input.scope is None else tuple(str(place) for place in input.scope)
        request = info.context.request_for(
            input.request_id,
            username=folded_username(input.username),
            display_name=input.display_name,
            role=input.role.name,
            scope=scope,
        )
        new = NewStaff(
            account_id=derived_id("account", caller.account_id, input.request_id),
            login_id=derived_id("login", folded_username(input.username)),
            username=input.username,
            display_name=input.display_name,
            grant=roles.RoleGrant(roles.Role[input.role.name], scope),
        )
        residents = info.context.application.residents
        invited = await residents.create_staff_account(caller, new, request=request)
        return CreateStaffAccountSuccess(
            account=Account.of(invited.account), invitation_code=invited.invitation_code
        )

    @strawberry.mutation(description="Take an account by its invitation.")
    async def activate_staff_account(
        self,
        info: Info,
        input: Annotated[ActivateStaffAccountInput, strawberry.argument(description="With what.")],
    ) -> ActivateStaffAccountResult | None:
        """See ActivateStaffAccount."""
        activated = await info.context.application.residents.activate_staff_account(
            input.invitation_code, input.password
        )
        return ActivateStaffAccountSuccess(
            account=Account.of(activated.account),
            totp_secret=activated.totp_secret,
            otpauth_uri=activated.otpauth_uri,
        )

    @strawberry.federation.mutation(
        description="Shut a staff account for good; its sessions end.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def disable_staff_account(
        self,
        info: Info,
        input: Annotated[DisableStaffAccountInput, strawberry.argument(description="The account.")],
    ) -> DisableStaffAccountResult | None:
        """See DisableStaffAccount."""
        account_id = str(input.account_id)
        disabled = await info.context.application.residents.disable_staff_account(
            actor(info),
            account_id,
            request=info.context.request_for(input.request_id, account_id=account_id),
        )
        return DisableStaffAccountSuccess(account=Account.of(disabled))

"""Resets of credentials by two people, and changes of one's own."""
# ruff: noqa: A002 - `input` is the word of the graph

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from residents.api.context import Info, actor
from residents.api.errors import AccountLocked, AccountNotFound, LoginRefused, PasswordTooWeak
from residents.api.logins.errors import (
    AccountNotResettable,
    ReasonInvalid,
    ResetCodeInvalid,
    ResetNotFound,
    ResetOfOneself,
    SecondPersonNeeded,
    SecretaryNeeded,
)
from residents.api.logins.types import CredentialReset
from residents.api.types import Account
from residents.application.logins.prove_oneself import OwnProof

_REQUEST_ID = "The same in every repeat of this request."
_NEW_PASSWORD = "10 characters or more, not a common one."  # noqa: S105 - says what it must be


@strawberry.input(description="Whose credentials are lost, and how it is known.")
class RequestCredentialResetInput:
    """See RequestCredentialReset."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    account_id: strawberry.ID = strawberry.field(description="The account, never one's own.")
    reason: str = strawberry.field(description="1 to 200 characters, which the approver reads.")


@strawberry.input(description="The reset to approve.")
class ApproveCredentialResetInput:
    """See ApproveCredentialReset."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    account_id: strawberry.ID = strawberry.field(description="The account, never one's own.")
    reset_id: strawberry.ID = strawberry.field(description="The reset that was read.")


@strawberry.input(description="The code that was handed over, and the password chosen.")
class CompleteCredentialResetInput:
    """No request id: the outcome holds a secret and is never replayed."""

    reset_code: str = strawberry.field(description="The code from the approver.")
    password: str = strawberry.field(description=_NEW_PASSWORD)


@strawberry.input(description="What the person still knows, and the password chosen.")
class ChangePasswordInput:
    """No request id: the code of the device is good once."""

    current_password: str = strawberry.field(description="The password until now.")
    totp_code: str = strawberry.field(description="The six digits of the person's device.")
    new_password: str = strawberry.field(description=_NEW_PASSWORD)


@strawberry.input(description="What the person still knows.")
class ReplaceTotpInput:
    """No request id: the outcome holds a secret and is never replayed."""

    current_password: str = strawberry.field(description="The password.")
    totp_code: str = strawberry.field(description="The six digits of the device until now.")


@strawberry.type(description="The reset waits for a second person, for 24 hours.")
class RequestCredentialResetSuccess:
    """See RequestCredentialReset."""

    reset: CredentialReset | None = strawberry.field(
        description="The reset; null once it was done."
    )


@strawberry.type(description="The reset is approved.")
class ApproveCredentialResetSuccess:
    """See ApproveCredentialReset."""

    reset_code: str = strawberry.field(
        description="To be handed to the person; good once, for 24 hours."
    )
    expires_at: datetime = strawberry.field(description="Until when the code is good.")


@strawberry.type(description="The new credentials count, and every session has ended.")
class CompleteCredentialResetSuccess:
    """See CompleteCredentialReset."""

    account: Account = strawberry.field(description="The account.")
    totp_secret: str = strawberry.field(description="For the person's device; shown once.")
    otpauth_uri: str = strawberry.field(description="The same, to be shown as a QR code.")


@strawberry.type(description="The new password counts; every other session has ended.")
class ChangePasswordSuccess:
    """See ChangePassword."""

    account: Account = strawberry.field(description="The account.")


@strawberry.type(description="The new device counts; every other session has ended.")
class ReplaceTotpSuccess:
    """See ReplaceTotp."""

    totp_secret: str = strawberry.field(description="For the new device; shown once.")
    otpauth_uri: str = strawberry.field(description="The same, to be shown as a QR code.")


RequestCredentialResetResult = Annotated[
    RequestCredentialResetSuccess
    | AccountNotFound
    | ResetOfOneself
    | AccountNotResettable
    | ReasonInvalid
    | RequestIdReused,
    strawberry.union("RequestCredentialResetResult", description="What can come of asking."),
]
ApproveCredentialResetResult = Annotated[
    ApproveCredentialResetSuccess
    | AccountNotFound
    | ResetNotFound
    | ResetOfOneself
    | SecondPersonNeeded
    | SecretaryNeeded
    | AccountNotResettable
    | RequestIdReused,
    strawberry.union("ApproveCredentialResetResult", description="What can come of approving."),
]
CompleteCredentialResetResult = Annotated[
    CompleteCredentialResetSuccess | ResetCodeInvalid | PasswordTooWeak,
    strawberry.union("CompleteCredentialResetResult", description="What can come of the code."),
]
ChangePasswordResult = Annotated[
    ChangePasswordSuccess | LoginRefused | AccountLocked | PasswordTooWeak,
    strawberry.union("ChangePasswordResult", description="What can come of changing it."),
]
ReplaceTotpResult = Annotated[
    ReplaceTotpSuccess | LoginRefused | AccountLocked,
    strawberry.union("ReplaceTotpResult", description="What can come of another device."),
]


@strawberry.type
class ResetMutations:
    """The part of Mutation that is about passwords and devices."""

    @strawberry.federation.mutation(
        description="Ask that somebody's lost credentials be reset; a second person approves it.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def request_credential_reset(
        self,
        info: Info,
        input: Annotated[RequestCredentialResetInput, strawberry.argument(description="Whose.")],
    ) -> RequestCredentialResetResult | None:
        """See RequestCredentialReset."""
        caller, account_id = actor(info), str(input.account_id)
        account = await info.context.application.logins.request_credential_reset(
            caller,
            account_id,
            derived_id("reset", caller.account_id, input.request_id),
            input.reason,
            request=info.context.request_for(
                input.request_id, account_id=account_id, reason=input.reason
            ),
        )
        return RequestCredentialResetSuccess(
            reset=CredentialReset.of(account) if account.credential_reset else None
        )

    @strawberry.federation.mutation(
        description="Approve a reset that another asked for, and get the code to hand over.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def approve_credential_reset(
        self,
        info: Info,
        input: Annotated[ApproveCredentialResetInput, strawberry.argument(description="Which.")],
    ) -> ApproveCredentialResetResult | None:
        """See ApproveCredentialReset."""
        account_id, reset_id = str(input.account_id), str(input.reset_id)
        approved = await info.context.application.logins.approve_credential_reset(
            actor(info),
            account_id,
            reset_id,
            request=info.context.request_for(
                input.request_id, account_id=account_id, reset_id=reset_id
            ),
        )
        return ApproveCredentialResetSuccess(
            reset_code=approved.reset_code, expires_at=approved.code.expires_at
        )

    @strawberry.mutation(description="Set a new password and device by a reset code.")
    async def complete_credential_reset(
        self,
        info: Info,
        input: Annotated[
            CompleteCredentialResetInput, strawberry.argument(description="With what.")
        ],
    ) -> CompleteCredentialResetResult | None:
        """See CompleteCredentialReset."""
        completed = await info.context.application.logins.complete_credential_reset(
            input.reset_code, input.password
        )
        return CompleteCredentialResetSuccess(
            account=Account.of(completed.account),
            totp_secret=completed.totp_secret,
            otpauth_uri=completed.otpauth_uri,
        )

    @strawberry.federation.mutation(
        description="Change one's own password; every other session ends.",
        authenticated=True,
        requires_scopes=scopes_for("auditor", "clerk", "secretary"),
    )
    async def change_password(
        self,
        info: Info,
        input: Annotated[ChangePasswordInput, strawberry.argument(description="The passwords.")],
    ) -> ChangePasswordResult | None:
        """See ChangePassword."""
        account = await info.context.application.logins.change_password(
            actor(info), OwnProof(input.current_password, input.totp_code), input.new_password
        )
        return ChangePasswordSuccess(account=Account.of(account))

    @strawberry.federation.mutation(
        description="Get the secret for another device; the codes of the old one are void.",
        authenticated=True,
        requires_scopes=scopes_for("auditor", "clerk", "secretary"),
    )
    async def replace_totp(
        self,
        info: Info,
        input: Annotated[ReplaceTotpInput, strawberry.argument(description="The proof.")],
    ) -> ReplaceTotpResult | None:
        """See ReplaceTotp."""
        replaced = await info.context.application.logins.replace_totp(
            actor(info), OwnProof(input.current_password, input.totp_code)
        )
        return ReplaceTotpSuccess(
            totp_secret=replaced.totp_secret, otpauth_uri=replaced.otpauth_uri
        )

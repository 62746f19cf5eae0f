"""Invitations issued again or withdrawn, and all other sessions ended."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused

from residents.api.context import Info, actor
from residents.api.errors import AccountNotFound, InvitationNotOpen, UsernameTaken
from residents.api.types import Account

_REQUEST_ID = "The same in every repeat of this request."


@strawberry.input(description="The account that waits for its person.")
class ReissueInvitationInput:
    """See ReissueInvitation."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    account_id: strawberry.ID = strawberry.field(description="The account.")


@strawberry.input(description="The account that waits for its person.")
class WithdrawInvitationInput:
    """See WithdrawInvitation."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    account_id: strawberry.ID = strawberry.field(description="The account.")


@strawberry.input(description="Which attempt this is.")
class RevokeOtherSessionsInput:
    """The session that stays is the one of the token."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)


@strawberry.type(description="The code of before is void.")
class ReissueInvitationSuccess:
    """See ReissueInvitation."""

    account: Account = strawberry.field(description="The account.")
    invitation_code: str = strawberry.field(
        description="To be handed to the person; good once, for seven days."
    )


@strawberry.type(description="The account is shut, and its username free.")
class WithdrawInvitationSuccess:
    """See WithdrawInvitation."""

    account: Account = strawberry.field(description="The account.")


@strawberry.type(description="Only this session is left.")
class RevokeOtherSessionsSuccess:
    """See RevokeOtherSessions."""

    revoked: int = strawberry.field(description="How many this request found and ended.")


ReissueInvitationResult = Annotated[
    ReissueInvitationSuccess
    | AccountNotFound
    | InvitationNotOpen
    | UsernameTaken
    | RequestIdReused,
    strawberry.union("ReissueInvitationResult", description="What can come of a new code."),
]
WithdrawInvitationResult = Annotated[
    WithdrawInvitationSuccess | AccountNotFound | InvitationNotOpen | RequestIdReused,
    strawberry.union("WithdrawInvitationResult", description="What can come of withdrawing one."),
]
RevokeOtherSessionsResult = Annotated[
    RevokeOtherSessionsSuccess | RequestIdReused,
    strawberry.union("RevokeOtherSessionsResult", description="What can come of ending them."),
]


@strawberry.type
class InvitationMutations:
    """The part of Mutation that is about invitations and other sessions."""

    @strawberry.federation.mutation(
        description="Make another code for an account that nobody has taken.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def reissue_invitation(
        self,
        info: Info,
        input: Annotated[ReissueInvitationInput, strawberry.argument(description="Whose.")],
    ) -> ReissueInvitationResult | None:
        """See ReissueInvitation."""
        account_id = str(input.account_id)
        invited = await info.context.application.logins.reissue_invitation(
            actor(info),
            account_id,
            request=info.context.request_for(input.request_id, reissue_invitation=account_id),
        )
        return ReissueInvitationSuccess(
            account=Account.of(invited.account), invitation_code=invited.invitation_code
        )

    @strawberry.federation.mutation(
        description="Take back an invitation that nobody has taken.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def withdraw_invitation(
        self,
        info: Info,
        input: Annotated[WithdrawInvitationInput, strawberry.argument(description="Whose.")],
    ) -> WithdrawInvitationResult | None:
        """See WithdrawInvitation."""
        account_id = str(input.account_id)
        account = await info.context.application.logins.withdraw_invitation(
            actor(info),
            account_id,
            request=info.context.request_for(input.request_id, withdraw_invitation=account_id),
        )
        return WithdrawInvitationSuccess(account=Account.of(account))

    @strawberry.federation.mutation(
        description="End all of one's own sessions but this one.", authenticated=True
    )
    async def revoke_other_sessions(
        self,
        info: Info,
        input: Annotated[RevokeOtherSessionsInput, strawberry.argument(description="The attempt.")],
    ) -> RevokeOtherSessionsResult | None:
        """See RevokeOtherSessions."""
        revoked = await info.context.application.logins.revoke_other_sessions(
            actor(info), request=info.context.request_for(input.request_id, other_sessions=True)
        )
        return RevokeOtherSessionsSuccess(revoked=revoked)

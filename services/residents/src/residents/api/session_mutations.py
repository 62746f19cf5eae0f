"""Logging in, staying in, logging out."""
# ruff: noqa: A002 - `id` and `input` are the words of the graph

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id, new_id

from residents.api.context import Edge, Info, actor
from residents.api.errors import AccountLocked, LoginRefused, SessionEnded, SessionNotFound
from residents.api.types import Account, StaffClient
from residents.application.attempt_limits import Attempt
from residents.application.log_in_staff import LoginProof
from residents.domain.naming import folded_username

_UNKNOWN_ADDRESS = "unknown"  # where the server does not know: all of those share one limit


@strawberry.input(description="What a member of staff types in.")
class LogInStaffInput:
    """No request id: a login is never replayed."""

    username: str = strawberry.field(description="The username, in any case.")
    password: str = strawberry.field(description="The password.")
    totp_code: str = strawberry.field(description="The six digits of the person's device.")
    client: StaffClient = strawberry.field(description="What the person works with.")


@strawberry.input(description="The token to go on with.")
class RefreshSessionInput:
    """No request id: a refresh is never replayed."""

    refresh_token: str = strawberry.field(description="The last refresh token; good once.")


@strawberry.input(description="Which attempt this is.")
class LogOutInput:
    """The session is the one of the token."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )


@strawberry.input(description="The session to end.")
class RevokeSessionInput:
    """One's own, or as secretary anybody's in the community."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    session_id: strawberry.ID = strawberry.field(description="The session, `sid` of its tokens.")


@strawberry.type(description="The person is in.")
class LogInStaffSuccess:
    """See residents.application.token_pair."""

    access_token: str = strawberry.field(description="For the Authorization header: Bearer ….")
    refresh_token: str = strawberry.field(description="For the next access token; good once.")
    expires_at: datetime = strawberry.field(description="When the access token expires.")
    account: Account = strawberry.field(description="Whose it is.")


@strawberry.type(description="The session goes on.")
class RefreshSessionSuccess:
    """See residents.application.token_pair."""

    access_token: str = strawberry.field(description="For the Authorization header: Bearer ….")
    refresh_token: str = strawberry.field(description="For the next access token; good once.")
    expires_at: datetime = strawberry.field(description="When the access token expires.")
    account: Account = strawberry.field(description="Whose it is.")


@strawberry.type(description="The session has ended.")
class LogOutSuccess:
    """Its tokens are refused everywhere within five seconds."""

    session_id: strawberry.ID = strawberry.field(description="The session.")
    revoked_at: datetime | None = strawberry.field(description="When it ended.")


@strawberry.type(description="The session has ended.")
class RevokeSessionSuccess:
    """Its tokens are refused everywhere within five seconds."""

    session_id: strawberry.ID = strawberry.field(description="The session.")
    revoked_at: datetime | None = strawberry.field(description="When it ended.")


LogInStaffResult = Annotated[
    LogInStaffSuccess | LoginRefused | AccountLocked,
    strawberry.union("LogInStaffResult", description="What can come of logging in."),
]
RefreshSessionResult = Annotated[
    RefreshSessionSuccess | SessionEnded,
    strawberry.union("RefreshSessionResult", description="What can come of refreshing."),
]
LogOutResult = Annotated[
    LogOutSuccess | SessionNotFound | RequestIdReused,
    strawberry.union("LogOutResult", description="What can come of logging out."),
]
RevokeSessionResult = Annotated[
    RevokeSessionSuccess | SessionNotFound | RequestIdReused,
    strawberry.union("RevokeSessionResult", description="What can come of ending a session."),
]


@strawberry.type
class SessionMutations:
    """The half of Mutation that is about sessions."""

    @strawberry.mutation(description="Log in with username, password and one-time code.")
    async def log_in_staff(
        self,
        info: Info,
        input: Annotated[LogInStaffInput, strawberry.argument(description="What was typed in.")],
    ) -> LogInStaffResult | None:
        """See LogInStaff."""
        edge = info.context.application
        username = folded_username(input.username)
        logged_in = await edge.residents.log_in_staff(
            LoginProof(derived_id("login", username), input.password, input.totp_code),
            attempt=_attempt(edge, username, info.context.client_address),
            client=input.client.in_domain(),
            session_id=new_id("session"),
        )
        return LogInStaffSuccess(
            access_token=logged_in.access_token,
            refresh_token=logged_in.refresh_token,
            expires_at=logged_in.expires_at,
            account=Account.of(logged_in.account),
        )

    @strawberry.mutation(description="Exchange a refresh token for new tokens.")
    async def refresh_session(
        self,
        info: Info,
        input: Annotated[RefreshSessionInput, strawberry.argument(description="The token.")],
    ) -> RefreshSessionResult | None:
        """See RefreshSession."""
        refreshed = await info.context.application.residents.refresh_session(input.refresh_token)
        return RefreshSessionSuccess(
            access_token=refreshed.access_token,
            refresh_token=refreshed.refresh_token,
            expires_at=refreshed.expires_at,
            account=Account.of(refreshed.account),
        )

    @strawberry.federation.mutation(
        description="End the session that this request comes from.", authenticated=True
    )
    async def log_out(
        self,
        info: Info,
        input: Annotated[LogOutInput, strawberry.argument(description="The attempt.")],
    ) -> LogOutResult | None:
        """See LogOut."""
        ended = await info.context.application.residents.log_out(
            actor(info), request=info.context.request_for(input.request_id, log_out=True)
        )
        return LogOutSuccess(session_id=strawberry.ID(ended.id), revoked_at=ended.revoked_at)

    @strawberry.federation.mutation(
        description="End a session: one's own, or as secretary anybody's in the community.",
        authenticated=True,
    )
    async def revoke_session(
        self,
        info: Info,
        input: Annotated[RevokeSessionInput, strawberry.argument(description="The session.")],
    ) -> RevokeSessionResult | None:
        """See RevokeSession."""
        session_id = str(input.session_id)
        ended = await info.context.application.residents.revoke_session(
            actor(info),
            session_id,
            request=info.context.request_for(input.request_id, session_id=session_id),
        )
        return RevokeSessionSuccess(session_id=strawberry.ID(ended.id), revoked_at=ended.revoked_at)


def _attempt(edge: Edge, username: str, address: str | None) -> Attempt:
    place = address or _UNKNOWN_ADDRESS
    return Attempt(
        username_key=derived_id("attempts", edge.keyed_hash("login.username", username)),
        address_key=derived_id("attempts", edge.keyed_hash("login.address", place)),
    )

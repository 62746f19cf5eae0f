"""What can be asked about bindings, sessions, invitations and resets."""

from datetime import datetime
from functools import partial
from typing import Annotated

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    checked_first,
    connection_of,
    decode_cursor,
)
from chassis.graphql import scopes_for

from residents.api.context import Info, actor
from residents.api.logins.binding_types import BindingToVerify
from residents.api.logins.types import CredentialReset, LoginSession, StaffInvitation
from residents.api.paging import After, First, cursor_of_another_list, place_by_moment
from residents.application.logins.waiting_bindings import Place


@strawberry.type
class LoginQueries:
    """The part of Query that is about logins."""

    @strawberry.federation.field(
        description="The bindings that wait, who waits longest first; a steward sees those of "
        "their estates.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary", "steward"),
    )
    async def bindings_to_verify(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[BindingToVerify] | None:
        """See ListWaitingBindings."""
        page = await info.context.application.logins.bindings_to_verify(
            actor(info), first=checked_first(first), after=_waiting_place(after)
        )
        return connection_of(page, BindingToVerify.of, after=after)

    @strawberry.federation.field(
        description="Where the caller is logged in, the newest first.", authenticated=True
    )
    async def my_sessions(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[LoginSession] | None:
        """See ListSessions.own."""
        caller = actor(info)
        page = await info.context.application.logins.sessions.own(
            caller, first=checked_first(first), after=place_by_moment(after)
        )
        shown = partial(LoginSession.of, current_id=caller.session_id)
        return connection_of(page, shown, after=after)

    @strawberry.federation.field(
        description="Where somebody of the community is logged in, the newest first; null for an "
        "unknown account.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def sessions_of(
        self,
        info: Info,
        account_id: Annotated[strawberry.ID, strawberry.argument(description="The account.")],
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[LoginSession] | None:
        """See ListSessions.of_account."""
        caller = actor(info)
        page = await info.context.application.logins.sessions.of_account(
            caller, str(account_id), first=checked_first(first), after=place_by_moment(after)
        )
        shown = partial(LoginSession.of, current_id=caller.session_id)
        return connection_of(page, shown, after=after) if page else None

    @strawberry.federation.field(
        description="The invitations that nobody has taken, the newest first.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def staff_invitations(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[StaffInvitation] | None:
        """See ListStaffInvitations."""
        page = await info.context.application.logins.staff_invitations(
            actor(info), first=checked_first(first), after=place_by_moment(after)
        )
        return connection_of(page, StaffInvitation.of, after=after)

    @strawberry.federation.field(
        description="The resets under way, the newest first.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def credential_resets(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[CredentialReset] | None:
        """See ListCredentialResets."""
        page = await info.context.application.logins.credential_resets(
            actor(info), first=checked_first(first), after=place_by_moment(after)
        )
        return connection_of(page, CredentialReset.of, after=after)


def _waiting_place(after: str | None) -> Place | None:
    match decode_cursor(after):
        case None:
            return None
        case (datetime() as since, str() as account_id, datetime() as at, str() as binding_id):
            return since, account_id, at, binding_id
    raise cursor_of_another_list()

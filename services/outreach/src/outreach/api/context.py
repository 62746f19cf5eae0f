"""What every resolver is handed, and who acts through it."""

from datetime import datetime

import strawberry
from chassis.connections import Cursor, decode_cursor
from chassis.errors import BadUserInput
from chassis.graphql_context import Context

from outreach.application.outreach import Outreach
from outreach.domain.permissions import Actor

Info = strawberry.Info[Context[Outreach], None]


def actor_of(context: Context[Outreach]) -> Actor:
    """The person behind a request. Raises: Unauthenticated."""
    principal = context.require_principal()
    return Actor(
        account_id=principal.account_id,
        community_id=principal.community_id,
        roles=frozenset(role.role for role in principal.roles),
    )


def place_after(cursor: str | None) -> Cursor | None:
    """Where a list goes on: a time and an id. Raises: BadUserInput."""
    place = decode_cursor(cursor)
    match place:
        case None | (datetime(), str()):
            return place
    raise BadUserInput("分页游标无效，请从第一页重新查询。")

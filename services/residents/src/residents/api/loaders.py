"""What is read many at once."""

from collections.abc import Sequence

from chassis.errors import Forbidden
from chassis.graphql_context import Context, Loader

from residents.api.context import Edge, actor_of
from residents.domain import account, community


async def _accounts(
    context: Context[Edge], ids: Sequence[str]
) -> Sequence[account.Account | Forbidden | None]:
    """Forbidden in an id's place is raised to whoever waits for that id."""
    actor = actor_of(context.require_principal())
    return await context.application.residents.queries.accounts_by_id(actor, ids)


async def _communities(
    context: Context[Edge], ids: Sequence[str]
) -> Sequence[community.Community | None]:
    actor = actor_of(context.require_principal())
    return await context.application.residents.queries.communities_by_id(actor, ids)


accounts: Loader[Edge, str, account.Account | None] = Loader(_accounts)
communities: Loader[Edge, str, community.Community | None] = Loader(_communities)

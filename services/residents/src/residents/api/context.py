"""What a resolver has at hand, and who asks as the domain knows them."""

from collections.abc import Callable
from dataclasses import dataclass

import strawberry
from chassis.graphql_context import Context
from chassis.identity import Principal

from residents.application.archive.archive import Archive
from residents.application.imports.imports import Imports
from residents.application.logins.logins import LoginsRoom
from residents.application.merchants.merchant_clients import MerchantClientsRoom
from residents.application.owners.owners import OwnersRoom
from residents.application.privacy.privacy import Privacy
from residents.application.residents import Residents
from residents.application.teams.teams import TeamsRoom
from residents.domain.roles import Actor, Role, RoleGrant

_ROLES = {role.value: role for role in Role}


@dataclass(frozen=True)
class Edge:
    """The use cases, and a keyed hash for what must not be kept as it came (kind, value)."""

    residents: Residents
    archive: Archive
    imports: Imports
    owners: OwnersRoom
    logins: LoginsRoom
    teams: TeamsRoom
    merchants: MerchantClientsRoom
    privacy: Privacy
    keyed_hash: Callable[[str, str], str]


Info = strawberry.Info[Context[Edge], None]


def actor_of(principal: Principal) -> Actor:
    """The caller as an actor; a role that this version does not know gives nothing."""
    grants = [
        RoleGrant(_ROLES[held.role], held.scope) for held in principal.roles if held.role in _ROLES
    ]
    return Actor(principal.account_id, principal.community_id, principal.session_id, tuple(grants))


def actor(info: Info) -> Actor:
    """Who asks. Raises: Unauthenticated."""
    return actor_of(info.context.require_principal())

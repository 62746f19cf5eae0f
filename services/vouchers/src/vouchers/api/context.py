"""What a resolver has at hand, and who asks as the domain knows them."""

from dataclasses import dataclass

import strawberry
from chassis.graphql_context import Context
from chassis.identity import Principal

from vouchers.application.campaigns.campaigns import CampaignsRoom
from vouchers.application.cards.cards import Cards
from vouchers.application.ledger.ledger import Ledger
from vouchers.application.merchants.merchants import MerchantsRoom
from vouchers.application.till.till import Till
from vouchers.domain.actors import Actor, Role, RoleGrant

_ROLES = {role.value: role for role in Role}


@dataclass(frozen=True)
class Edge:
    """The use cases, a facade a room."""

    merchants: MerchantsRoom
    campaigns: CampaignsRoom
    cards: Cards
    till: Till
    ledger: Ledger


Info = strawberry.Info[Context[Edge], None]


def actor_of(principal: Principal) -> Actor:
    """The caller as an actor; a role that this version does not know gives nothing."""
    grants = [
        RoleGrant(_ROLES[held.role], held.scope) for held in principal.roles if held.role in _ROLES
    ]
    return Actor(principal.account_id, principal.community_id, tuple(grants))


def actor(info: Info) -> Actor:
    """Who asks. Raises: Unauthenticated."""
    return actor_of(info.context.require_principal())

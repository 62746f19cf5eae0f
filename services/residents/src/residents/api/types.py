"""The types of the graph that this service owns."""
# ruff: noqa: A002 - `id` and `input` are the words of the graph

from datetime import date, datetime
from enum import Enum

import strawberry

from residents.api import loaders
from residents.api.archive.population import PopulationOfCommunity
from residents.api.context import Info
from residents.api.logins.binding_types import Binding, bindings_of
from residents.api.owners.community_fields import OwnershipOfCommunity
from residents.domain import account, community, roles, session
from residents.domain.archive.masking import masked_phone


@strawberry.enum(description="What somebody is in a community.")
class Role(Enum):
    """See residents.domain.roles."""

    RESIDENT = strawberry.enum_value("resident", description="Lives here.")
    STEWARD = strawberry.enum_value("steward", description="Red steward or volunteer.")
    PARTNER = strawberry.enum_value("partner", description="Property firm or outside party.")
    CLERK = strawberry.enum_value("clerk", description="Works in the community's office.")
    SECRETARY = strawberry.enum_value("secretary", description="Leads the community's office.")
    MERCHANT = strawberry.enum_value("merchant", description="Has a shop here.")
    AUDITOR = strawberry.enum_value("auditor", description="Reads the books.")


@strawberry.enum(description="Whether an account may be used.")
class AccountState(Enum):
    """See residents.domain.account."""

    INVITED = strawberry.enum_value("invited", description="Its person has not come yet.")
    ACTIVE = strawberry.enum_value("active", description="Its person may log in.")
    DISABLED = strawberry.enum_value("disabled", description="Shut for good.")


@strawberry.enum(description="What a member of staff works with; the token says it.")
class StaffClient(Enum):
    """See residents.domain.session."""

    CONSOLE = strawberry.enum_value("console", description="The web console.")
    MINIPROGRAM = strawberry.enum_value("miniprogram", description="The WeChat mini-program.")
    PORTAL = strawberry.enum_value("portal", description="The merchants' portal.")

    def in_domain(self) -> session.Client:
        """As the domain calls it."""
        return session.Client[self.name]


@strawberry.type(description="A role, and the part of the community that it holds for.")
class RoleGrant:
    """See residents.domain.roles."""

    role: Role = strawberry.field(description="The role.")
    scope: list[strawberry.ID] | None = strawberry.field(
        description="The estates that it holds for; null for the whole community."
    )
    since: datetime | None = strawberry.field(
        description="Before that it does not hold; null for one that always did."
    )
    until: datetime | None = strawberry.field(
        description="From then on it no longer holds; null for one without a term."
    )

    @classmethod
    def of(cls, grant: roles.RoleGrant) -> "RoleGrant":
        """As the graph shows it."""
        scope = None if grant.scope is None else [strawberry.ID(place) for place in grant.scope]
        return cls(role=Role[grant.role.name], scope=scope, since=grant.since, until=grant.until)


@strawberry.federation.type(keys=["id"], description="A person's account in one community.")
class Account:
    """See residents.domain.account. Only staff and the person themselves can read one."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    display_name: str | None = strawberry.field(
        description="What a member of staff is called; null for others and once they were erased."
    )
    roles: list[RoleGrant] = strawberry.field(description="What the person may act as.")
    state: AccountState = strawberry.field(description="Whether it may be used.")
    username: str | None = strawberry.field(
        description="What the person logs in with; null for who comes by WeChat."
    )
    created_at: datetime = strawberry.field(description="When it was made.")
    masked_phone: str | None = strawberry.field(
        description="The phone that WeChat vouches for, masked, if the person gave it."
    )
    bindings: list[Binding] = strawberry.field(
        description="Where the person lives, as they say and as was verified, the newest first."
    )

    @classmethod
    def of(cls, kept: account.Account) -> "Account":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            display_name=kept.display_name,
            roles=[RoleGrant.of(grant) for grant in kept.roles],
            state=AccountState[kept.state.name],
            username=kept.username,
            created_at=kept.created_at,
            masked_phone=masked_phone(kept.phone) if kept.phone else None,
            bindings=bindings_of(kept),
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Account | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.accounts, str(id))
        return cls.of(found) if found else None


@strawberry.federation.type(keys=["id"], description="A community of estates and people.")
class Community(PopulationOfCommunity, OwnershipOfCommunity):
    """See residents.domain.community; other services add their figures.

    Nothing but the id is non-null: with this service away the others' figures still stand.
    """

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str | None = strawberry.field(description="What it is called.")
    founded_on: date | None = strawberry.field(description="The day it was founded, if known.")
    created_at: datetime | None = strawberry.field(description="When it came to Linli.")

    @classmethod
    def of(cls, kept: community.Community) -> "Community":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            name=kept.name,
            founded_on=kept.founded_on,
            created_at=kept.created_at,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Community | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.communities, str(id))
        return cls.of(found) if found else None

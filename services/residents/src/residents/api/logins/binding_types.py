"""Bindings as the graph shows them."""

from datetime import datetime
from enum import Enum

import strawberry

from residents.api.archive import loaders
from residents.api.archive.types import Household, Resident
from residents.api.context import Info
from residents.application.logins import waiting_bindings
from residents.domain.account import Account
from residents.domain.archive.masking import masked_name, masked_phone
from residents.domain.logins import binding


@strawberry.enum(description="How far a binding is.")
class BindingState(Enum):
    """See residents.domain.logins.binding."""

    REQUESTED = strawberry.enum_value("requested", description="Waits for somebody to verify it.")
    VERIFIED = strawberry.enum_value("verified", description="Stands.")
    REFUSED = strawberry.enum_value("refused", description="Was not so; the reason says why.")
    REVOKED = strawberry.enum_value("revoked", description="Has ended.")


@strawberry.enum(description="What somebody says they are in a household.")
class HouseholdRelation(Enum):
    """See residents.domain.logins.binding."""

    OWNER = strawberry.enum_value("owner", description="Owns it.")
    FAMILY = strawberry.enum_value("family", description="Lives there with family.")
    TENANT = strawberry.enum_value("tenant", description="Rents it.")
    OTHER = strawberry.enum_value("other", description="Something else.")

    def in_domain(self) -> binding.HouseholdRelation:
        """As the domain calls it."""
        return binding.HouseholdRelation[self.name]


@strawberry.type(description="That the person of an account lives in a household.")
class Binding:
    """See residents.domain.logins.binding."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    state: BindingState = strawberry.field(description="How far it is.")
    relation: HouseholdRelation = strawberry.field(description="What the person says they are.")
    claimed_name: str | None = strawberry.field(
        description="The name that was given, masked; null once the person was erased."
    )
    household_id: strawberry.ID = strawberry.field(description="The household.")
    resident_id: strawberry.ID | None = strawberry.field(
        description="Who of the archive it is; null until it is verified."
    )
    requested_at: datetime = strawberry.field(description="When it was asked for.")
    verified_at: datetime | None = strawberry.field(description="When it was verified.")
    decided_at: datetime | None = strawberry.field(
        description="When it was verified, refused or revoked."
    )
    reason: str | None = strawberry.field(description="Why it was refused or revoked.")

    @strawberry.field(description="The household; to a resident only once the binding is verified.")
    async def household(self, info: Info) -> Household | None:
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.households, str(self.household_id))
        return Household.of(found) if found else None

    @strawberry.field(description="Who of the archive it is, masked, while the binding stands.")
    async def resident(self, info: Info) -> Resident | None:
        """By the same rule as a direct read."""
        if self.resident_id is None:
            return None
        found = await info.context.load(loaders.residents_by_id, str(self.resident_id))
        return Resident.of(found) if found else None

    @classmethod
    def of(cls, account: Account, kept: binding.Binding) -> "Binding":
        """As the graph shows it."""
        words = (account.binding_words or {}).get(kept.id)
        return cls(
            id=strawberry.ID(kept.id),
            state=BindingState[kept.state.name],
            relation=HouseholdRelation[kept.relation.name],
            claimed_name=masked_name(words.name) if words else None,
            household_id=strawberry.ID(kept.place.household_id),
            resident_id=strawberry.ID(kept.resident.resident_id) if kept.resident else None,
            requested_at=kept.requested_at,
            verified_at=kept.verified_at,
            decided_at=kept.decided_at,
            reason=words.reason if words else None,
        )


def bindings_of(account: Account) -> list[Binding]:
    """All of an account, the newest first."""
    newest_first = sorted(account.bindings, key=lambda each: each.requested_at, reverse=True)
    return [Binding.of(account, each) for each in newest_first]


@strawberry.type(description="Somebody of the household, masked, beside what the person gave.")
class BindingCandidate:
    """See residents.application.logins.waiting_bindings."""

    resident_id: strawberry.ID = strawberry.field(description="The resident, for verifyBinding.")
    masked_name: str | None = strawberry.field(description="As 马*; null once erased.")
    masked_phone: str | None = strawberry.field(description="As 173****6812, if one is known.")
    birth_year: int | None = strawberry.field(description="The year of birth, if it is known.")
    name_matches: bool = strawberry.field(description="Whether the name given is the same.")
    phone_matches: bool | None = strawberry.field(
        description="Whether the phone is the same; null where either has none."
    )

    @classmethod
    def of(cls, candidate: waiting_bindings.Candidate) -> "BindingCandidate":
        """As the graph shows it."""
        member = candidate.member
        return cls(
            resident_id=strawberry.ID(member.resident_id),
            masked_name=member.masked_name,
            masked_phone=member.masked_phone,
            birth_year=member.birth_year,
            name_matches=candidate.name_matches,
            phone_matches=candidate.phone_matches,
        )


@strawberry.type(description="A binding that waits, and who of the household it could be.")
class BindingToVerify:
    """See residents.application.logins.waiting_bindings."""

    binding: Binding = strawberry.field(description="What the person says.")
    account_id: strawberry.ID = strawberry.field(description="Whose it is.")
    masked_phone: str | None = strawberry.field(
        description="The phone that WeChat vouches for, masked, if the person gave it."
    )
    candidates: list[BindingCandidate] = strawberry.field(
        description="Who is known to live there; nobody for an empty home."
    )

    @classmethod
    def of(cls, waiting: waiting_bindings.WaitingBinding) -> "BindingToVerify":
        """As the graph shows it."""
        phone = waiting.account.phone
        return cls(
            binding=Binding.of(waiting.account, waiting.binding),
            account_id=strawberry.ID(waiting.account.id),
            masked_phone=masked_phone(phone) if phone else None,
            candidates=[BindingCandidate.of(each) for each in waiting.candidates],
        )

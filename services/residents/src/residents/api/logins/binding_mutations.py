"""Bindings: asked for, verified, refused, revoked."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.errors import BadUserInput
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from residents.api.archive.errors import HouseholdNotFound, ResidentNotFound
from residents.api.context import Info, actor
from residents.api.errors import NameInvalid
from residents.api.logins.binding_types import Binding, HouseholdRelation
from residents.api.logins.errors import (
    BindingDecided,
    BindingExists,
    BindingNotFound,
    ConsentRequired,
    ReasonInvalid,
    ResidentAlreadyClaimed,
    ResidentOfAnotherHousehold,
    TooManyBindings,
    VerifyingOneself,
)
from residents.application.logins.request_binding import WantedBinding
from residents.domain.account import Account
from residents.domain.logins.binding_rules import binding_of

_REQUEST_ID = "The same in every repeat of this request."


@strawberry.input(description="Where somebody lives, as they say.")
class RequestBindingInput:
    """See RequestBinding."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    household_id: strawberry.ID = strawberry.field(description="The household.")
    name: str = strawberry.field(description="The person's name; shown masked to who verifies.")
    relation: HouseholdRelation = strawberry.field(description="What the person is there.")


@strawberry.input(description="Who of the archive the person is: residentId, or asNewResident.")
class VerifyBindingInput:
    """See VerifyBinding."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    binding_id: strawberry.ID = strawberry.field(description="The binding.")
    resident_id: strawberry.ID | None = strawberry.field(
        default=None, description="A resident of the household."
    )
    as_new_resident: bool = strawberry.field(
        default=False, description="True for somebody whom the archive does not have yet."
    )


@strawberry.input(description="Which binding is not so, and why.")
class RefuseBindingInput:
    """See RefuseBinding."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    binding_id: strawberry.ID = strawberry.field(description="The binding.")
    reason: str = strawberry.field(description="1 to 200 characters, which the person reads.")


@strawberry.input(description="Which binding ends, and why.")
class RevokeBindingInput:
    """See RevokeBinding."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    binding_id: strawberry.ID = strawberry.field(description="The binding.")
    reason: str = strawberry.field(description="1 to 200 characters.")


@strawberry.type(description="The binding waits for somebody to verify it.")
class RequestBindingSuccess:
    """See RequestBinding."""

    binding: Binding = strawberry.field(description="The binding.")


@strawberry.type(description="The binding stands; the person's next token is for the estate.")
class VerifyBindingSuccess:
    """See VerifyBinding."""

    binding: Binding = strawberry.field(description="The binding.")


@strawberry.type(description="The binding is refused.")
class RefuseBindingSuccess:
    """See RefuseBinding."""

    binding: Binding = strawberry.field(description="The binding.")


@strawberry.type(description="The binding has ended; so does its right by the next token.")
class RevokeBindingSuccess:
    """See RevokeBinding."""

    binding: Binding = strawberry.field(description="The binding.")


RequestBindingResult = Annotated[
    RequestBindingSuccess
    | ConsentRequired
    | HouseholdNotFound
    | NameInvalid
    | BindingExists
    | TooManyBindings
    | RequestIdReused,
    strawberry.union("RequestBindingResult", description="What can come of asking for one."),
]
VerifyBindingResult = Annotated[
    VerifyBindingSuccess
    | BindingNotFound
    | VerifyingOneself
    | BindingDecided
    | HouseholdNotFound
    | ResidentNotFound
    | ResidentOfAnotherHousehold
    | ResidentAlreadyClaimed
    | RequestIdReused,
    strawberry.union("VerifyBindingResult", description="What can come of verifying one."),
]
RefuseBindingResult = Annotated[
    RefuseBindingSuccess
    | BindingNotFound
    | VerifyingOneself
    | BindingDecided
    | ReasonInvalid
    | RequestIdReused,
    strawberry.union("RefuseBindingResult", description="What can come of refusing one."),
]
RevokeBindingResult = Annotated[
    RevokeBindingSuccess | BindingNotFound | BindingDecided | ReasonInvalid | RequestIdReused,
    strawberry.union("RevokeBindingResult", description="What can come of ending one."),
]


@strawberry.type
class BindingMutations:
    """The part of Mutation that is about bindings."""

    @strawberry.federation.mutation(
        description="Say that one lives in a household.",
        authenticated=True,
        requires_scopes=scopes_for("resident"),
    )
    async def request_binding(
        self,
        info: Info,
        input: Annotated[RequestBindingInput, strawberry.argument(description="Where.")],
    ) -> RequestBindingResult | None:
        """See RequestBinding."""
        caller = actor(info)
        wanted = WantedBinding(
            binding_id=derived_id("binding", caller.account_id, input.request_id),
            household_id=str(input.household_id),
            name=input.name,
            relation=input.relation.in_domain(),
        )
        request = info.context.request_for(
            input.request_id,
            household_id=wanted.household_id,
            name=wanted.name,
            relation=input.relation.name,
        )
        account = await info.context.application.logins.request_binding(
            caller, wanted, request=request
        )
        return RequestBindingSuccess(binding=_binding(account, wanted.binding_id))

    @strawberry.federation.mutation(
        description="Know who of the archive somebody is. Never of one's own binding.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary", "steward"),
    )
    async def verify_binding(
        self,
        info: Info,
        input: Annotated[VerifyBindingInput, strawberry.argument(description="Who it is.")],
    ) -> VerifyBindingResult | None:
        """See VerifyBinding."""
        if (input.resident_id is None) is not input.as_new_resident:
            raise BadUserInput("请选择一位居民，或登记为新居民，二者选一。")
        binding_id = str(input.binding_id)
        resident_id = None if input.resident_id is None else str(input.resident_id)
        account = await info.context.application.logins.verify_binding(
            actor(info),
            binding_id,
            resident_id,
            request=info.context.request_for(
                input.request_id, verify_binding=binding_id, resident_id=resident_id
            ),
        )
        return VerifyBindingSuccess(binding=_binding(account, binding_id))

    @strawberry.federation.mutation(
        description="Say that somebody does not live where they say, and why.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary", "steward"),
    )
    async def refuse_binding(
        self,
        info: Info,
        input: Annotated[RefuseBindingInput, strawberry.argument(description="Which, and why.")],
    ) -> RefuseBindingResult | None:
        """See RefuseBinding."""
        binding_id = str(input.binding_id)
        account = await info.context.application.logins.refuse_binding(
            actor(info),
            binding_id,
            input.reason,
            request=info.context.request_for(
                input.request_id, refuse_binding=binding_id, reason=input.reason
            ),
        )
        return RefuseBindingSuccess(binding=_binding(account, binding_id))

    @strawberry.federation.mutation(
        description="End a binding: one's own, or as office or steward one in reach.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "resident", "secretary", "steward"),
    )
    async def revoke_binding(
        self,
        info: Info,
        input: Annotated[RevokeBindingInput, strawberry.argument(description="Which, and why.")],
    ) -> RevokeBindingResult | None:
        """See RevokeBinding."""
        binding_id = str(input.binding_id)
        account = await info.context.application.logins.revoke_binding(
            actor(info),
            binding_id,
            input.reason,
            request=info.context.request_for(
                input.request_id, revoke_binding=binding_id, reason=input.reason
            ),
        )
        return RevokeBindingSuccess(binding=_binding(account, binding_id))


def _binding(account: Account, binding_id: str) -> Binding:
    return Binding.of(account, binding_of(account, binding_id))

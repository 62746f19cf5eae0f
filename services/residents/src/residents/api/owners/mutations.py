"""Recording who owns a dwelling, and to whom it passes."""
# ruff: noqa: A002 - `input` is the word of the graph

from datetime import date
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.requests import Request

from residents.api.archive.errors import HouseholdNotFound, IdentityNumberInvalid, PhoneInvalid
from residents.api.context import Info, actor
from residents.api.errors import NameInvalid
from residents.api.owners import loaders
from residents.api.owners.errors import (
    OwnerDescriptionInvalid,
    OwnerNotFound,
    OwnerRepeated,
    OwnerShareInvalid,
    OwnerSharesDoNotAddUp,
    OwnershipBeforePresent,
    OwnershipHistoryFull,
    OwnershipInFuture,
    OwnershipKnown,
    OwnershipUnknown,
    OwnersMissing,
    OwnersTooMany,
)
from residents.api.owners.inputs import OwnershipStakeInput, order_of
from residents.api.owners.types import DwellingOwnership
from residents.application.owners.ownership_by_hand import OwnershipOrder


@strawberry.input(description="Who owns a dwelling of which nothing was known.")
class RecordOwnershipInput:
    """See RecordOwnership."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    household_id: strawberry.ID = strawberry.field(description="The dwelling.")
    valid_from: date = strawberry.field(description="The first day of these owners.")
    owners: list[OwnershipStakeInput] = strawberry.field(description="All of its owners.")


@strawberry.input(description="To whom a dwelling passes, and on which day.")
class TransferOwnershipInput:
    """See TransferOwnership."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    household_id: strawberry.ID = strawberry.field(description="The dwelling.")
    valid_from: date = strawberry.field(
        description="The first day of these owners; that of the present ones corrects them."
    )
    owners: list[OwnershipStakeInput] = strawberry.field(description="All of its owners since.")


@strawberry.type(description="The owners are recorded.")
class RecordOwnershipSuccess:
    """See RecordOwnership."""

    ownership: DwellingOwnership | None = strawberry.field(description="The owners now.")


@strawberry.type(description="The dwelling has passed to others; who owned it is kept.")
class TransferOwnershipSuccess:
    """See TransferOwnership."""

    ownership: DwellingOwnership | None = strawberry.field(description="The owners now.")


RecordOwnershipResult = Annotated[
    RecordOwnershipSuccess
    | HouseholdNotFound
    | OwnerNotFound
    | OwnershipKnown
    | OwnershipInFuture
    | OwnersMissing
    | OwnersTooMany
    | OwnerRepeated
    | OwnerShareInvalid
    | OwnerSharesDoNotAddUp
    | OwnerDescriptionInvalid
    | NameInvalid
    | IdentityNumberInvalid
    | PhoneInvalid
    | RequestIdReused,
    strawberry.union("RecordOwnershipResult", description="What can come of recording."),
]
TransferOwnershipResult = Annotated[
    TransferOwnershipSuccess
    | HouseholdNotFound
    | OwnerNotFound
    | OwnershipUnknown
    | OwnershipBeforePresent
    | OwnershipInFuture
    | OwnershipHistoryFull
    | OwnersMissing
    | OwnersTooMany
    | OwnerRepeated
    | OwnerShareInvalid
    | OwnerSharesDoNotAddUp
    | OwnerDescriptionInvalid
    | NameInvalid
    | IdentityNumberInvalid
    | PhoneInvalid
    | RequestIdReused,
    strawberry.union("TransferOwnershipResult", description="What can come of a transfer."),
]


@strawberry.type
class OwnerMutations:
    """The part of Mutation that is about owners."""

    @strawberry.federation.mutation(
        description="Say who owns a dwelling of which nothing was known.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def record_ownership(
        self,
        info: Info,
        input: Annotated[RecordOwnershipInput, strawberry.argument(description="Whose.")],
    ) -> RecordOwnershipResult | None:
        """See RecordOwnership."""
        order, request = _asked(info, input)
        await info.context.application.owners.record_ownership(actor(info), order, request=request)
        return RecordOwnershipSuccess(ownership=await _now(info, order))

    @strawberry.federation.mutation(
        description="Say to whom a dwelling passed, and on which day.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def transfer_ownership(
        self,
        info: Info,
        input: Annotated[TransferOwnershipInput, strawberry.argument(description="To whom.")],
    ) -> TransferOwnershipResult | None:
        """See TransferOwnership."""
        order, request = _asked(info, input)
        await info.context.application.owners.transfer_ownership(
            actor(info), order, request=request
        )
        return TransferOwnershipSuccess(ownership=await _now(info, order))


def _asked(
    info: Info, input: RecordOwnershipInput | TransferOwnershipInput
) -> tuple[OwnershipOrder, Request]:
    """Raises: OwnerDescriptionInvalid."""
    order = order_of(str(input.household_id), input.valid_from, input.owners)
    return order, info.context.request_for(input.request_id, order=order)


async def _now(info: Info, order: OwnershipOrder) -> DwellingOwnership | None:
    found = await info.context.load(loaders.owners_on, (order.household_id, None))
    return DwellingOwnership.of(found) if found else None

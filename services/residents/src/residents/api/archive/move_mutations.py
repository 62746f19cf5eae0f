"""Moving in, within and out, by a clerk's word."""
# ruff: noqa: A002 - `input` is the word of the graph

from datetime import date
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from residents.api.archive.enums import Gender, MoveReason
from residents.api.archive.errors import (
    BirthDateInvalid,
    HouseholdNotFound,
    IdentityNumberInvalid,
    MoveBeforeHome,
    MoveInFuture,
    PersonAlreadyHere,
    PhoneInvalid,
    RelationInvalid,
    ResidentMovedOut,
    ResidentNotFound,
    SameHousehold,
    TagInvalid,
)
from residents.api.archive.types import Resident
from residents.api.context import Info, actor
from residents.api.errors import NameInvalid
from residents.application.archive.move_in import PersonTyped

REQUEST_ID = "The same in every repeat of this request."
OFFICE = scopes_for("clerk", "secretary")


@strawberry.input(description="Who moves in, and where.")
class MoveInInput:
    """See MoveIn."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    household_id: strawberry.ID = strawberry.field(description="The household.")
    name: str = strawberry.field(description="The name.")
    phone: str | None = strawberry.field(default=None, description="The phone, if there is one.")
    birth_date: date | None = strawberry.field(default=None, description="If known.")
    gender: Gender | None = strawberry.field(default=None, description="If known.")
    relation: str | None = strawberry.field(
        default=None, description="To the head of the household, such as 户主."
    )
    tags: list[str] = strawberry.field(
        default_factory=list, description="Codes of tags, or texts of your own."
    )
    identity_number: str | None = strawberry.field(
        default=None,
        description="Only where it is needed to tell two people apart; it is kept as a keyed hash.",
    )
    since: date | None = strawberry.field(
        default=None, description="The first day in this home, if known."
    )


@strawberry.input(description="Who moves within the community, where to, and when.")
class ChangeHouseholdInput:
    """See ChangeHousehold."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="Who moves.")
    household_id: strawberry.ID = strawberry.field(description="The household moved to.")
    moved_on: date = strawberry.field(description="The first day in the new home.")


@strawberry.input(description="Who leaves the community, when, and why.")
class MoveOutInput:
    """See MoveOut."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="Who leaves.")
    moved_on: date = strawberry.field(description="The last day in the home.")
    reason: MoveReason = strawberry.field(description="Why.")


@strawberry.type(description="The person lives in the household.")
class MoveInSuccess:
    """See MoveIn."""

    resident: Resident = strawberry.field(
        description="Who it is; somebody who had moved out has their old id."
    )


@strawberry.type(description="The person lives in the other household.")
class ChangeHouseholdSuccess:
    """See ChangeHousehold."""

    resident: Resident = strawberry.field(description="Who moved.")


@strawberry.type(description="The person no longer lives in the community.")
class MoveOutSuccess:
    """See MoveOut."""

    resident: Resident = strawberry.field(description="Who left; their history is kept.")


MoveInResult = Annotated[
    MoveInSuccess
    | HouseholdNotFound
    | PersonAlreadyHere
    | NameInvalid
    | PhoneInvalid
    | BirthDateInvalid
    | IdentityNumberInvalid
    | RelationInvalid
    | TagInvalid
    | MoveInFuture
    | MoveBeforeHome
    | RequestIdReused,
    strawberry.union("MoveInResult", description="What can come of moving in."),
]
ChangeHouseholdResult = Annotated[
    ChangeHouseholdSuccess
    | ResidentNotFound
    | HouseholdNotFound
    | SameHousehold
    | ResidentMovedOut
    | MoveBeforeHome
    | MoveInFuture
    | RequestIdReused,
    strawberry.union("ChangeHouseholdResult", description="What can come of moving within."),
]
MoveOutResult = Annotated[
    MoveOutSuccess
    | ResidentNotFound
    | ResidentMovedOut
    | MoveBeforeHome
    | MoveInFuture
    | RequestIdReused,
    strawberry.union("MoveOutResult", description="What can come of moving out."),
]


@strawberry.type
class MoveMutations:
    """The part of Mutation that is about who lives where."""

    @strawberry.federation.mutation(
        description="Enter somebody who lives in a household.",
        authenticated=True,
        requires_scopes=OFFICE,
    )
    async def move_in(
        self,
        info: Info,
        input: Annotated[MoveInInput, strawberry.argument(description="Who, and where.")],
    ) -> MoveInResult | None:
        """See MoveIn."""
        caller, context = actor(info), info.context
        person = PersonTyped(
            name=input.name,
            phone=input.phone,
            birth_date=input.birth_date,
            gender=input.gender.in_domain() if input.gender else None,
            relation=input.relation,
            tags=input.tags,
            identity_number=input.identity_number,
        )
        entered = await context.application.archive.move_in(
            caller,
            resident_id=derived_id("resident", caller.account_id, input.request_id),
            household_id=str(input.household_id),
            person=person,
            since=input.since,
            request=context.request_for(
                input.request_id,
                household_id=input.household_id,
                person=person,
                since=input.since,
            ),
        )
        return MoveInSuccess(resident=Resident.of(entered))

    @strawberry.federation.mutation(
        description="Move somebody to another household of the community.",
        authenticated=True,
        requires_scopes=OFFICE,
    )
    async def change_household(
        self,
        info: Info,
        input: Annotated[ChangeHouseholdInput, strawberry.argument(description="Who, and where.")],
    ) -> ChangeHouseholdResult | None:
        """See ChangeHousehold."""
        context = info.context
        moved = await context.application.archive.change_household(
            actor(info),
            resident_id=str(input.resident_id),
            household_id=str(input.household_id),
            on=input.moved_on,
            request=context.request_for(
                input.request_id,
                resident_id=input.resident_id,
                household_id=input.household_id,
                moved_on=input.moved_on,
            ),
        )
        return ChangeHouseholdSuccess(resident=Resident.of(moved))

    @strawberry.federation.mutation(
        description="Let somebody leave the community.",
        authenticated=True,
        requires_scopes=OFFICE,
    )
    async def move_out(
        self,
        info: Info,
        input: Annotated[MoveOutInput, strawberry.argument(description="Who, when, and why.")],
    ) -> MoveOutResult | None:
        """See MoveOut."""
        context = info.context
        gone = await context.application.archive.move_out(
            actor(info),
            resident_id=str(input.resident_id),
            on=input.moved_on,
            reason=input.reason.in_domain(),
            request=context.request_for(
                input.request_id,
                resident_id=input.resident_id,
                moved_on=input.moved_on,
                reason=input.reason.name,
            ),
        )
        return MoveOutSuccess(resident=Resident.of(gone))

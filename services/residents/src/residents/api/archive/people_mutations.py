"""Correcting what is known of somebody, and tags."""
# ruff: noqa: A002 - `input` is the word of the graph

from datetime import date
from typing import Annotated

import msgspec
import strawberry
from chassis.graphql_errors import RequestIdReused

from residents.api.archive.enums import Gender
from residents.api.archive.errors import (
    BirthDateInvalid,
    IdentityNumberInvalid,
    PersonAlreadyHere,
    PhoneInvalid,
    RelationInvalid,
    ResidentNotFound,
    TagInvalid,
)
from residents.api.archive.move_mutations import OFFICE, REQUEST_ID
from residents.api.archive.types import Resident
from residents.api.context import Info, actor
from residents.api.errors import NameInvalid
from residents.application.archive.correct_resident import Correction


@strawberry.input(
    description="What is known better; what is left out stays as it is, and null takes it away."
)
class CorrectResidentInput:
    """See CorrectResident."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="Of whom.")
    name: str | None = strawberry.field(
        default=None, description="The name; null or left out: as it is."
    )
    phone: str | None = strawberry.field(default=strawberry.UNSET, description="The phone.")
    birth_date: date | None = strawberry.field(
        default=strawberry.UNSET, description="The birth date."
    )
    gender: Gender | None = strawberry.field(default=strawberry.UNSET, description="The gender.")
    relation: str | None = strawberry.field(
        default=strawberry.UNSET, description="To the head of the household."
    )
    identity_number: str | None = strawberry.field(
        default=None,
        description="Kept as a keyed hash alone; null or left out: as it is.",
    )

    def correction(self) -> Correction:
        """As the use case takes it."""
        said = {
            "name": strawberry.UNSET if self.name is None else self.name,
            "phone": self.phone,
            "birth_date": self.birth_date,
            "gender": self.gender.in_domain() if isinstance(self.gender, Gender) else self.gender,
            "relation": self.relation,
            "identity_number": strawberry.UNSET
            if self.identity_number is None
            else self.identity_number,
        }
        return msgspec.structs.replace(
            Correction(), **{k: v for k, v in said.items() if v is not strawberry.UNSET}
        )


@strawberry.input(description="Whose tag, and which.")
class TagResidentInput:
    """See TagResident.add."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="Of whom.")
    tag: str = strawberry.field(description="A code, or a text of 1 to 20 characters.")


@strawberry.input(description="Whose tag, and which.")
class UntagResidentInput:
    """See TagResident.remove."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="Of whom.")
    tag: str = strawberry.field(description="The tag that goes.")


@strawberry.type(description="It is corrected.")
class CorrectResidentSuccess:
    """See CorrectResident."""

    resident: Resident = strawberry.field(description="Of whom.")


@strawberry.type(description="The person has the tag.")
class TagResidentSuccess:
    """See TagResident.add."""

    resident: Resident = strawberry.field(description="Of whom.")


@strawberry.type(description="The person does not have the tag.")
class UntagResidentSuccess:
    """See TagResident.remove."""

    resident: Resident = strawberry.field(description="Of whom.")


CorrectResidentResult = Annotated[
    CorrectResidentSuccess
    | ResidentNotFound
    | PersonAlreadyHere
    | NameInvalid
    | PhoneInvalid
    | BirthDateInvalid
    | IdentityNumberInvalid
    | RelationInvalid
    | RequestIdReused,
    strawberry.union("CorrectResidentResult", description="What can come of correcting."),
]
TagResidentResult = Annotated[
    TagResidentSuccess | ResidentNotFound | TagInvalid | RequestIdReused,
    strawberry.union("TagResidentResult", description="What can come of giving a tag."),
]
UntagResidentResult = Annotated[
    UntagResidentSuccess | ResidentNotFound | TagInvalid | RequestIdReused,
    strawberry.union("UntagResidentResult", description="What can come of taking a tag away."),
]


@strawberry.type
class PeopleMutations:
    """The part of Mutation that is about what is known of people."""

    @strawberry.federation.mutation(
        description="Know better what is known of somebody.",
        authenticated=True,
        requires_scopes=OFFICE,
    )
    async def correct_resident(
        self,
        info: Info,
        input: Annotated[CorrectResidentInput, strawberry.argument(description="What is right.")],
    ) -> CorrectResidentResult | None:
        """See CorrectResident."""
        context, correction = info.context, input.correction()
        said = {
            name: value
            for name, value in msgspec.structs.asdict(correction).items()
            if value is not msgspec.UNSET
        }
        corrected = await context.application.archive.correct_resident(
            actor(info),
            resident_id=str(input.resident_id),
            correction=correction,
            request=context.request_for(
                input.request_id, resident_id=input.resident_id, correction=said
            ),
        )
        return CorrectResidentSuccess(resident=Resident.of(corrected))

    @strawberry.federation.mutation(
        description="Give somebody a tag.", authenticated=True, requires_scopes=OFFICE
    )
    async def tag_resident(
        self,
        info: Info,
        input: Annotated[TagResidentInput, strawberry.argument(description="Whose, and which.")],
    ) -> TagResidentResult | None:
        """See TagResident.add."""
        context = info.context
        tagged = await context.application.archive.tag_resident.add(
            actor(info),
            resident_id=str(input.resident_id),
            tag=input.tag,
            request=context.request_for(
                input.request_id, resident_id=input.resident_id, tag=input.tag
            ),
        )
        return TagResidentSuccess(resident=Resident.of(tagged))

    @strawberry.federation.mutation(
        description="Take a tag from somebody.", authenticated=True, requires_scopes=OFFICE
    )
    async def untag_resident(
        self,
        info: Info,
        input: Annotated[UntagResidentInput, strawberry.argument(description="Whose, and which.")],
    ) -> UntagResidentResult | None:
        """See TagResident.remove."""
        context = info.context
        untagged = await context.application.archive.tag_resident.remove(
            actor(info),
            resident_id=str(input.resident_id),
            tag=input.tag,
            request=context.request_for(
                input.request_id, resident_id=input.resident_id, untag=input.tag
            ),
        )
        return UntagResidentSuccess(resident=Resident.of(untagged))

"""What can be changed about privacy: showing contacts, taking data out, and consent."""
# ruff: noqa: A002 - `input` is the word of the graph

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from residents.api.archive.errors import ResidentNotFound
from residents.api.context import Info, actor
from residents.api.privacy.consent_mutations import ConsentMutations
from residents.api.privacy.edges import path_of
from residents.api.privacy.errors import (
    ExportReasonRequired,
    RevealLimitReached,
    RevealReasonRequired,
)
from residents.api.privacy.inputs import (
    RequestDataExportInput,
    RequestResidentDataExportInput,
    RevealContactInput,
)
from residents.api.privacy.types import Reveal
from residents.application.privacy.request_export import Ticket
from residents.application.privacy.reveal_contact import NewReveal
from residents.domain.privacy import reveals


@strawberry.type(description="The contact is shown, until it expires.")
class RevealContactSuccess:
    """See RevealContact."""

    reveal: Reveal = strawberry.field(description="The reveal with the contact.")


@strawberry.type(description="The data can be fetched, once.")
class RequestDataExportSuccess:
    """See RequestExport."""

    path: str = strawberry.field(description="Where to GET it, at this service. Keep it secret.")
    expires_at: datetime = strawberry.field(description="Until when it can be fetched.")

    @classmethod
    def of(cls, ticket: Ticket) -> "RequestDataExportSuccess":
        """As the graph shows it."""
        return cls(path=path_of(ticket), expires_at=ticket.export.expires_at)


RevealContactResult = Annotated[
    RevealContactSuccess
    | ResidentNotFound
    | RevealReasonRequired
    | RevealLimitReached
    | RequestIdReused,
    strawberry.union("RevealContactResult", description="What can come of asking for a contact."),
]
RequestDataExportResult = Annotated[
    RequestDataExportSuccess | RequestIdReused,
    strawberry.union("RequestDataExportResult", description="What can come of asking for it."),
]
RequestResidentDataExportResult = Annotated[
    RequestDataExportSuccess | ResidentNotFound | ExportReasonRequired | RequestIdReused,
    strawberry.union(
        "RequestResidentDataExportResult", description="What can come of asking for it."
    ),
]


@strawberry.type
class PrivacyMutations(ConsentMutations):
    """The part of Mutation that is about privacy."""

    @strawberry.federation.mutation(
        description="Show a resident's contact for some minutes, for a reason. It is written "
        "into the audit trail first.",
        authenticated=True,
        requires_scopes=scopes_for("resident", "clerk", "secretary"),
    )
    async def reveal_contact(
        self,
        info: Info,
        input: Annotated[RevealContactInput, strawberry.argument(description="Whose and why.")],
    ) -> RevealContactResult | None:
        """See RevealContact."""
        caller = actor(info)
        new = NewReveal(
            reveal_id=derived_id("reveal", caller.account_id, input.request_id),
            resident_id=str(input.resident_id),
            reason=reveals.RevealReason[input.reason.name],
            note=input.note,
        )
        request = info.context.request_for(
            input.request_id, resident_id=new.resident_id, reason=new.reason, note=new.note
        )
        reveal_contact = info.context.application.privacy.reveal_contact
        return RevealContactSuccess(
            reveal=Reveal.of(await reveal_contact(caller, new, request=request))
        )

    @strawberry.federation.mutation(
        description="Ask for everything that this service keeps of the caller, as JSON.",
        authenticated=True,
    )
    async def request_data_export(
        self,
        info: Info,
        input: Annotated[RequestDataExportInput, strawberry.argument(description="Which.")],
    ) -> RequestDataExportResult | None:
        """See RequestExport.own."""
        caller = actor(info)
        ticket = await info.context.application.privacy.request_export.own(
            caller,
            derived_id("export", caller.account_id, input.request_id),
            request=info.context.request_for(input.request_id),
        )
        return RequestDataExportSuccess.of(ticket)

    @strawberry.federation.mutation(
        description="Ask for everything that this service keeps of a resident who came to the "
        "counter, as JSON.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def request_resident_data_export(
        self,
        info: Info,
        input: Annotated[
            RequestResidentDataExportInput, strawberry.argument(description="Whose and why.")
        ],
    ) -> RequestResidentDataExportResult | None:
        """See RequestExport.for_resident."""
        caller = actor(info)
        resident_id = str(input.resident_id)
        ticket = await info.context.application.privacy.request_export.for_resident(
            caller,
            derived_id("export", caller.account_id, input.request_id),
            resident_id,
            input.note,
            request=info.context.request_for(
                input.request_id, resident_id=resident_id, note=input.note
            ),
        )
        return RequestDataExportSuccess.of(ticket)

"""What can be done with an import."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused

from residents.api.context import Info, actor
from residents.api.imports.errors import (
    ImportInProgress,
    ImportNotChecked,
    ImportNotFound,
    ImportUnderway,
)
from residents.api.imports.types import Import


@strawberry.input(description="The import to accept.")
class AcceptImportInput:
    """See AcceptImport."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    import_id: strawberry.ID = strawberry.field(description="The import.")


@strawberry.input(description="The import to give up.")
class DiscardImportInput:
    """See DiscardImport."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    import_id: strawberry.ID = strawberry.field(description="The import.")


@strawberry.type(description="It will be applied; follow its progress.")
class AcceptImportSuccess:
    """See AcceptImport."""

    batch: Import = strawberry.field(name="import", description="The import.")


@strawberry.type(description="Nothing of the file is left but that it was there.")
class DiscardImportSuccess:
    """See DiscardImport."""

    batch: Import = strawberry.field(name="import", description="The import.")


AcceptImportResult = Annotated[
    AcceptImportSuccess | ImportNotFound | ImportNotChecked | ImportInProgress | RequestIdReused,
    strawberry.union("AcceptImportResult", description="What can come of accepting an import."),
]
DiscardImportResult = Annotated[
    DiscardImportSuccess | ImportNotFound | ImportUnderway | RequestIdReused,
    strawberry.union("DiscardImportResult", description="What can come of giving one up."),
]


@strawberry.type
class ImportMutations:
    """The part of Mutation that is about imports."""

    @strawberry.federation.mutation(
        description="Have a checked file applied.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def accept_import(
        self,
        info: Info,
        input: Annotated[AcceptImportInput, strawberry.argument(description="Which.")],
    ) -> AcceptImportResult | None:
        """See AcceptImport."""
        import_id = str(input.import_id)
        accepted = await info.context.application.imports.accept_import(
            actor(info),
            import_id,
            request=info.context.request_for(input.request_id, accept=import_id),
        )
        return AcceptImportSuccess(batch=Import.of(accepted))

    @strawberry.federation.mutation(
        description="Give up a file that nobody accepted.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def discard_import(
        self,
        info: Info,
        input: Annotated[DiscardImportInput, strawberry.argument(description="Which.")],
    ) -> DiscardImportResult | None:
        """See DiscardImport."""
        import_id = str(input.import_id)
        discarded = await info.context.application.imports.discard_import(
            actor(info),
            import_id,
            request=info.context.request_for(input.request_id, discard=import_id),
        )
        return DiscardImportSuccess(batch=Import.of(discarded))

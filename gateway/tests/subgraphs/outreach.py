"""Messages."""

import strawberry
from shared import FEDERATION_VERSION, note
from strawberry.types import Info


@strawberry.type
class OutreachFigures:
    comments_received: int


@strawberry.federation.type(keys=["id"])
class Community:
    id: strawberry.ID

    @strawberry.field
    def outreach_figures(self) -> OutreachFigures | None:
        return OutreachFigures(comments_received=3)

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Community":  # noqa: A002
        return cls(id=id)


@strawberry.federation.type(keys=["id"])
class Comment:
    id: strawberry.ID

    @strawberry.field
    def text(self, info: Info) -> str | None:
        note(info, "text")
        return f"留言 {self.id}"

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Comment":  # noqa: A002
        return cls(id=id)


@strawberry.type
class Query:
    @strawberry.federation.field(shareable=True)
    def community(self, id: strawberry.ID) -> Community | None:  # noqa: A002
        return Community(id=id)

    @strawberry.field
    def comment(self, id: strawberry.ID) -> Comment | None:  # noqa: A002
        return Comment(id=id)


schema = strawberry.federation.Schema(
    query=Query, types=[Comment, Community], federation_version=FEDERATION_VERSION
)

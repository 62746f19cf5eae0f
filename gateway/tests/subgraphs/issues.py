"""Matters."""

import asyncio
from collections.abc import AsyncIterator

import strawberry
from shared import FEDERATION_VERSION, SECRET, STAFF, note
from strawberry.types import Info

issue_states: dict[str, int] = {}
changed = asyncio.Condition()


@strawberry.federation.type(keys=["id"], extend=True)
class Account:
    id: strawberry.ID = strawberry.federation.field(external=True)

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Account":  # noqa: A002
        return cls(id=id)


@strawberry.federation.type(keys=["id"], extend=True)
class Comment:
    id: strawberry.ID = strawberry.federation.field(external=True)

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Comment":  # noqa: A002
        return cls(id=id)


@strawberry.type
class IssueFigures:
    received: int


@strawberry.federation.type(keys=["id"])
class Community:
    id: strawberry.ID

    @strawberry.field
    def issue_figures(self) -> IssueFigures | None:
        return IssueFigures(received=5)

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Community":  # noqa: A002
        return cls(id=id)


@strawberry.federation.type(keys=["id"])
class Issue:
    id: strawberry.ID
    revision: int

    @strawberry.field
    def acknowledged_by(self) -> Account | None:
        return Account(id=strawberry.ID("account_1"))

    @strawberry.federation.field(directives=[STAFF])
    def reporter(self) -> str | None:
        return "person_1"

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Issue":  # noqa: A002
        return cls(id=id, revision=issue_states.get(id, 0))


@strawberry.federation.type(keys=["id"])
class Intake:
    id: strawberry.ID

    @strawberry.field
    def comment(self) -> Comment | None:
        return Comment(id=strawberry.ID(f"comment_of_{self.id}"))

    @strawberry.federation.field(directives=[STAFF])
    def note(self) -> str | None:
        return "记录"


@strawberry.type
class IntakeEdge:
    cursor: str
    node: Intake


@strawberry.type
class IntakeConnection:
    edges: list[IntakeEdge]


def page(first: int) -> IntakeConnection:
    intakes = [Intake(id=strawberry.ID(f"intake_{number}")) for number in range(min(first, 3))]
    return IntakeConnection(edges=[IntakeEdge(cursor=one.id, node=one) for one in intakes])


@strawberry.type
class Query:
    @strawberry.federation.field(shareable=True)
    def community(self, id: strawberry.ID) -> Community | None:  # noqa: A002
        return Community(id=id)

    @strawberry.federation.field(directives=[STAFF])
    def inbox(self, info: Info, first: int = 20) -> IntakeConnection | None:
        note(info, "inbox")
        return page(first)

    @strawberry.field
    def intakes(self, first: int = 20) -> IntakeConnection | None:
        return page(first)

    @strawberry.field
    def issue(self, id: strawberry.ID) -> Issue | None:  # noqa: A002
        return Issue(id=id, revision=issue_states.get(id, 0))


@strawberry.type
class Mutation:
    @strawberry.federation.mutation(directives=[STAFF])
    async def acknowledge(self, info: Info, id: strawberry.ID) -> Issue | None:  # noqa: A002
        note(info, "acknowledge")
        issue_states[id] = issue_states.get(id, 0) + 1
        async with changed:
            changed.notify_all()
        return Issue(id=id, revision=issue_states[id])


@strawberry.type
class Subscription:
    @strawberry.federation.field(directives=[STAFF])
    async def private_updates(self) -> AsyncIterator[int | None]:
        yield 1

    @strawberry.subscription
    async def issue_updated(
        self,
        info: Info,
        id: strawberry.ID,  # noqa: A002
    ) -> AsyncIterator[Issue | None]:
        note(info, "issueUpdated")
        last = None
        while True:
            async with changed:
                while (revision := issue_states.get(id, 0)) == last:
                    await changed.wait()
            last = revision
            yield Issue(id=id, revision=revision)

    @strawberry.subscription
    async def broken(self) -> AsyncIterator[Issue | None]:
        yield Issue(id=strawberry.ID("issue_1"), revision=1)
        raise RuntimeError(SECRET)


schema = strawberry.federation.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Account, Comment, Community, Intake, Issue],
    federation_version=FEDERATION_VERSION,
)

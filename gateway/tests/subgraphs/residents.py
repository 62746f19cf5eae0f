"""People."""

import asyncio

import strawberry
from shared import FEDERATION_VERSION, SECRET, STAFF, named_error, note
from strawberry.federation.schema_directives import Authenticated
from strawberry.types import Info


@strawberry.federation.type(keys=["id"])
class Account:
    id: strawberry.ID

    @strawberry.field
    def display_name(self) -> str:
        return f"账户 {self.id}"

    @strawberry.federation.field(directives=[STAFF])
    def username(self) -> str | None:
        return "wang"

    @strawberry.federation.field(directives=[STAFF])
    def badge(self) -> str:
        """Must not be null, so a refusal empties the account."""
        return "9"

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Account":  # noqa: A002
        return cls(id=id)


@strawberry.federation.type(keys=["id"])
class Community:
    id: strawberry.ID

    @strawberry.field
    def name(self) -> str | None:
        return "八家庄"

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Community":  # noqa: A002
        return cls(id=id)


@strawberry.type
class LogInSuccess:
    access_token: str


@strawberry.type
class LogInRefused:
    code: str
    message: str


@strawberry.type
class Query:
    @strawberry.federation.field(directives=[Authenticated()])
    def me(self, info: Info) -> Account | None:
        note(info, "me")
        return Account(id=strawberry.ID("account_1"))

    @strawberry.federation.field(shareable=True)
    def community(self, id: strawberry.ID) -> Community | None:  # noqa: A002
        return Community(id=id)

    @strawberry.field
    def open_door(self, info: Info) -> str | None:
        note(info, "openDoor")
        return "open"

    @strawberry.field
    async def slow(self, seconds: float) -> str | None:
        await asyncio.sleep(seconds)
        return "done"

    @strawberry.field
    def crash(self) -> str | None:
        raise RuntimeError(SECRET)

    @strawberry.field
    def refuse(self, code: str, error_id: str | None = None) -> str | None:
        raise named_error(code, **({"errorId": error_id} if error_id else {}))


@strawberry.type
class Mutation:
    @strawberry.mutation
    def log_in_staff(self, username: str) -> "LogInSuccess | LogInRefused | None":
        if username == "nobody":
            return LogInRefused(code="LOGIN_REFUSED", message="用户名或密码不正确。")
        return LogInSuccess(access_token="token")


schema = strawberry.federation.Schema(
    query=Query,
    mutation=Mutation,
    types=[Account, Community],
    federation_version=FEDERATION_VERSION,
)

"""A small service that is no community: what the chassis is tried on."""

# mypy: disable-error-code=untyped-decorator
# Strawberry's decorators have no types.

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Annotated

import msgspec
import pytest
import strawberry
from chassis.aggregates import Page
from chassis.connections import (
    AFTER,
    DEFAULT_FIRST,
    FIRST,
    Connection,
    checked_first,
    connection_of,
    decode_cursor,
)
from chassis.graphql import Schema, build_schema, scopes_for
from chassis.graphql_context import Context, Loader
from chassis.graphql_errors import RequestIdReused, UserError, error_type
from chassis.testing import FrozenClock
from chassis.testing_tokens import TokenMint

from chassis import errors


class CakeGone(Exception):
    code = "CAKE_GONE"
    message = "这个蛋糕已经没有了。"


class StockTooLow(Exception):
    code = "STOCK_TOO_LOW"
    message = "库存不足。"

    def __init__(self, left: int) -> None:
        self.left = left


class Loaf(msgspec.Struct, frozen=True):
    id: str
    community_id: str = ""
    version: int = 1


class Bakery:
    """The application behind the schema; counts its reads.

    Attributes:
        reads: the ids of each read of loaves.
        doors: what a test opens to let the slow query answer.
        news: what subscribers are told.
    """

    def __init__(self) -> None:
        self.reads: list[list[str]] = []
        self.door = asyncio.Event()
        self.asked = asyncio.Event()
        self.followers = 0

    async def loaves(self, ids: Sequence[str]) -> list[str | None]:
        self.reads.append(list(ids))
        return [None if loaf == "none" else loaf.upper() for loaf in ids]


Info = strawberry.Info[Context[Bakery], None]


async def _names(context: Context[Bakery], ids: Sequence[str]) -> Sequence[str | None]:
    return await context.application.loaves(ids)


NAMES: Loader[Bakery, str, str | None] = Loader(_names)


@error_type(CakeGone, description="There is none left.", name="CakeGone")
class CakeGoneError(UserError):
    pass


@error_type(StockTooLow, description="Not enough is left.", name="StockTooLow")
class StockTooLowError(UserError):
    left: int = strawberry.field(description="What is left.")


@strawberry.federation.type(keys=["id"], description="Something to eat.")
class Cake:
    id: strawberry.ID = strawberry.field(description="Its id.")

    @strawberry.field(description="Its name.")
    async def name(self, info: Info) -> str | None:
        return await info.context.load(NAMES, self.id)

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Cake | None":  # noqa: A002
        found = await info.context.load(NAMES, id)
        return cls(id=id) if found else None


@strawberry.type(description="It was baked.")
class BakeSuccess:
    cake: Cake = strawberry.field(description="What was baked.")


BakeResult = Annotated[
    BakeSuccess | CakeGoneError | StockTooLowError | RequestIdReused,
    strawberry.union("BakeResult", description="What can come of baking."),
]
RAISED: dict[str, type[BaseException] | BaseException] = {
    "value": ValueError("secret 13800001111"),
    "forbidden": errors.Forbidden,
    "away": errors.StoreUnavailable,
    "unauthenticated": errors.Unauthenticated,
    "limited": errors.RateLimited,
    "unnamed": CakeGone,
    "gone": CakeGone,
    "low": StockTooLow(3),
    "reused": errors.RequestIdReused,
}
WHAT = Annotated[str, strawberry.argument(description="What to do.")]


@strawberry.type(description="What can be asked.")
class Query:
    @strawberry.federation.field(
        description="All cakes.", authenticated=True, requires_scopes=scopes_for("clerk", "baker")
    )
    async def cakes(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description=FIRST)] = DEFAULT_FIRST,
        after: Annotated[str | None, strawberry.argument(description=AFTER)] = None,
    ) -> Connection[Cake] | None:
        count = checked_first(first)
        begin = decode_cursor(after)
        ids = [letter for letter in "abcdef" if begin is None or letter > str(begin[0])]
        page = Page(
            items=[Loaf(letter) for letter in ids[:count]],
            cursors=[(letter,) for letter in ids[:count]],
            has_next_page=len(ids) > count,
        )
        return connection_of(page, lambda loaf: Cake(id=strawberry.ID(loaf.id)), after=after)

    @strawberry.field(description="Fails in the way asked for.")
    async def fail(self, how: WHAT) -> str | None:
        raise RAISED[how]

    @strawberry.field(description="Answers something that is no Int.")
    async def too_large(self) -> int | None:
        return 2**40

    @strawberry.field(description="Who asks.")
    async def me(self, info: Info) -> str | None:
        return info.context.require_principal().account_id

    @strawberry.field(description="Where the request came from.")
    async def whence(self, info: Info) -> str | None:
        return info.context.client_address

    @strawberry.field(description="Answers when the door is opened.")
    async def slow(self, info: Info) -> str | None:
        info.context.application.asked.set()
        await info.context.application.door.wait()
        return "done"


@strawberry.type(description="What can be changed.")
class Mutation:
    @strawberry.federation.mutation(description="Bake.")
    async def bake(
        self,
        info: Info,
        how: WHAT,
        request_id: Annotated[str, strawberry.argument(description="This attempt.")] = "r",
    ) -> BakeResult:
        info.context.request_for(request_id, caller="oven", how=how)
        if how in RAISED:
            raise RAISED[how]
        return BakeSuccess(cake=Cake(id=strawberry.ID("1")))


@strawberry.type(description="What can be followed.")
class Subscription:
    @strawberry.subscription(description="Counts, then waits.")
    async def news(self, info: Info, how: WHAT = "wait") -> AsyncGenerator[str, None]:
        principal = info.context.require_principal()
        info.context.application.followers += 1
        try:
            yield principal.account_id
            if how in RAISED:
                raise RAISED[how]
            await info.context.application.door.wait()
            yield "door"
        finally:
            info.context.application.followers -= 1


@pytest.fixture(scope="session")
def bakery_schema() -> Schema:
    return build_schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Cake],
        errors=[CakeGoneError, StockTooLowError, RequestIdReused],
    )


@pytest.fixture
def bakery() -> Bakery:
    return Bakery()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def mint(clock: FrozenClock) -> TokenMint:
    return TokenMint(clock)

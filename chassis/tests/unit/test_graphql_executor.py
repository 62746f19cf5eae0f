"""Execution with what was prepared answers as graphql-core alone does, errors included."""

# mypy: disable-error-code=untyped-decorator

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest
import strawberry
from chassis.connections import Rate, rate_of
from chassis.graphql_executor import Prepared, PreparedExecutor
from graphql import execute, parse
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

_AT = datetime(2026, 7, 1, tzinfo=UTC)


@strawberry.enum(description="How it tastes.")
class Taste(Enum):
    SWEET = strawberry.enum_value("sweet", description="Of sugar.")
    SOUR = strawberry.enum_value("sour", description="Of lemon.")


@strawberry.type(description="What is in it.")
class Filling:
    name: str = strawberry.field(description="What it is.")
    grams: int | None = strawberry.field(description="How much.")


@strawberry.type(description="Something to eat.")
class Cake:
    id: strawberry.ID = strawberry.field(description="Its id.")
    taste: Taste = strawberry.field(description="How it tastes.")
    baked_at: datetime | None = strawberry.field(description="When.")
    fillings: list[Filling] | None = strawberry.field(description="What is in it.")
    rows: list[list[int]] = strawberry.field(description="How it is cut.")

    @strawberry.field(description="Computed.")
    def price(self) -> int:
        if self.id == "priceless":
            raise ValueError("no price")
        return 3

    @strawberry.field(description="Computed later.")
    async def stock(self) -> int | None:
        return 7


@strawberry.type(description="A share.")
class Share(Rate):
    @strawberry.field(description="Of what.")
    def of(self) -> str:
        return "cakes"


def _cake(**changed: Any) -> Cake:
    filling = Filling(name="cream", grams=None)
    values = {
        "id": "cake_1",
        "taste": Taste.SOUR,
        "baked_at": _AT,
        "fillings": [filling, Filling(name="jam", grams=20)],
        "rows": [[1, 2], []],
    }
    return Cake(**{**values, **changed})


_CAKES = {
    "good": lambda: _cake(),
    "empty": lambda: _cake(baked_at=None, fillings=None, rows=[]),
    "no id": lambda: _cake(id=None),
    "no taste": lambda: _cake(taste=None),
    "another taste": lambda: _cake(taste="bitter"),
    "no such moment": lambda: _cake(baked_at="yesterday"),
    "a filling of nothing": lambda: _cake(fillings=[None]),
    "a filling without name": lambda: _cake(fillings=[Filling(name=None, grams=1)]),  # type: ignore[arg-type]
    "a filling with too much": lambda: _cake(fillings=[Filling(name="jam", grams=2**40)]),
    "a filling of another kind": lambda: _cake(fillings=[7]),
    "fillings that are none": lambda: _cake(fillings=7),
    "fillings in a tuple": lambda: _cake(fillings=(Filling(name="jam", grams=1),)),
    "fillings one by one": lambda: _cake(fillings=iter([Filling(name="jam", grams=1)])),
    "an error for a filling": lambda: _cake(fillings=[ValueError("burnt")]),
    "an error for the fillings": lambda: _cake(fillings=ValueError("burnt")),
    "rows of nothing": lambda: _cake(rows=[None]),
    "priceless": lambda: _cake(id="priceless"),
}


@strawberry.type(description="What can be asked.")
class Query:
    @strawberry.field(description="A cake.")
    def cake(self, kind: str) -> Cake | None:
        return _CAKES[kind]()

    @strawberry.field(description="Cakes.")
    async def cakes(self, kind: str) -> list[Cake | None] | None:
        return [_cake(), _CAKES[kind]()]

    @strawberry.field(description="A share.")
    def share(self) -> Share:
        return Share(**rate_of(numerator=1, denominator=2, as_of=_AT))


SCHEMA = strawberry.federation.Schema(query=Query, types=[Share])._schema
FIELDS = "id taste bakedAt fillings { name grams } rows"
DOCUMENTS = [
    f"query($kind: String!) {{ cake(kind: $kind) {{ {FIELDS} }} }}",
    f"query($kind: String!) {{ cakes(kind: $kind) {{ {FIELDS} }} }}",
    "query($kind: String!) { cake(kind: $kind) { rows price id stock taste } }",
    "query($kind: String!) { cakes(kind: $kind) { stock fillings { grams } price } }",
    "query($kind: String!) { cake(kind: $kind) { __typename a: id b: id fillings { x: name } } }",
    """query($kind: String!) { cake(kind: $kind) { ...F fillings { grams } } }
    fragment F on Cake { id fillings { name } ... on Cake { taste } }""",
    "query($kind: String!) { cake(kind: $kind) { id } share { value excluded { count } of } }",
    "query($kind: String!) { cake(kind: $kind) { id } __schema { queryType { name } } }",
]


async def _executed(document: str, kind: str, **how: Any) -> tuple[Any, list[Any]]:
    result: Any = execute(SCHEMA, parse(document), variable_values={"kind": kind}, **how)
    if not hasattr(result, "data"):
        result = await result
    return result.data, [error.formatted for error in result.errors or ()]


@pytest.mark.parametrize("kind", _CAKES)
@pytest.mark.parametrize("document", DOCUMENTS)
async def test_an_answer_is_that_of_graphql_core(document: str, kind: str) -> None:
    expected = await _executed(document, kind, executor_class=StrawberryGraphQLCoreExecutionContext)
    prepared = Prepared()
    for _ in range(2):  # what was prepared first is used the second time
        data, errors = await _executed(
            document, kind, executor_class=PreparedExecutor, prepared=prepared
        )
        assert (data, errors) == expected
        assert _names(data) == _names(expected[0])


async def test_what_was_prepared_for_one_caller_holds_nothing_of_them() -> None:
    prepared = Prepared()
    document = parse(DOCUMENTS[0])
    for kind, name in (("good", "cake_1"), ("priceless", "priceless"), ("good", "cake_1")):
        result: Any = execute(
            SCHEMA,
            document,
            variable_values={"kind": kind},
            executor_class=PreparedExecutor,
            prepared=prepared,
        )
        assert result.data["cake"]["id"] == name


async def test_a_plain_field_is_read_without_a_resolver() -> None:
    asked: list[str] = []

    class Watched(PreparedExecutor):
        def execute_field(self, parent_type: Any, source: Any, details: Any, *rest: Any) -> Any:
            asked.append(details[0].node.name.value)
            return super().execute_field(parent_type, source, details, *rest)

    found = await _executed(DOCUMENTS[1], "good", executor_class=Watched, prepared=Prepared())
    assert not found[1]
    assert asked == ["cakes"]


def _names(value: Any) -> Any:
    """The names of an answer in their order, which a comparison of dictionaries leaves out."""
    if isinstance(value, dict):
        return [(name, _names(inner)) for name, inner in value.items()]
    return [_names(inner) for inner in value] if isinstance(value, list) else None

"""Operations that take ids are found wherever the id is, with input that the schema takes."""

from typing import Any

import pytest
from graphql import build_schema, parse, validate
from graphql.execution.values import get_variable_values
from graphql.language import OperationDefinitionNode
from strangers.id_operations import IdOperation, id_operations

SCHEMA = build_schema("""
scalar Date
enum Kind { ONE TWO }
interface UserError { code: String! message: String! }
type Loaf { id: ID! name: String! weight: Int loaves: [Loaf!] at(place: Int): String }
type Baked { loaf: Loaf! }
type OvenCold implements UserError { code: String! message: String! }
union Outcome = Baked | OvenCold
input Part { loafId: ID!, share: Int! }
input BakeInput {
  requestId: ID!, ovenId: ID!, kind: Kind!, on: Date!, parts: [Part!]!, note: String, loafIds: [ID!]
}
type Query { loaf(id: ID!): Loaf loaves(first: Int, ovenId: ID): [Loaf!] count: Int }
type Mutation { bake(input: BakeInput!): Outcome rest(minutes: Int!): Int }
""")
OPERATIONS = id_operations(SCHEMA)


def test_each_place_for_an_id_is_found_and_no_request_id() -> None:
    assert [(it.name, ".".join(it.place), it.kind) for it in OPERATIONS] == [
        ("Query.loaf", "id", "loaf"),
        ("Query.loaves", "ovenId", "oven"),
        ("Mutation.bake", "input.ovenId", "oven"),
        ("Mutation.bake", "input.parts.loafId", "loaf"),
        ("Mutation.bake", "input.loafIds", "loaf"),
    ]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda it: f"{it.name} {it.place[-1]}")
def test_what_is_asked_is_valid_and_holds_the_id_in_its_place(operation: IdOperation) -> None:
    document = parse(operation.document)
    (definition,) = document.definitions
    assert isinstance(definition, OperationDefinitionNode)
    variables = operation.with_id("the id", "the request")

    assert validate(SCHEMA, document) == []
    coerced = get_variable_values(SCHEMA, definition.variable_definitions or (), variables)
    assert not isinstance(coerced, list), coerced
    assert at(variables, operation.place) == "the id"
    assert str(variables).count("the id") == 1
    if operation.place[0] == "input":
        assert variables["input"]["requestId"] == "the request"


def at(value: Any, place: tuple[str, ...]) -> Any:
    for name in place:
        value = value[name]
        if isinstance(value, list):
            (value,) = value
    return value

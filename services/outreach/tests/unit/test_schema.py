"""The schema that is committed is the one that is served, and says what everything is."""

from pathlib import Path

from chassis.schema_rules import check_descriptions
from graphql import GraphQLInputObjectType, GraphQLObjectType, is_non_null_type
from outreach.api.schema import build
from outreach.domain.permissions import Operation

COMMITTED = Path(__file__).parents[2] / "schema.graphql"


def test_everything_is_described() -> None:
    check_descriptions(build())


def test_the_committed_schema_is_the_one_served() -> None:
    assert COMMITTED.read_text().strip() == build().as_str().strip(), (
        "run: python -m outreach schema > services/outreach/schema.graphql"
    )


def test_every_mutation_names_its_attempt() -> None:
    inputs = [
        it for it in build()._schema.type_map.values() if isinstance(it, GraphQLInputObjectType)
    ]

    assert inputs
    assert [it.name for it in inputs if "requestId" not in it.fields] == []


def test_every_mutation_is_an_operation_with_a_rule() -> None:
    mutation = build()._schema.mutation_type

    assert mutation is not None
    assert set(mutation.fields) <= {operation.value for operation in Operation}


def test_a_refused_mutation_empties_its_own_field_only() -> None:
    mutation = build()._schema.mutation_type

    assert mutation is not None
    assert [name for name, field in mutation.fields.items() if is_non_null_type(field.type)] == []


def test_no_secret_and_no_openid_can_be_asked_for() -> None:
    outputs = [it for it in build()._schema.type_map.values() if isinstance(it, GraphQLObjectType)]
    askable = {name for output in outputs for name in output.fields}

    assert "redactedText" in askable
    assert askable.isdisjoint(
        {"appSecret", "callbackToken", "encodingAesKey", "openid", "personKey"}
    )

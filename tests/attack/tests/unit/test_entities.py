"""Every entity that a service answers for is asked for, with fields that it has."""

from typing import Any

import pytest
from graphql import GraphQLSchema, GraphQLUnionType, build_ast_schema, parse, validate
from local_stack.layout import ROOT
from strangers.entities import ENTITIES, asked_of

CASES = [(service, entity) for service in ENTITIES for entity in ENTITIES[service]]


def schema_of(service: str) -> GraphQLSchema:
    path = ROOT / "services" / service / "schema.graphql"
    return build_ast_schema(parse(path.read_text()), assume_valid_sdl=True)


def resolved(entity: Any) -> bool:
    """Whether a service answers for an entity, and does not only name it."""
    keys = [it for it in entity.ast_node.directives if it.name.value == "key"]
    given = {it.name.value: it.value for key in keys for it in key.arguments}
    return "resolvable" not in given or bool(given["resolvable"].value)


@pytest.mark.parametrize("service", ENTITIES)
def test_every_entity_that_a_service_answers_for_is_asked(service: str) -> None:
    union = schema_of(service).get_type("_Entity")
    assert isinstance(union, GraphQLUnionType)

    assert {it.name for it in union.types if resolved(it)} == set(ENTITIES[service])


@pytest.mark.parametrize(("service", "entity"), CASES)
def test_what_is_asked_of_an_entity_is_there(service: str, entity: str) -> None:
    asked = asked_of(service, entity, "an id")

    assert validate(schema_of(service), parse(asked["query"])) == []
    assert asked["variables"] == {"them": [{"__typename": entity, "id": "an id"}]}

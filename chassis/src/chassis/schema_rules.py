"""Rules that a schema must keep, for a service's schema test."""

from collections.abc import Iterator

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    is_specified_scalar_type,
)

_FEDERATION_TYPES = {"_Any", "_Entity", "_Service", "FieldSet", "_FieldSet"}
_FEDERATION_FIELDS = {"_entities", "_service"}


def undescribed(schema: strawberry.Schema) -> list[str]:
    """Name every type, field, argument and enum value that has no description."""
    return [
        place
        for name, graphql_type in sorted(schema._schema.type_map.items())
        if not _is_given(name, graphql_type)
        for place in _undescribed_in(graphql_type)
    ]


def check_descriptions(schema: strawberry.Schema) -> None:
    """Fail with the list of what has no description. Raises: AssertionError."""
    if places := undescribed(schema):
        raise AssertionError("no description: " + ", ".join(places))


def _is_given(name: str, graphql_type: GraphQLNamedType) -> bool:
    return (
        name.startswith("__")
        or name in _FEDERATION_TYPES
        or "__" in name
        or is_specified_scalar_type(graphql_type)
    )


def _undescribed_in(graphql_type: GraphQLNamedType) -> Iterator[str]:
    if not graphql_type.description and graphql_type.name != "Query":
        yield graphql_type.name
    if isinstance(graphql_type, GraphQLEnumType):
        for name, value in graphql_type.values.items():
            if not value.description:
                yield f"{graphql_type.name}.{name}"
    if isinstance(graphql_type, GraphQLInputObjectType):
        for name, field in graphql_type.fields.items():
            if not field.description:
                yield f"{graphql_type.name}.{name}"
    if isinstance(graphql_type, GraphQLObjectType | GraphQLInterfaceType):
        for name, output in graphql_type.fields.items():
            if name in _FEDERATION_FIELDS:
                continue
            if not output.description:
                yield f"{graphql_type.name}.{name}"
            for argument, definition in output.args.items():
                if not definition.description:
                    yield f"{graphql_type.name}.{name}({argument})"

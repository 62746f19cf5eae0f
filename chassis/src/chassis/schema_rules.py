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
    if not graphql_type.description:
        yield graphql_type.name
    for member, description in _members(graphql_type):
        if not description:
            yield f"{graphql_type.name}.{member}"


def _members(graphql_type: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """Name the fields, arguments and values of a type, with their descriptions."""
    if isinstance(graphql_type, GraphQLEnumType):
        yield from ((name, value.description) for name, value in graphql_type.values.items())
    if isinstance(graphql_type, GraphQLInputObjectType):
        yield from ((name, field.description) for name, field in graphql_type.fields.items())
    if isinstance(graphql_type, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in graphql_type.fields.items():
            if name not in _FEDERATION_FIELDS:
                yield name, field.description
                for argument, definition in field.args.items():
                    yield f"{name}({argument})", definition.description

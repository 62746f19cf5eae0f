"""Every operation of a schema that takes an id, with input for it made from its types alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_required_argument,
    is_required_input_field,
)

_NOT_AN_OBJECTS = {"requestId", "clientId", "appId", "messageDataId"}
"""Ids that name no object of ours."""
_DEEPEST = 4
_SCALARS: dict[str, Any] = {
    "Int": 1,
    "Float": 1.0,
    "Boolean": True,
    "String": "某事",
    "SafeInt": 1,
    "Date": "2026-01-01",
    "DateTime": "2026-01-01T00:00:00Z",
}


@dataclass(frozen=True)
class IdOperation:
    """An operation, and one place in its input where an id is given.

    Attributes:
        name: as in the contract, `Query.issue`.
        place: the names from its arguments to the id.
        kind: of what the id is, as far as its name says.
    """

    name: str
    place: tuple[str, ...]
    kind: str
    document: str
    arguments: dict[str, Any]

    def with_id(self, wanted: str, request_id: str) -> dict[str, Any]:
        """Return its variables with this id in the place."""
        filled: dict[str, Any] = _filled(self.arguments, self.place, wanted, request_id)
        return filled


def id_operations(schema: GraphQLSchema) -> list[IdOperation]:
    """Find them, in the order of their names."""
    roots = (schema.query_type, schema.mutation_type)
    return [
        operation
        for root in roots
        if root is not None
        for name, field in sorted(root.fields.items())
        if not name.startswith("_")
        for operation in _of_field(root, name, field)
    ]


def _of_field(root: GraphQLObjectType, name: str, field: GraphQLField) -> Iterator[IdOperation]:
    for place in _id_places(field):
        kind = place[-1].removesuffix("Ids").removesuffix("Id")
        arguments = {
            argument: _value(definition.type, (*place, ""), argument)
            for argument, definition in field.args.items()
            if is_required_argument(definition) or argument == place[0]
        }
        heads = ", ".join(f"${it}: {field.args[it].type}" for it in arguments)
        given = ", ".join(f"{it}: ${it}" for it in arguments)
        verb = "query" if root.name == "Query" else "mutation"
        document = f"{verb} T({heads}) {{ {name}({given}){_selected(field)} }}"
        kind = name if kind == "id" else kind
        yield IdOperation(f"{root.name}.{name}", place, kind, document, arguments)


def _id_places(field: GraphQLField) -> Iterator[tuple[str, ...]]:
    for name, argument in field.args.items():
        yield from _places_in(argument.type, (name,))


def _places_in(kind: GraphQLInputType, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    named = get_named_type(kind)
    if named.name == "ID" and path[-1] not in _NOT_AN_OBJECTS:
        yield path
    elif isinstance(named, GraphQLInputObjectType) and len(path) < _DEEPEST:
        for name, inner in named.fields.items():
            yield from _places_in(inner.type, (*path, name))


def _value(kind: GraphQLInputType, place: tuple[str, ...], name: str) -> Any:
    """Make a value of a type; of optional fields only the one on the way to the place."""
    nullable = get_nullable_type(kind)
    if isinstance(nullable, GraphQLList):
        return [_value(nullable.of_type, place, name)]
    if isinstance(nullable, GraphQLEnumType):
        return next(iter(nullable.values))
    if isinstance(nullable, GraphQLInputObjectType):
        return {
            inner: _value(definition.type, place[1:], inner)
            for inner, definition in nullable.fields.items()
            if is_required_input_field(definition) or inner == place[1]
        }
    return _SCALARS.get(nullable.name, "")


def _filled(value: Any, place: tuple[str, ...], wanted: str, request_id: str) -> Any:
    if isinstance(value, list):
        return [_filled(inner, place, wanted, request_id) for inner in value]
    if not isinstance(value, dict):
        return wanted if not place else value
    return {
        name: request_id
        if name == "requestId"
        else _filled(inner, place[1:] if place and name == place[0] else ("",), wanted, request_id)
        for name, inner in value.items()
    }


def _selected(field: GraphQLField) -> str:
    named = get_named_type(field.type)
    if isinstance(named, GraphQLUnionType):
        return " { __typename ... on UserError { code message } }"
    if isinstance(named, GraphQLObjectType):
        plain = [name for name, it in named.fields.items() if _is_plain(it)]
        return f" {{ {' '.join(['__typename', *plain])} }}"
    return ""


def _is_plain(field: GraphQLField) -> bool:
    """Whether it is text or a number that is asked for without more, and that anybody may read."""
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return not field.args and str(kind) in {"ID", "String", "Int"}

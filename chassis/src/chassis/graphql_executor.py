"""Execution that reads plain attributes without a resolver.

graphql-core works out for every object of every answer which fields are asked for, and makes a
path, an info and a call for each of them. What is asked for depends on the document alone, so it is
worked out once and kept with the document; a field that is an attribute, and everything below it,
is then read straight from the object.

Only what goes well is read so. Whatever does not (a null where none may be, a value that is not of
its type, an attribute that is missing) is left to graphql-core, which reads it again and says what
is wrong as it always does.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList
from graphql.pyutils import AwaitableOrValue, Path, Undefined
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import CustomGraphQLEnumType, GraphQLCoreConverter
from strawberry.types.field import StrawberryField

Read = Callable[[Any], Any]
"""From an object, or from a value, to what the answer holds of it. Raises where it is not plain."""
Collect = Callable[[GraphQLObjectType, FieldDetailsList], CollectedFields]

_TYPENAME = "__typename"


class NotPlain(Exception):
    """A value that graphql-core has to look at."""


class Selection(dict[str, FieldDetailsList]):
    """The fields asked of one type, as graphql-core groups them.

    Attributes:
        plain: how each plain field is read, by its name in the answer.
        others: the fields that graphql-core executes.
    """

    def __init__(self, grouped: Mapping[str, FieldDetailsList], plain: Mapping[str, Read]) -> None:
        super().__init__(grouped)
        self.plain = tuple(plain.items())
        self.others = {name: details for name, details in grouped.items() if name not in plain}


class Prepared:
    """What was worked out for one operation; for documents in which nothing is conditional."""

    def __init__(self) -> None:
        self._root: Selection | None = None
        # The details are kept beside what was collected of them: their id is the key.
        self._below: dict[
            tuple[GraphQLObjectType, int], tuple[FieldDetailsList, CollectedFields]
        ] = {}

    def root(
        self,
        schema: GraphQLSchema,
        root_type: GraphQLObjectType,
        grouped: Mapping[str, FieldDetailsList],
        collect: Collect,
    ) -> Selection:
        """Give the fields of the operation itself."""
        if self._root is None:
            self._root = self._selection(schema, root_type, grouped, collect)
        return self._root

    def below(
        self,
        schema: GraphQLSchema,
        object_type: GraphQLObjectType,
        details: FieldDetailsList,
        collect: Collect,
    ) -> CollectedFields:
        """Give the fields that are asked of an object which a field holds."""
        key = (object_type, id(details))
        known = self._below.get(key)
        if known is not None:
            return known[1]
        found = collect(object_type, details)
        selection = self._selection(schema, object_type, found.grouped_field_set, collect)
        collected = found._replace(grouped_field_set=selection)
        self._below[key] = details, collected
        return collected

    def _selection(
        self,
        schema: GraphQLSchema,
        parent: GraphQLObjectType,
        grouped: Mapping[str, FieldDetailsList],
        collect: Collect,
    ) -> Selection:
        plain = {
            name: read
            for name, details in grouped.items()
            if (read := self._reader(schema, parent, details, collect)) is not None
        }
        return Selection(grouped, plain)

    def _reader(
        self,
        schema: GraphQLSchema,
        parent: GraphQLObjectType,
        details: FieldDetailsList,
        collect: Collect,
    ) -> Read | None:
        name = details[0].node.name.value
        if name == _TYPENAME:
            return _always(parent.name)
        found = schema.get_field(parent, name)
        field = found.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF) if found else None
        if found is None or not isinstance(field, StrawberryField) or not _is_attribute(field):
            return None
        completion = self._completion(schema, found.type, details, collect)
        return None if completion is None else _attribute(field.python_name, completion)

    def _completion(
        self,
        schema: GraphQLSchema,
        kind: GraphQLOutputType,
        details: FieldDetailsList,
        collect: Collect,
    ) -> Read | None:
        """How a value of this type is read; None where a resolver may be needed."""
        required = isinstance(kind, GraphQLNonNull)
        kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        read: Read | None = None
        if isinstance(kind, GraphQLList):
            item = self._completion(schema, kind.of_type, details, collect)
            read = None if item is None else _each(item)
        elif isinstance(kind, CustomGraphQLEnumType):
            read = _enum_value(kind)
        elif isinstance(kind, GraphQLScalarType | GraphQLEnumType):
            read = _leaf(kind)
        elif isinstance(kind, GraphQLObjectType) and kind.is_type_of is None:
            below = self.below(schema, kind, details, collect).grouped_field_set
            read = _object(below) if isinstance(below, Selection) and not below.others else None
        if read is None:
            return None
        return _required(read) if required else _nullable(read)


class PreparedExecutor(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's executor with what was prepared for the document, if anything was."""

    def __init__(self, *args: Any, prepared: Prepared | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepared = prepared

    def execute_collected_root_fields(
        self, root_type: GraphQLObjectType, root_value: Any, grouped_field_set: Any, *rest: Any
    ) -> AwaitableOrValue[dict[str, Any]]:
        """Execute the fields of the operation."""
        if self._prepared is not None:
            grouped_field_set = self._prepared.root(
                self.schema, root_type, grouped_field_set, super().collect_subfields
            )
        return super().execute_collected_root_fields(
            root_type, root_value, grouped_field_set, *rest
        )

    def collect_subfields(
        self, return_type: GraphQLObjectType, field_details_list: FieldDetailsList
    ) -> CollectedFields:
        """Say which fields are asked of an object."""
        if self._prepared is None:
            return super().collect_subfields(return_type, field_details_list)
        return self._prepared.below(
            self.schema, return_type, field_details_list, super().collect_subfields
        )

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: dict[str, FieldDetailsList],
        position_context: Any,
    ) -> AwaitableOrValue[dict[str, Any]]:
        """Read the plain fields, and let graphql-core execute the others."""
        if not isinstance(grouped_field_set, Selection) or not grouped_field_set.plain:
            return super().execute_fields(
                parent_type, source_value, path, grouped_field_set, position_context
            )
        others = grouped_field_set.others
        found: dict[str, Any] = {}
        for name, read in grouped_field_set.plain:
            try:
                found[name] = read(source_value)
            except Exception:  # whatever it is, graphql-core meets it again and reports it
                others = {**others, name: grouped_field_set[name]}
        if not others:
            return found
        rest = super().execute_fields(parent_type, source_value, path, others, position_context)
        if isinstance(rest, dict):
            return _in_order(grouped_field_set, found, rest)
        return _in_order_later(grouped_field_set, found, rest)


def _in_order(selection: Selection, found: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    found |= rest
    return {name: found[name] for name in selection if name in found}


async def _in_order_later(
    selection: Selection, found: dict[str, Any], rest: Awaitable[dict[str, Any]]
) -> dict[str, Any]:
    return _in_order(selection, found, await rest)


def _is_attribute(field: StrawberryField) -> bool:
    return field.is_basic_field and field.default_resolver is getattr


def _always(value: str) -> Read:
    return lambda _source: value


def _attribute(name: str, complete: Read) -> Read:
    return lambda source: complete(getattr(source, name))


def _required(read: Read) -> Read:
    def required(value: Any) -> Any:
        if value is None:
            raise NotPlain
        return read(value)

    return required


def _nullable(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _each(item: Read) -> Read:
    def each(values: Any) -> list[Any]:
        if not isinstance(values, list | tuple):
            raise NotPlain
        return [item(value) for value in values]

    return each


def _object(selection: Selection) -> Read:
    plain = selection.plain
    return lambda value: {name: read(value) for name, read in plain}


def _enum_value(kind: CustomGraphQLEnumType) -> Read:
    members: Iterable[Any] = kind.wrapped_cls
    names = {member: kind.coerce_output_value(member) for member in members}
    return names.__getitem__


def _leaf(kind: GraphQLScalarType | GraphQLEnumType) -> Read:
    coerce = kind.coerce_output_value

    def leaf(value: Any) -> Any:
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise NotPlain
        return coerced

    return leaf

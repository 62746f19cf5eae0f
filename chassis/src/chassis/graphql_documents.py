"""Parsed and checked documents, kept by their text; limits come before everything else."""

from collections.abc import Iterator
from functools import lru_cache

import msgspec
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import ASTValidationRule, NoSchemaIntrospectionCustomRule
from strawberry.extensions import SchemaExtension

from chassis.errors import BadUserInput, QueryRefused, ReadOnly
from chassis.graphql_executor import Prepared

_MANY = 1_000_000_000
_ERRORS_SHOWN = 10
_WHICH_ONE = "请求包含多个操作，须用 operationName 指明其中一个。"
_DIRECTIVE = "@"
_TOO_MUCH_WORK = "Validation aborted."  # graphql-core's own bound on validation


class Limits(msgspec.Struct, frozen=True):
    """How large a document may be. Fragments count once for every place they are spread."""

    tokens: int = 2_000
    depth: int = 12
    aliases: int = 50
    fields: int = 500
    characters: int = 50_000


class CheckedDocument(msgspec.Struct, frozen=True):
    """A document as parsed, what is wrong with it, and what its execution was prepared with.

    Attributes:
        prepared: None for several operations, and where a directive may make a field conditional.
    """

    document: DocumentNode
    operations: tuple[OperationDefinitionNode, ...]
    errors: list[GraphQLError]
    prepared: Prepared | None

    def operation(self, name: object) -> OperationDefinitionNode | None:
        """Give the operation of this name, or the only one; None where there is no such one.

        Args:
            name: as a client sent it; None asks for the only one.
        Raises: BadUserInput when there are several and none is named.
        """
        if name is None:
            if len(self.operations) > 1:
                raise BadUserInput(_WHICH_ONE)
            return next(iter(self.operations), None)
        return next(
            (each for each in self.operations if each.name and each.name.value == name), None
        )


class Documents:
    """Checks each text once for one schema and keeps the last ones."""

    def __init__(self, limits: Limits, *, introspection: bool, kept: int = 500) -> None:
        self._limits = limits
        rules: tuple[type[ASTValidationRule], ...] = tuple(specified_rules)
        self._rules = rules if introspection else (*rules, NoSchemaIntrospectionCustomRule)
        self._checked = lru_cache(maxsize=kept)(self._check)

    def checked(self, text: str, schema: GraphQLSchema) -> CheckedDocument:
        """Parse, measure, validate; or give what an earlier request found.

        Raises: QueryRefused over a limit; GraphQLSyntaxError.
        """
        if len(text) > self._limits.characters:
            raise QueryRefused
        return self._checked(text, schema)

    def _check(self, text: str, schema: GraphQLSchema) -> CheckedDocument:
        try:
            document = parse(text, max_tokens=self._limits.tokens)
        except GraphQLSyntaxError as error:
            if "Parsing aborted" in error.message:
                raise QueryRefused from error
            raise
        size = _measure(document)
        if not size.within(self._limits):
            raise QueryRefused
        errors = validate(schema, document, self._rules, max_errors=_ERRORS_SHOWN)
        if any(error.message == _TOO_MUCH_WORK for error in errors):
            raise QueryRefused
        operations = tuple(
            each for each in document.definitions if isinstance(each, OperationDefinitionNode)
        )
        fixed = len(operations) == 1 and _DIRECTIVE not in text
        return CheckedDocument(document, operations, errors, Prepared() if fixed else None)


def refuse_writes(operation: OperationDefinitionNode, context: object) -> None:
    """Let no mutation begin where nothing is written. Raises: ReadOnly."""
    is_mutation = operation.operation is OperationType.MUTATION
    if is_mutation and getattr(context, "read_only", False):
        raise ReadOnly


class CheckDocuments(SchemaExtension):
    """Uses Documents in place of strawberry's own parsing and validation."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._found: CheckedDocument | None = None

    def on_parse(self) -> Iterator[None]:
        """Hand over the document that was parsed before."""
        context = self.execution_context
        if context.query:
            self._found = self._documents.checked(context.query, context.schema._schema)
            context.graphql_document = self._found.document
            # Strawberry would run the first one; `operation_name` does not tell that it was chosen.
            operation = self._found.operation(context._provided_operation_name)
            if operation is not None:
                refuse_writes(operation, context.context)
        yield

    def on_validate(self) -> Iterator[None]:
        """Hand over what is wrong with it."""
        if self._found is not None:
            self.execution_context.pre_execution_errors = self._found.errors
        yield


class _Size(msgspec.Struct):
    depth: int = 0
    aliases: int = 0
    fields: int = 0

    def within(self, limits: Limits) -> bool:
        return (
            self.depth <= limits.depth
            and self.aliases <= limits.aliases
            and self.fields <= limits.fields
        )

    def add(self, other: "_Size", *, below: int = 0) -> None:
        self.depth = max(self.depth, other.depth + below)
        self.aliases = min(_MANY, self.aliases + other.aliases)
        self.fields = min(_MANY, self.fields + other.fields)


def _measure(document: DocumentNode) -> _Size:
    """Measure all operations together; each fragment is measured once, however often spread."""
    measuring = _Measuring(document)
    total = _Size()
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            total.add(measuring.selections(definition.selection_set))
    return total


class _Measuring:
    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._sizes: dict[str, _Size] = {}

    def selections(self, selection_set: SelectionSetNode) -> _Size:
        size = _Size()
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                size.add(self._field(node), below=1)
            elif isinstance(node, InlineFragmentNode):
                size.add(self.selections(node.selection_set))
            elif isinstance(node, FragmentSpreadNode):
                size.add(self._fragment(node.name.value))
        return size

    def _field(self, node: FieldNode) -> _Size:
        size = self.selections(node.selection_set) if node.selection_set else _Size()
        if node.name.value.startswith("__"):
            return _Size(fields=size.fields + 1)  # introspection is deep by itself
        size.aliases += node.alias is not None
        size.fields += 1
        return size

    def _fragment(self, name: str) -> _Size:
        if name not in self._sizes:
            self._sizes[name] = _Size()  # an unknown or circular one is refused by validation
            if name in self._fragments:
                self._sizes[name] = self.selections(self._fragments[name].selection_set)
        return self._sizes[name]

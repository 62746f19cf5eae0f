"""One federated schema, made the same way in every service."""

from collections.abc import AsyncGenerator, Iterable
from typing import Any, Literal

import strawberry
from graphql import ExecutionResult as GraphQLResult
from graphql import GraphQLError, GraphQLObjectType, execute
from strawberry.exceptions import MissingQueryError
from strawberry.execution.is_awaitable import optimized_is_awaitable
from strawberry.federation.schema import FederationAny
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionContext, ExecutionResult, Info
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from chassis.entities import checked_representation
from chassis.errors import BadUserInput, ChassisError, QueryRefused
from chassis.graphql_documents import CheckDocuments, Documents, Limits, refuse_writes
from chassis.graphql_errors import UserError, handlers_of, name_in_graph
from chassis.graphql_executor import PreparedExecutor
from chassis.graphql_masking import masked
from chassis.scalars import CONFIG

# References in one `_entities` call: a page of 100 with 20 references each.
MAX_ENTITIES = 2_000
# The composer refuses newer ones.
FEDERATION_VERSION: Literal["2.9"] = "2.9"


class Schema(strawberry.federation.Schema):
    """A federated schema of which no unmasked error leaves."""

    def __init__(self, *args: Any, documents: Documents, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._documents = documents

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any = None,
        root_value: Any = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Execute one query or mutation; a subscription has more than one result.

        Strawberry's own way to graphql-core has hooks on every side for extensions of which there
        are none here.

        Raises: MissingQueryError; CannotGetOperationTypeError; InvalidOperationTypeError.
        """
        if not query:
            raise MissingQueryError
        try:
            checked = self._documents.checked(query, self._schema)
            operation = checked.operation(operation_name)
        except Exception as error:
            return _refused([_located(error)])
        if operation is None:
            raise CannotGetOperationTypeError(operation_name)
        kind = OperationType(operation.operation.value)
        if kind is OperationType.SUBSCRIPTION or kind not in (allowed_operation_types or (kind,)):
            raise InvalidOperationTypeError(kind)
        if checked.errors:
            return _refused(checked.errors)
        try:
            refuse_writes(operation, context_value)
            executed = execute(
                self._schema,
                checked.document,
                root_value=root_value,
                context_value=context_value,
                variable_values=variable_values,
                operation_name=operation_name,
                is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]
                executor_class=PreparedExecutor,
                prepared=checked.prepared,
                operation_extensions=operation_extensions,
            )
            found = executed if isinstance(executed, GraphQLResult) else await executed
        except Exception as error:
            return _refused([_located(error)])
        return _masked_result(ExecutionResult(data=found.data, errors=found.errors))

    async def stream(self, *args: Any, **kwargs: Any) -> AsyncGenerator[Any, None]:
        """Execute one operation whose results come one after another."""
        results = await super().stream(*args, **kwargs)
        return _masked_stream(results)

    def entities_resolver(
        self, info: Info, representations: list[FederationAny]
    ) -> list[FederationAny]:
        """Resolve references; one that is no key of an entity costs itself only."""
        if len(representations) > MAX_ENTITIES:
            raise QueryRefused
        return [self._entity(info, representation) for representation in representations]

    def _entity(self, info: Info, representation: FederationAny) -> FederationAny:
        try:
            checked = checked_representation(representation, self.schema_converter.type_map)
        except BadUserInput as refusal:
            return FederationAny(refusal)
        return super().entities_resolver(info, [FederationAny(checked)])[0]

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing here: masking logs what deserves it, once."""


def build_schema(
    *,
    query: type,
    mutation: type | None = None,
    subscription: type | None = None,
    types: Iterable[type] = (),
    errors: Iterable[type[UserError]] = (),
    limits: Limits | None = None,
    introspection: bool = True,
) -> Schema:
    """Build a service's schema.

    Args:
        types: every entity; those reached only through mutations have no `_entities` otherwise.
        errors: every class that `error_type` made, for the unions that hold them.
        introspection: whether clients may ask for the schema (the gateway never does).

    Raises: TypeError when a type of the schema implements UserError and is not in `errors`.
    """
    error_classes = list(errors)
    documents = Documents(limits or Limits(), introspection=introspection)
    schema = Schema(
        query=query,
        mutation=mutation,
        subscription=subscription,
        types=types,
        documents=documents,
        extensions=[lambda: CheckDocuments(documents)],
        exception_handlers=handlers_of(error_classes),
        federation_version=FEDERATION_VERSION,
        config=CONFIG,
    )
    _refuse_unhandled(schema, error_classes)
    return schema


def scopes_for(*roles: str) -> list[list[str]]:
    """`requires_scopes` for a field that any one of these roles may ask for."""
    return [[f"role:{role}"] for role in roles]


def _refuse_unhandled(schema: Schema, error_classes: list[type[UserError]]) -> None:
    handled = {name_in_graph(cls) for cls in error_classes}
    for name, graphql_type in schema._schema.type_map.items():
        if not isinstance(graphql_type, GraphQLObjectType):
            continue
        if "UserError" in {i.name for i in graphql_type.interfaces} and name not in handled:
            raise TypeError(f"{name} implements UserError: give it to build_schema(errors=…)")


def _located(error: Exception) -> GraphQLError:
    if isinstance(error, GraphQLError):
        return error
    return GraphQLError(str(error), original_error=error)


def _refused(errors: list[GraphQLError]) -> ExecutionResult:
    return PreExecutionError(data=None, errors=[masked(error) for error in errors])


def _masked_result(result: ExecutionResult) -> ExecutionResult:
    if result.errors:
        result.errors = [masked(error) for error in result.errors]
    return result


async def _masked_stream(results: AsyncGenerator[Any, None]) -> AsyncGenerator[Any, None]:
    try:
        async for result in results:
            yield _masked_result(result)
    except GraphQLError as error:  # raised by an extension, where strawberry does not look
        yield PreExecutionError(data=None, errors=[masked(error)])
    except ChassisError as error:
        refusal = GraphQLError(error.message, original_error=error)
        yield PreExecutionError(data=None, errors=[masked(refusal)])
    finally:
        await results.aclose()

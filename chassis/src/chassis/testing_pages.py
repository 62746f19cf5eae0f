"""For tests: a service's part of a page, and what its store is sent for it.

calls = StoreCalls()
store = Store.connect(uri, database, on_command=calls.note)
...
context = resident_asks(application, account_id=account_id, community_id=community_id)
shown = await page_part(PAGE.read_text(), schema, context, communityId=community_id)
assert calls.taken() == {"loaves.find": 1}
"""

import secrets
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

from graphql import (
    DocumentNode,
    FieldsOnCorrectTypeRule,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from chassis.clock import utc_now
from chassis.encryption import KEY_BYTES
from chassis.graphql import Schema
from chassis.graphql_context import Context
from chassis.identity import Principal, Role
from chassis.settings import ServiceSettings
from chassis.testing import REQUESTS

F = TypeVar("F")
S = TypeVar("S", bound=ServiceSettings)


class StoreCalls:
    """Counts what a store is sent; give `note` to `Store.connect`."""

    def __init__(self) -> None:
        self._sent: Counter[str] = Counter()

    def note(self, command: str, collection: str) -> None:
        """Count one command."""
        self._sent[f"{collection}.{command}"] += 1

    def taken(self) -> dict[str, int]:
        """What was sent since the last time, as `{"loaves.find": 2}`."""
        taken, self._sent = self._sent, Counter()
        return dict(taken)


def settings_of(service: type[S], mongodb_uri: str, *, keys: Sequence[str] = ()) -> S:
    """Settings with keys of their own for what is built on a store; nobody asks Kafka.

    Args:
        keys: the fields that are keys, beside those that every service has.
    """
    key = urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return service.model_validate(
        {
            "mongodb_uri": mongodb_uri,
            "kafka_bootstrap_servers": "127.0.0.1:9092",
            "key_wrapping_keys": f"test:{key}",
            "lookup_hash_key": key,
            **dict.fromkeys(keys, key),
        }
    )


def resident_asks(application: F, *, account_id: str, community_id: str) -> Context[F]:
    """A request of somebody who lives in the community; nothing of one before is known."""
    principal = Principal(
        account_id=account_id,
        session_id="session_1",
        community_id=community_id,
        roles=(Role("resident"),),
        client="miniprogram",
        expires_at=utc_now(),
    )
    return Context(application, principal, requests=REQUESTS)


async def page_part(
    page: str, schema: Schema, context: Context[Any], **variables: object
) -> dict[str, Any]:
    """Execute what of a page's one query this service answers, as the gateway asks it in one go.

    Returns: the data. Raises: AssertionError for an error in the answer.
    """
    part = part_of(page, schema._schema)
    answer = await schema.execute(part, variables, context_value=context)
    if answer.errors or answer.data is None:
        raise AssertionError(answer.errors)
    return answer.data


def part_of(page: str, schema: GraphQLSchema) -> str:
    """The fields of a page's one query that this schema has, each with all that it asks for.

    Raises: AssertionError where it has none of them.
    """
    (asked,) = parse(page).definitions
    if not isinstance(asked, OperationDefinitionNode):
        raise AssertionError("a page is one query")
    of_root = asked.selection_set.selections
    fields = tuple(each for each in of_root if not _is_unknown(asked, each, schema))
    if not fields:
        raise AssertionError("nothing of the page is this service's")
    used = _variables_of(_with(asked, fields, ()))
    wanted = [each for each in asked.variable_definitions or () if each.variable.name.value in used]
    return print_ast(_with(asked, fields, wanted))


def _is_unknown(
    asked: OperationDefinitionNode, field: SelectionNode, schema: GraphQLSchema
) -> bool:
    alone = DocumentNode(definitions=(_with(asked, (field,), asked.variable_definitions),))
    return bool(validate(schema, alone, [FieldsOnCorrectTypeRule]))


def _with(
    asked: OperationDefinitionNode,
    fields: Sequence[SelectionNode],
    variables: Sequence[VariableDefinitionNode] | None,
) -> OperationDefinitionNode:
    return OperationDefinitionNode(
        operation=asked.operation,
        name=asked.name,
        directives=asked.directives,
        variable_definitions=tuple(variables or ()),
        selection_set=SelectionSetNode(selections=tuple(fields)),
    )


def _variables_of(part: OperationDefinitionNode) -> set[str]:
    found: set[str] = set()

    class Used(Visitor):
        def enter_variable(self, node: VariableNode, *_: object) -> None:
            found.add(node.name.value)

    visit(part, Used())
    return found

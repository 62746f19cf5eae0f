"""How to try one operation, and the documents of the usual kinds of operation."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.world import World


@dataclass(frozen=True)
class Trial:
    """How to try one operation.

    Attributes:
        service: whose it is.
        document: an operation whose one field it is, or in which it is the innermost field.
        variables: valid input for somebody of a role, over an object that is there for it alone.
        path: from the data to the value that only somebody allowed gets.
    """

    service: str
    document: str
    variables: Callable[[World, str], Awaitable[Variables]]
    path: tuple[str | int, ...]


async def nothing(_: World, __: str) -> Variables:
    return {}


def query(service: str, field: str, fields: str, variables: Any = nothing) -> Trial:
    takes_id = variables is not nothing
    head, argument = ("query Q($id: ID!)", "(id: $id)") if takes_id else ("query Q", "")
    return Trial(service, f"{head} {{ {field}{argument} {{ {fields} }} }}", variables, (field,))


def mutation(
    service: str, field: str, content: Callable[[World, str], Awaitable[Variables]]
) -> Trial:
    kind = field[0].upper() + field[1:]

    async def variables(world: World, role: str) -> Variables:
        given = await content(world, role)
        return {"input": {"requestId": world.request_id(), **given}}

    document = (
        f"mutation M($input: {kind}Input!) {{ {field}(input: $input) "
        "{ __typename ... on UserError { code } } }"
    )
    return Trial(service, document, variables, (field,))

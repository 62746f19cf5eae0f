"""Trying an operation as somebody, somewhere in the stack."""

from typing import Any

from local_stack.acting.one_of_each.asking import Answer, ask, first_of_stream
from local_stack.acting.stack_by_commands import StackByCommands

from .trial import Trial


async def attempt(
    trial: Trial, stack: StackByCommands, where: str, token: str | None, variables: dict[str, Any]
) -> Answer:
    """Send an operation to a process of the stack."""
    send = first_of_stream if trial.document.startswith("subscription") else ask
    return await send(stack.layout.address(where), token, trial.document, variables)


def value_at(data: Any, path: tuple[str | int, ...]) -> Any:
    """Follow a path into an answer; None where it ends early."""
    for step in path:
        if data is None:
            return None
        data = data[step]
    return data

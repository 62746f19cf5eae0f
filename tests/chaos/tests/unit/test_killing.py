"""A process that the supervisor has given up is started, and not passed over in silence."""

from typing import Any, cast

import pytest
from chaos.killing import Watch
from local_stack.supervisor import ProcessState, Supervisor


class Supervising:
    """A supervisor that knows one process."""

    def __init__(self, state: str) -> None:
        self._state = state
        self.started: list[str] = []

    def processes(self) -> list[ProcessState]:
        return [ProcessState("kafka", self._state, 0, 0.0)]

    def start_process(self, name: str) -> None:
        self.started.append(name)


@pytest.mark.parametrize(
    ("state", "started"),
    [("FATAL", ["kafka"]), ("EXITED", []), ("BACKOFF", []), ("STARTING", []), ("RUNNING", [])],
)
async def test_only_what_was_given_up_is_started_and_that_is_odd(
    state: str, started: list[str]
) -> None:
    supervising: Any = Supervising(state)
    odd: list[str] = []

    assert await Watch(cast(Supervisor, supervising), odd.append).pid("kafka") == 0

    assert supervising.started == started
    assert odd == ["supervisord gave kafka up"] * len(started)

"""The whole stack on ports and data of its own, beside a running one if there is one."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town, found_town
from local_stack.down import down
from local_stack.leash import Leash

_ANSWER_WITHIN_SECONDS = 15.0
# Strangers ask more than anybody may, and a refusal for it would hide the one that is meant.
_OPEN_DOORS = {
    "REQUESTS_PER_MINUTE": "1000000000",
    "ANONYMOUS_REQUESTS_PER_MINUTE": "1000000000",
}


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, leash: Leash) -> Iterator[StackByCommands]:
    """A running stack whose story has not been played. Each test leaves it as it found it."""
    stack = StackByCommands.in_folder(tmp_path_factory.mktemp("stack") / "state", _OPEN_DOORS)
    leash.run_at_end(stack.argv("down"))
    stack.must("up", "--no-story")
    yield stack
    # Not by the command: it would be read anew from files that may be half edited by now.
    down(stack.layout)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Speaks to the stack's doors."""
    async with httpx.AsyncClient(timeout=_ANSWER_WITHIN_SECONDS, trust_env=False) as client:
        yield client


@pytest.fixture
async def town(stack: StackByCommands, client: httpx.AsyncClient) -> Town:
    """A community of the test's own."""
    return await found_town(stack.layout, client)

"""The running stack with two communities in it, one of which is attacked from the other."""

from collections.abc import AsyncIterator

import pytest
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.leash import Leash
from strangers.target import Effort, Target, target_of

SEED = 39


@pytest.fixture(scope="package")
async def target(
    stack: StackByCommands, leash: Leash, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Target]:
    async with target_of(stack, tmp_path_factory.mktemp("strangers"), leash) as target:
        yield target


@pytest.fixture(scope="package")
def effort() -> Effort:
    """Small sizes: `make attack` tries harder."""
    return Effort(SEED, tries=2, levels=300, body_bytes=1_500_000, repeats=0)

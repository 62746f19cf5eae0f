"""Every cell of `contracts/permissions.yaml`, tried on the running system.

Each operation is tried with valid input by every role that may not, at the gateway and at its
service alone: refused by name, with nothing changed. Then every role that may succeeds, the
first with that very input, which shows that it was valid.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import yaml
from chassis.mongo import Store
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.layout import ROOT
from local_stack.secrets_file import stack_secrets
from residents.settings import ResidentsSettings

from .asking import Answer, ask, first_of_stream
from .cast import Cast
from .fingerprint import fingerprint
from .quiet import Quiet
from .trials import TRIALS, Trial
from .world import World

CONTRACT: dict[str, Any] = yaml.safe_load((ROOT / "contracts/permissions.yaml").read_text())
ROLES: list[str] = CONTRACT["roles"]
OPERATIONS: dict[str, dict[str, str]] = CONTRACT["operations"]
SERVICES = ("residents", "issues", "outreach")


@pytest.fixture(scope="module")
async def world(stack: StackByCommands) -> AsyncIterator[World]:
    layout = stack.layout
    secrets = stack_secrets(layout.state)
    cast = Cast(
        ResidentsSettings.model_validate(
            {
                "mongodb_uri": f"mongodb://127.0.0.1:{layout.port('store')}",
                "kafka_bootstrap_servers": f"127.0.0.1:{layout.port('kafka')}",
                "key_wrapping_keys": secrets.key_wrapping_keys,
                "lookup_hash_key": secrets.lookup_hash_key,
            }
        )
    )
    world = World(layout.address("gateway"), layout.address("wechat-simulator"), cast)
    await world.open(await cast.community(), ROLES)
    yield world
    await cast.store.close()


@pytest.fixture(scope="module")
async def stores(stack: StackByCommands) -> AsyncIterator[dict[str, Store]]:
    uri = f"mongodb://127.0.0.1:{stack.layout.port('store')}"
    stores = {name: Store.connect(uri, f"linli_{name}") for name in SERVICES}
    yield stores
    for store in stores.values():
        await store.close()


@pytest.fixture(scope="module")
async def quiet(stack: StackByCommands, stores: dict[str, Store]) -> AsyncIterator[Quiet]:
    async with Quiet(stores, f"127.0.0.1:{stack.layout.port('kafka')}") as quiet:
        yield quiet


def test_every_operation_of_the_contract_is_tried() -> None:
    assert set(TRIALS) == set(OPERATIONS)


@pytest.mark.parametrize("operation", TRIALS)
async def test_the_contract_holds(
    operation: str, stack: StackByCommands, world: World, stores: dict[str, Store], quiet: Quiet
) -> None:
    row, trial = OPERATIONS[operation], TRIALS[operation]
    allowed = list(row)
    variables = await trial.variables(world, allowed[0])

    if row != {"anonymous": "all"}:
        await quiet.come()
        before = await fingerprint(stores)
        for role in [*(role for role in ROLES if role not in row), None]:
            for where in ("gateway", f"{trial.service}-api"):
                answer = await attempt(trial, stack, world, where, role, variables)
                refusal = "UNAUTHENTICATED" if role is None else "FORBIDDEN"
                assert answer.codes == [refusal], (role, where, answer.body)
                assert value_at(answer.data, trial.path) is None, (role, where)
        assert await fingerprint(stores) == before

    for role in allowed:
        if role != allowed[0]:
            variables = await trial.variables(world, role)
        answer = await attempt(trial, stack, world, "gateway", role, variables)
        assert answer.codes == [], (role, answer.body)
        value = value_at(answer.data, trial.path)
        assert value is not None, (role, answer.body)
        if operation.startswith("Mutation."):
            assert value["__typename"].endswith("Success"), (role, answer.body)


async def attempt(
    trial: Trial,
    stack: StackByCommands,
    world: World,
    where: str,
    role: str | None,
    variables: dict[str, Any],
) -> Answer:
    token = world.people[role].token if role in world.people else None
    send = first_of_stream if trial.document.startswith("subscription") else ask
    return await send(stack.layout.address(where), token, trial.document, variables)


def value_at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if data is None:
            return None
        data = data[step]
    return data

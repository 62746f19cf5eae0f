"""Every cell of `contracts/permissions.yaml`, tried on the running system.

Each operation is tried with valid input by every role that may not, at the gateway and at its
service alone: refused by name, with nothing changed. Then every role that may succeeds, the
first with that very input, which shows that it was valid.
"""

import pytest
from chassis.mongo import Store
from local_stack.acting.one_of_each.fingerprint import fingerprint
from local_stack.acting.one_of_each.quiet import Quiet
from local_stack.acting.one_of_each.world import World
from local_stack.acting.stack_by_commands import StackByCommands

from .contract import OPERATIONS, ROLES
from .trials import TRIALS
from .trying import attempt, value_at

ENDS_THE_SESSION = "Mutation.logOut"


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
                token = await world.token_of(role)
                answer = await attempt(trial, stack, where, token, variables)
                refusal = "UNAUTHENTICATED" if role is None else "FORBIDDEN"
                assert answer.codes == [refusal], (role, where, answer.body)
                assert value_at(answer.data, trial.path) is None, (role, where)
        assert await fingerprint(stores) == before

    for role in allowed:
        if role != allowed[0]:
            variables = await trial.variables(world, role)
        spare = role in ROLES and operation == ENDS_THE_SESSION
        token = await (world.spare_token_of(role) if spare else world.token_of(role))
        answer = await attempt(trial, stack, "gateway", token, variables)
        assert answer.codes == [], (role, answer.body)
        value = value_at(answer.data, trial.path)
        assert value is not None, (role, answer.body)
        if operation.startswith("Mutation."):
            assert value["__typename"].endswith("Success"), (role, answer.body)


async def test_own_ends_where_another_person_begins(
    stack: StackByCommands, world: World, stores: dict[str, Store], quiet: Quiet
) -> None:
    row, trial = OPERATIONS["Mutation.revokeSession"], TRIALS["Mutation.revokeSession"]
    anothers = await trial.variables(world, "clerk")
    await quiet.come()
    before = await fingerprint(stores)

    for role in [role for role, reach in row.items() if reach == "own" and role != "clerk"]:
        token = await world.token_of(role)
        answer = await attempt(trial, stack, "gateway", token, anothers)
        assert answer.data["revokeSession"]["__typename"] == "SessionNotFound", role
    assert await fingerprint(stores) == before

    assert row["secretary"] == "all"
    answer = await attempt(trial, stack, "gateway", await world.token_of("secretary"), anothers)
    assert answer.data["revokeSession"]["__typename"] == "RevokeSessionSuccess"

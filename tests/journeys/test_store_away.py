"""The store stopped or frozen: UNAVAILABLE within 5 s, and back by itself."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town
from local_stack.acting.waiting import eventually

APIS = ("residents-api", "issues-api", "vouchers-api", "outreach-api")
ANSWERED_WITHIN_SECONDS = 5.0
FIGURES = """
query Figures($id: ID!) {
  inbox(first: 1) { nodes { id } }
  comments(first: 1) { nodes { id } }
  community(id: $id) { name }
}
"""


def stop(stack: StackByCommands) -> Callable[[], object]:
    stack.must("stop", "store")
    return lambda: stack.must("start", "store")


def freeze(stack: StackByCommands) -> Callable[[], object]:
    store = stack.process("store")
    store.suspend()
    return store.resume


@pytest.mark.parametrize("take_away", [stop, freeze])
async def test_without_the_store_every_answer_is_unavailable_within_5_s(
    stack: StackByCommands,
    town: Town,
    client: httpx.AsyncClient,
    take_away: Callable[[StackByCommands], Callable[[], object]],
) -> None:
    await town.data(FIGURES, id=town.community_id)
    pids = stack.pids()
    give_back = take_away(stack)
    try:
        # Twice: what was read a moment before may still be known to the first question.
        for _ in range(2):
            async with asyncio.timeout(ANSWERED_WITHIN_SECONDS):
                answer = await town.ask(FIGURES, id=town.community_id)
            codes = {error["extensions"]["code"] for error in answer["errors"]}
            assert codes == {"UNAVAILABLE"}, answer
            assert answer["data"] == {"inbox": None, "comments": None, "community": None}
        await eventually(lambda: apis_answer(stack, client, 503))
    finally:
        give_back()

    await eventually(lambda: apis_answer(stack, client, 200))
    await town.data(FIGURES, id=town.community_id)
    after = stack.pids()
    assert {name: pid for name, pid in after.items() if name != "store"} == {
        name: pid for name, pid in pids.items() if name != "store"
    }


async def apis_answer(stack: StackByCommands, client: httpx.AsyncClient, status: int) -> bool:
    answers = [await client.get(f"{stack.layout.address(name)}/ready") for name in APIS]
    return {answer.status_code for answer in answers} == {status}


async def test_a_comment_written_while_the_store_is_away_arrives_once(
    stack: StackByCommands, town: Town
) -> None:
    stack.must("stop", "store")
    try:
        await town.comment("小赵", "西门的路灯坏了")
    finally:
        stack.must("start", "store")

    async def arrived() -> bool:
        answer = await town.ask("query Inbox { inbox(first: 10) { nodes { redactedText } } }")
        inbox = (answer.get("data") or {}).get("inbox")
        return inbox is not None and len(inbox["nodes"]) > 0

    await eventually(arrived, within_seconds=60)
    intakes = await town.inbox_after_a_marker()
    assert [intake["redactedText"] for intake in intakes] == ["西门的路灯坏了"]

"""Kafka away for longer than a producer waits: writes are taken, and events flow afterwards."""

import asyncio

import httpx
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town
from local_stack.acting.waiting import eventually

AWAY_SECONDS = 65
APIS = ("residents-api", "issues-api", "vouchers-api", "outreach-api", "gateway")
TEXTS = [f"第{number}盏路灯不亮了" for number in "一二三四五六七八九十"]


async def test_ten_comments_of_an_outage_become_ten_intakes_in_order(
    stack: StackByCommands, town: Town, client: httpx.AsyncClient
) -> None:
    loop = asyncio.get_running_loop()
    stack.must("stop", "kafka")
    assert stack.status()["kafka"]["state"] == "STOPPED"
    back_at = loop.time() + AWAY_SECONDS
    try:
        for number, text in enumerate(TEXTS):
            await town.comment(f"手机{number}", text)
            await next_moment(loop, back_at, remaining=len(TEXTS) - number)
            for name in APIS:
                ready = await client.get(f"{stack.layout.address(name)}/ready")
                assert ready.status_code == 200, (name, ready.text)
        await eventually(lambda: all_are_stored(town))
        assert await town.inbox() == []
        await until(loop, back_at)
    finally:
        stack.must("start", "kafka")

    await eventually(lambda: has_ten(town), within_seconds=60)

    intakes = await town.inbox_after_a_marker()
    assert len(intakes) == len(TEXTS)
    assert len({intake["comment"]["id"] for intake in intakes}) == len(TEXTS)
    received = [intake["receivedAt"] for intake in intakes]
    latest_first = received == sorted(received, reverse=True)
    texts = [intake["redactedText"] for intake in intakes]
    assert texts == (TEXTS[::-1] if latest_first else TEXTS)
    assert received == sorted(received, reverse=latest_first)
    shown = stack.status()
    assert [shown[name]["restarts"] for name in APIS] == [0] * len(APIS)


async def next_moment(loop: asyncio.AbstractEventLoop, back_at: float, *, remaining: int) -> None:
    """Spread the comments over the outage, each in a second of its own."""
    await asyncio.sleep(max(back_at - loop.time(), 0) / (remaining + 1))


async def until(loop: asyncio.AbstractEventLoop, moment: float) -> None:
    """Let the outage last as long as it is meant to."""
    await asyncio.sleep(max(moment - loop.time(), 0))


async def all_are_stored(town: Town) -> bool:
    return len(await town.comments()) == len(TEXTS)


async def has_ten(town: Town) -> bool:
    return len(await town.inbox()) >= len(TEXTS)

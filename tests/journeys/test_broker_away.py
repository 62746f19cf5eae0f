"""Kafka stopped for longer than a producer waits, or killed: writes are taken, events follow."""

import asyncio

import httpx
from chaos.audit.flow import first_deliveries_in_order
from chaos.found import Found, Index
from chaos.messages import read_messages
from chaos.model import Model
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town
from local_stack.acting.waiting import eventually

AWAY_SECONDS = 65
KILLS = 2
APIS = ("residents-api", "issues-api", "vouchers-api", "outreach-api", "gateway")
CATEGORIES = ("lighting", "security", "lighting", "security", "lighting")
TEXTS = [f"第{number}盏路灯不亮了" for number in "一二三四五六七八九十"]


async def test_ten_comments_of_an_outage_become_ten_intakes_in_order(
    stack: StackByCommands, town: Town, client: httpx.AsyncClient
) -> None:
    loop = asyncio.get_running_loop()
    before = await restarts(stack)
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
        await last_until(loop, back_at)
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
    assert await restarts(stack) == before


async def test_kafka_killed_under_load_loses_nothing_and_keeps_the_order(
    stack: StackByCommands, town: Town, client: httpx.AsyncClient
) -> None:
    issue_ids = await opened_issues(town, TEXTS[:3])
    before = await restarts(stack)
    over = asyncio.Event()
    readiness = asyncio.create_task(stay_ready(stack, client, over))

    try:
        await asyncio.gather(
            killed(stack),
            *(worked_on(town, issue_id) for issue_id in issue_ids),
            *(town.comment("手机四", text) for text in TEXTS[3:]),
        )

        await eventually(lambda: has_ten(town), within_seconds=90)
        intakes = await town.inbox_after_a_marker()
        assert sorted(intake["redactedText"] for intake in intakes) == sorted(TEXTS)
    finally:
        over.set()
        times_asked = await readiness
    assert times_asked > 0
    assert await restarts(stack) == before
    messages, _ = await read_messages(f"127.0.0.1:{stack.layout.port('kafka')}")
    found = Found(messages=messages)
    order = first_deliveries_in_order(Model(), found, Index(found))
    assert order.violations == []
    for issue_id in issue_ids:
        told = {message.sequence for message in messages if message.key == issue_id}
        # Reported, acknowledged, and each time that it was sorted, at the least; and no gap.
        assert len(told) >= 2 + len(CATEGORIES)
        assert told == set(range(1, 1 + len(told)))


async def opened_issues(town: Town, texts: list[str]) -> list[str]:
    """Make an issue of each of these comments; return their ids."""
    for text in texts:
        await town.comment("手机三", text)

    async def all_are_here() -> bool:
        return len(await town.inbox()) == len(texts)

    await eventually(all_are_here, within_seconds=60)
    opened = []
    for intake in await town.inbox():
        given = {"intakeId": intake["id"], "category": "lighting", "hazard": True}
        opened.append((await town.do("OpenIssue", "openIssue", **given))["intake"]["issueId"])
    query = "query I($id: ID!) { issue(id: $id) { id } }"

    async def are_there() -> bool:
        seen = [(await town.data(query, id=issue_id))["issue"] for issue_id in opened]
        return None not in seen

    await eventually(are_there, within_seconds=60)
    return opened


async def worked_on(town: Town, issue_id: str) -> None:
    """Write to one issue again and again; each write has to be taken."""
    await town.do("AcknowledgeIssue", "acknowledgeIssue", issueId=issue_id)
    for category in CATEGORIES:
        given = {"issueId": issue_id, "category": category, "level": "COMMUNITY"}
        await town.do("TriageIssue", "triageIssue", **given)


async def killed(stack: StackByCommands) -> None:
    """Kill Kafka, and again as soon as it is back."""
    for _ in range(KILLS):
        process = await asyncio.to_thread(stack.process, "kafka")
        process.kill()
        await asyncio.to_thread(stack.process, "kafka", other_than=process.pid)


async def stay_ready(stack: StackByCommands, client: httpx.AsyncClient, over: asyncio.Event) -> int:
    """Ask the apis whether they are ready until told that it is over; return how often."""
    times = 0
    while not over.is_set():
        for name in APIS:
            ready = await client.get(f"{stack.layout.address(name)}/ready")
            assert ready.status_code == 200, (name, ready.text)
        times += 1
        await asyncio.sleep(0.2)
    return times


async def restarts(stack: StackByCommands) -> list[int]:
    """How often each api was started again."""
    shown = await asyncio.to_thread(stack.status)
    return [int(shown[name]["restarts"]) for name in APIS]


async def next_moment(loop: asyncio.AbstractEventLoop, back_at: float, *, remaining: int) -> None:
    """Spread the comments over the outage, each in a second of its own."""
    await asyncio.sleep(max(back_at - loop.time(), 0) / (remaining + 1))


async def last_until(loop: asyncio.AbstractEventLoop, moment: float) -> None:
    """Let the outage last as long as it is meant to."""
    await asyncio.sleep(max(moment - loop.time(), 0))


async def all_are_stored(town: Town) -> bool:
    return len(await town.comments()) == len(TEXTS)


async def has_ten(town: Town) -> bool:
    return len(await town.inbox()) >= len(TEXTS)

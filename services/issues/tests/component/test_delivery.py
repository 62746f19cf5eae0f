"""Events that come twice, late or in another order give the same state as once."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from aiokafka import AIOKafkaConsumer
from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from chassis.testing_graph import Graph

from .outreach import Outreach
from .person import Person
from .waiting import eventually

STATE = """
query State($id: ID!) {
  intake(id: $id) {
    state redactedText editedAt deletedAt repliedAt repliedBy { id } acceptedBy { id }
    hazardRuleId reporterJoined issue { state hazard category { code } redactedText }
  }
}
"""
FIRST_REPLY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


class Story:
    """What happens to one comment, each part to be told at will."""

    def __init__(self, outreach: Outreach, community_id: str, text: str, at: Any) -> None:
        self.comment_id = new_id("comment")
        self.intake_id = derived_id("intake", self.comment_id)
        self._outreach = outreach
        self._community_id = community_id
        self._text = text
        self._at = at

    async def received(self) -> None:
        await self._outreach.received(
            self._community_id, self._text, comment_id=self.comment_id, received_at=self._at
        )

    async def replied(self) -> None:
        await self._outreach.replied(self._community_id, self.comment_id, replied_at=FIRST_REPLY)

    async def edited(self) -> None:
        await self._outreach.edited(
            self._community_id, self.comment_id, self._text + "，急", sequence=3
        )

    async def deleted(self) -> None:
        await self._outreach.deleted(self._community_id, self.comment_id)

    async def joined(self) -> None:
        await self._outreach.joined(self._community_id, self.comment_id)

    async def shown_again(self) -> None:
        await self._outreach.edited(
            self._community_id, self.comment_id, self._text + "，急", sequence=6
        )


Order = Callable[[Story], list[Callable[[], Awaitable[None]]]]
ORDERS: dict[str, Order] = {
    "once": lambda s: [s.received, s.replied, s.edited, s.deleted, s.joined],
    "each five times": lambda s: [
        tell for tell in (s.received, s.replied, s.edited, s.deleted, s.joined) for _ in range(5)
    ],
    "e1 e2 e1": lambda s: [
        *(s.received, s.replied, s.received, s.joined, s.edited),
        *(s.joined, s.replied, s.deleted, s.edited, s.received),
    ],
    "all, then all again": lambda s: [s.received, s.replied, s.edited, s.deleted, s.joined] * 2,
    "backwards": lambda s: [s.joined, s.deleted, s.edited, s.replied, s.received],
    "what depends first": lambda s: [
        *(s.replied, s.joined, s.edited, s.received, s.deleted, s.replied)
    ],
}


async def states_after(
    graph: Graph, person: Person, outreach: Outreach, text: str, nine: Any
) -> list[Any]:
    """What became of one comment for each order, once all has been told."""
    states = []
    for order in ORDERS.values():
        story = Story(outreach, person.community_id, text, nine)
        for tell in order(story):
            await tell()

        async def settled(story: Story = story) -> Any:
            intake = (await graph.ask(person, STATE, id=story.intake_id))["intake"]
            if intake is None or (intake["state"] == "ACCEPTED" and not intake["issue"]):
                return None
            noted = (intake["repliedAt"], intake["editedAt"], intake["deletedAt"])
            return intake if all(noted) and intake["reporterJoined"] else None

        states.append(await eventually(settled))
    return states


async def test_an_ordinary_comment_in_every_order(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, nine: Any
) -> None:
    states = await states_after(graph, clerk_at_work, outreach, "楼道灯坏了", nine)
    assert [state == states[0] for state in states] == [True] * len(ORDERS)
    assert states[0]["state"] == "REPLIED"
    assert states[0]["redactedText"] == "楼道灯坏了，急"


async def test_a_dangerous_comment_in_every_order(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, nine: Any
) -> None:
    states = await states_after(graph, clerk_at_work, outreach, "配电箱漏电", nine)
    assert [state == states[0] for state in states] == [True] * len(ORDERS)
    assert states[0]["state"] == "ACCEPTED"
    assert states[0]["redactedText"] == "配电箱漏电，急"
    assert states[0]["issue"] == {
        "state": "NEW",
        "hazard": "PROPOSED",
        "category": {"code": "electricity"},
        "redactedText": "配电箱漏电",
    }
    page = await graph.ask(clerk_at_work, "{ issues(first: 100) { nodes { id } } }")
    assert len(page["issues"]["nodes"]) == len(ORDERS)


async def test_a_comment_shown_again_is_no_longer_deleted(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, nine: Any
) -> None:
    story = Story(outreach, clerk_at_work.community_id, "楼道灯坏了", nine)
    for tell in (story.received, story.deleted, story.shown_again, story.deleted, story.joined):
        await tell()

    async def read_again() -> Any:
        intake = (await graph.ask(clerk_at_work, STATE, id=story.intake_id))["intake"]
        return intake if intake and intake["reporterJoined"] else None

    intake = await eventually(read_again)
    assert isinstance(intake, dict)
    assert intake["deletedAt"] is None
    assert intake["redactedText"] == "楼道灯坏了，急"


async def test_each_effect_is_announced_once(
    graph: Graph,
    outreach: Outreach,
    clerk_at_work: Person,
    kafka_bootstrap_servers: str,
) -> None:
    story = Story(outreach, clerk_at_work.community_id, "配电箱漏电", utc_now())
    for tell in (story.received, story.received, story.replied, story.received, story.edited):
        await tell()

    async def settled() -> bool:
        intake = (await graph.ask(clerk_at_work, STATE, id=story.intake_id))["intake"]
        return bool(intake and intake["editedAt"] and intake["issue"])

    await eventually(settled)
    announced = await said_of(kafka_bootstrap_servers, clerk_at_work.community_id, count=3)
    assert sorted(announced) == ["hazard.found.v1", "intake.accepted.v1", "issue.reported.v1"]


async def said_of(bootstrap_servers: str, community_id: str, *, count: int) -> list[str]:
    """The types of this service's events of a community, with every id once or not.

    Reads until `count` have been seen and the topic's end at that moment has been reached.
    """
    consumer = AIOKafkaConsumer(
        "linli.issues.events", bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        seen: list[str] = []
        async with asyncio.timeout(15):
            while len(seen) < count or not await _at_the_end(consumer):
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    for record in records:
                        assert json.loads(record.value)["community_id"]
                        headers = dict(record.headers)
                        if headers["ce_communityid"].decode() == community_id:
                            seen.append(headers["ce_type"].decode())
        return seen
    finally:
        await consumer.stop()


async def _at_the_end(consumer: AIOKafkaConsumer) -> bool:
    ends = await consumer.end_offsets(consumer.assignment())
    return all([await consumer.position(partition) >= end for partition, end in ends.items()])

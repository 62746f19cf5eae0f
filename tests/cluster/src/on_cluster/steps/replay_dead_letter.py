"""A message that nobody can handle: listed, shown, replayed and dropped, all from inside Pods."""

import json
import secrets
from typing import Any

from local_stack.acting.waiting import eventually

from on_cluster.outcome import check
from on_cluster.trial import Trial

_SERVICE = "issues"
_DEAD_WITHIN_SECONDS = 180.0
# Runs in a Pod of the service, by its settings: the broker answers nobody else.
PUBLISH = """
import asyncio, sys
from aiokafka import AIOKafkaProducer
from chassis.kafka_settings import KafkaSettings
from issues.consumers.comment_events import OUTREACH_TOPIC
async def publish():
    producer = AIOKafkaProducer(**KafkaSettings().kafka().client_options())
    await producer.start()
    try:
        await producer.send_and_wait(OUTREACH_TOPIC, sys.argv[1].encode(), key=b"nobody")
    finally:
        await producer.stop()
asyncio.run(publish())
"""


async def replay_dead_letter(trial: Trial) -> str:
    """Let a message without sense come, and deal with its letters as an operator would."""
    marker = secrets.token_hex(8)
    where = f"deployment/{_SERVICE}-worker"
    said = json.dumps({"marker": marker})
    await trial.cluster.do("exec", where, "--", "python", "-c", PUBLISH, said)
    (first,) = await _letters_when(trial, marker, 1)
    shown = json.loads(await _dead_letters(trial, "show", first["id"]))
    check(shown["data"] == {"marker": marker}, "the message as it was", shown)

    await _dead_letters(trial, "replay", first["id"], "--dry-run")
    states = [letter["state"] for letter in await _letters(trial, marker)]
    check(states == ["waiting"], "a dry run changes nothing", states)

    await _dead_letters(trial, "replay", first["id"])
    letters = await _letters_when(trial, marker, 2)
    second = next(letter for letter in letters if letter["id"] != first["id"])
    await _dead_letters(trial, "drop", second["id"], "--reason", "a test's own")
    states = sorted(letter["state"] for letter in await _letters(trial, marker))
    check(states == ["dropped", "replayed"], "one replayed, its successor dropped", states)
    return f"{first['error']}: shown, replayed, dead again as it must be, dropped"


async def _dead_letters(trial: Trial, *arguments: str) -> str:
    return await trial.cluster.operate(_SERVICE, "dead-letters", *arguments)


async def _letters(trial: Trial, marker: str) -> list[dict[str, Any]]:
    said = await _dead_letters(trial, "list", "--json")
    found = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    return [letter for letter in found if letter["data"] == {"marker": marker}]


async def _letters_when(trial: Trial, marker: str, count: int) -> list[dict[str, Any]]:
    async def are_there() -> bool:
        return len(await _letters(trial, marker)) >= count

    await eventually(are_there, within_seconds=_DEAD_WITHIN_SECONDS, every_seconds=2.0)
    return await _letters(trial, marker)

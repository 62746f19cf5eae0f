"""The topics that a service owns, made by a command before anything consumes them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from chassis.bounded_wait import within
from chassis.kafka_access import KafkaAccess

_AS_THE_BROKER_SAYS = -1
_DAY_MS = 24 * 60 * 60 * 1000
_ANSWER_SECONDS = 20.0
# Shorter: the client closes what it opened when it times out by itself.
_REQUEST_MS = 6_000
_LOOK_AGAIN_SECONDS = 0.05


class BrokerUnavailable(Exception):
    """The broker did not answer; says which address was tried."""

    def __init__(self, bootstrap_servers: str) -> None:
        super().__init__(f"Kafka does not answer at {bootstrap_servers}")


@dataclass(frozen=True)
class Topic:
    """A topic that a service owns; `<name>.dead` is made beside it.

    Attributes:
        compacted: keep the last message of each key as well as deleting by age.
    """

    name: str
    partitions: int = 6
    retention_days: float = 14
    compacted: bool = False


def dead_topic(topic: str) -> str:
    """Where the dead letters of a topic go."""
    return f"{topic}.dead"


async def create_topics(kafka: KafkaAccess, topics: Sequence[Topic]) -> list[str]:
    """Make those that are not there, with their dead letter topics.

    Returns: the names made now, when the broker tells everybody of them.
    Raises: BrokerUnavailable.
    """
    wanted = [made for topic in topics for made in (_new_topic(topic), _new_dead_topic(topic))]
    async with _admin(kafka) as admin:
        made = _made(await admin.create_topics(wanted))
        while not set(made) <= set(await admin.list_topics()):  # noqa: ASYNC110  nobody tells us
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    return made


async def missing_topics(kafka: KafkaAccess, topics: Sequence[Topic]) -> list[str]:
    """Name what `create_topics` would make. Raises: BrokerUnavailable."""
    wanted = [name for topic in topics for name in (topic.name, dead_topic(topic.name))]
    there = await existing_topics(kafka)
    return [name for name in wanted if name not in there]


async def existing_topics(kafka: KafkaAccess) -> set[str]:
    """The names of all topics there are. Raises: BrokerUnavailable."""
    async with _admin(kafka) as admin:
        return set(await admin.list_topics())


@asynccontextmanager
async def _admin(kafka: KafkaAccess) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**kafka.client_options(), request_timeout_ms=_REQUEST_MS)
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            await admin.start()
            yield admin
    except (KafkaError, TimeoutError) as error:
        if isinstance(error, TimeoutError) or error.retriable:
            raise BrokerUnavailable(kafka.bootstrap_servers) from error
        raise
    finally:
        await within(2.0, admin.close())


def _made(answer: Any) -> list[str]:
    made = []
    for name, code, *_ in answer.topic_errors:
        error = for_code(code)
        if error is TopicAlreadyExistsError:
            continue
        if code:
            raise error(name)
        made.append(name)
    return made


def _new_topic(topic: Topic) -> NewTopic:
    cleanup = "compact,delete" if topic.compacted else "delete"
    retention_ms = int(topic.retention_days * _DAY_MS)
    return NewTopic(
        name=topic.name,
        num_partitions=topic.partitions,
        replication_factor=_AS_THE_BROKER_SAYS,
        replica_assignments={},
        topic_configs={"cleanup.policy": cleanup, "retention.ms": str(retention_ms)},
    )


def _new_dead_topic(topic: Topic) -> NewTopic:
    """One partition: dead letters are few, and are read as one list."""
    return NewTopic(
        name=dead_topic(topic.name),
        num_partitions=1,
        replication_factor=_AS_THE_BROKER_SAYS,
        replica_assignments={},
        topic_configs={"retention.ms": str(int(max(topic.retention_days, 14) * _DAY_MS))},
    )

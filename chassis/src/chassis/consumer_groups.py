"""How far a service's consumer groups are: read by operators, kept and set by backups."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager

import msgspec
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, KafkaError, UnknownMemberIdError

from chassis.bounded_wait import within
from chassis.kafka_access import KafkaAccess
from chassis.topics import BrokerUnavailable

_REQUEST_MS = 6_000
_ANSWER_SECONDS = 30.0
_CLOSE_SECONDS = 3.0

Groups = Mapping[str, Iterable[str]]
"""By name, the topics that each listens to; one that is not there yet makes no row."""


class GroupInUse(Exception):
    """Somebody consumes in this group; where it is can be set only when nobody does."""


class Lag(msgspec.Struct, frozen=True, kw_only=True):
    """How far a group is in one partition.

    Attributes:
        committed: the offset of what it handles next; None where it has never committed.
        begins_at: the same where it has committed, else the beginning of the partition.
        behind: how many messages it has not handled.
    """

    group: str
    topic: str
    partition: int
    committed: int | None
    begins_at: int
    behind: int


class GroupOffset(msgspec.Struct, frozen=True):
    """Where a group goes on in a partition: the offset of what it handles next."""

    group: str
    topic: str
    partition: int
    offset: int


def group_name(service: str, lane: str | None = None) -> str:
    """The consumer group of a service, or of one of its lanes."""
    return f"linli.{service}" if lane is None else f"linli.{service}.{lane}"


async def lags(kafka: KafkaAccess, groups: Groups) -> list[Lag]:
    """How far each group is, a row for each partition, sorted. Raises: BrokerUnavailable."""
    found: list[Lag] = []
    for group, topics in groups.items():
        async with _reader(kafka, group) as reader:
            partitions = await _partitions(reader, topics)
            first = await reader.beginning_offsets(partitions)
            ends = await reader.end_offsets(partitions)
            for each in partitions:
                committed = await reader.committed(each)
                begins_at = max(committed or 0, first[each])
                lag = Lag(
                    group=group,
                    topic=each.topic,
                    partition=each.partition,
                    committed=committed,
                    begins_at=begins_at,
                    behind=ends[each] - begins_at,
                )
                found.append(lag)
    return sorted(found, key=lambda lag: (lag.group, lag.topic, lag.partition))


async def group_offsets(kafka: KafkaAccess, groups: Groups) -> list[GroupOffset]:
    """Where each group goes on, in every partition. Raises: BrokerUnavailable."""
    return [
        GroupOffset(lag.group, lag.topic, lag.partition, lag.begins_at)
        for lag in await lags(kafka, groups)
    ]


async def set_offsets(kafka: KafkaAccess, offsets: Sequence[GroupOffset]) -> None:
    """Have groups go on from there; what is beyond the end of a topic is its end.

    Raises: BrokerUnavailable; GroupInUse, with nothing set of that group and those after it.
    """
    for group in sorted({each.group for each in offsets}):
        wanted = {
            TopicPartition(each.topic, each.partition): each.offset
            for each in offsets
            if each.group == group
        }
        async with _reader(kafka, group) as reader:
            there = await _partitions(reader, {each.topic for each in wanted})
            ends = await reader.end_offsets([each for each in there if each in wanted])
            reader.assign(list(ends))
            try:
                await reader.commit({each: min(wanted[each], end) for each, end in ends.items()})
            except (CommitFailedError, UnknownMemberIdError) as error:
                raise GroupInUse(group) from error


async def _partitions(reader: AIOKafkaConsumer, topics: Iterable[str]) -> list[TopicPartition]:
    # Of all topics at once: from the first assignment on the client knows of the assigned alone.
    await reader._client.force_metadata_update()
    return [
        TopicPartition(topic, number)
        for topic in sorted(set(topics))
        for number in sorted(reader.partitions_for_topic(topic) or ())
    ]


@asynccontextmanager
async def _reader(kafka: KafkaAccess, group: str) -> AsyncIterator[AIOKafkaConsumer]:
    """A client that speaks for a group without joining it."""
    reader = AIOKafkaConsumer(
        **kafka.client_options(),
        group_id=group,
        enable_auto_commit=False,
        request_timeout_ms=_REQUEST_MS,
    )
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            await reader.start()
            yield reader
    except (KafkaError, TimeoutError) as error:
        if isinstance(error, TimeoutError) or error.retriable:
            raise BrokerUnavailable(kafka.bootstrap_servers) from error
        raise
    finally:
        await within(_CLOSE_SECONDS, reader.stop())

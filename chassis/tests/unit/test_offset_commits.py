"""Commits go beside the handling, one at a time and never ahead of it."""

import asyncio
from collections.abc import Mapping

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError
from chassis.offset_commits import OffsetCommits, commit_assigned
from chassis.testing_waits import until

ONE, TWO = TopicPartition("events", 1), TopicPartition("events", 2)


class Broker:
    """Takes commits when told to."""

    def __init__(self) -> None:
        self.asked: list[dict[TopicPartition, int]] = []
        self.may_answer = asyncio.Event()
        self.failures = 0

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        self.asked.append(dict(offsets))
        await self.may_answer.wait()
        if self.failures:
            self.failures -= 1
            raise CommitFailedError


@pytest.fixture
def broker() -> Broker:
    return Broker()


@pytest.fixture
def commits(broker: Broker) -> OffsetCommits:
    return OffsetCommits(broker.commit, timeout_seconds=5)


async def test_what_is_handled_meanwhile_goes_with_the_next(
    broker: Broker, commits: OffsetCommits
) -> None:
    commits.note({ONE: 1})
    await until(lambda: broker.asked)
    for offsets in ({ONE: 2}, {TWO: 7}, {ONE: 3}):
        commits.note(offsets)
    broker.may_answer.set()
    await commits.all_sent()

    assert broker.asked == [{ONE: 1}, {ONE: 3, TWO: 7}]


async def test_a_commit_that_fails_ends_nothing(broker: Broker, commits: OffsetCommits) -> None:
    broker.failures = 1
    broker.may_answer.set()
    commits.note({ONE: 1})
    await commits.all_sent()
    commits.note({ONE: 2})
    await commits.all_sent()

    assert broker.asked == [{ONE: 1}, {ONE: 2}]


async def test_a_broker_that_does_not_answer_is_not_waited_for_for_ever(broker: Broker) -> None:
    commits = OffsetCommits(broker.commit, timeout_seconds=0.01)
    commits.note({ONE: 1})

    async with asyncio.timeout(5):
        await commits.all_sent()

    assert broker.asked == [{ONE: 1}]


async def test_nothing_handled_is_nothing_committed(broker: Broker, commits: OffsetCommits) -> None:
    commits.note({})
    await commits.all_sent()

    assert broker.asked == []


async def test_a_partition_that_has_gone_takes_no_other_along() -> None:
    class Consumer(Broker):
        """Refuses, as aiokafka does, all for a single partition that is not its own."""

        def assignment(self) -> set[TopicPartition]:
            return {TWO}

        async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
            if set(offsets) - self.assignment():
                raise IllegalStateError
            await super().commit(offsets)

    consumer = Consumer()
    consumer.may_answer.set()
    await commit_assigned(consumer, {ONE: 1, TWO: 7})
    await commit_assigned(consumer, {ONE: 2})

    assert consumer.asked == [{TWO: 7}]

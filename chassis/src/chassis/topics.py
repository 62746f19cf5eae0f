"""The topics that a service owns, made by a command before anything consumes them."""

from collections.abc import Sequence
from dataclasses import dataclass


class BrokerUnavailable(Exception):
    """The broker did not answer; says which address was tried."""


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


async def create_topics(bootstrap_servers: str, topics: Sequence[Topic]) -> list[str]:
    """Make those that are not there, with their dead letter topics.

    Returns: the names made now. Raises: BrokerUnavailable.
    """
    raise NotImplementedError

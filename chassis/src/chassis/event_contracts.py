"""The contracts of events, read from `contracts/events/*.json`, for tests and the catalogue."""

from pathlib import Path
from typing import Any

from chassis.aggregates import Event


class ContractViolated(Exception):
    """An event is not what its contract says; the message names each difference."""


class Contracts:
    """Every event's JSON Schema and examples, by event type."""

    def __init__(self, folder: Path) -> None:
        raise NotImplementedError

    @property
    def types(self) -> list[str]:
        """Every event type that has a contract, sorted."""
        raise NotImplementedError

    def check(self, event: Event) -> None:
        """Hold an event as it will travel against its contract. Raises: ContractViolated."""
        raise NotImplementedError

    def examples(self, event_type: str) -> list[dict[str, Any]]:
        """The contract's examples, as data to decode into a listener's class."""
        raise NotImplementedError

"""The contracts of events, read from `contracts/events/*.json`, for tests and the catalogue."""

import json
from pathlib import Path
from typing import Any

import msgspec
from jsonschema import Draft202012Validator, FormatChecker

from chassis.aggregates import Event


class ContractViolated(Exception):
    """An event is not what its contract says; the message names each difference."""


class NoContract(Exception):
    """There is no contract for this event type."""


class Contracts:
    """Every event's JSON Schema and examples, by event type."""

    def __init__(self, folder: Path) -> None:
        self._schemas: dict[str, dict[str, Any]] = {
            path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))
        }

    @property
    def types(self) -> list[str]:
        """Every event type that has a contract, sorted."""
        return list(self._schemas)

    def schema(self, event_type: str) -> dict[str, Any]:
        """The JSON Schema of an event's data. Raises: NoContract."""
        try:
            return self._schemas[event_type]
        except KeyError:
            raise NoContract(event_type) from None

    def check(self, event: Event) -> None:
        """Hold an event as it will travel against its contract.

        Raises: ContractViolated, NoContract.
        """
        self.check_data(event.type, msgspec.json.decode(msgspec.json.encode(event)))

    def check_data(self, event_type: str, data: object) -> None:
        """Hold data as it travels against a contract. Raises: ContractViolated, NoContract."""
        validator = Draft202012Validator(
            self.schema(event_type), format_checker=FormatChecker(formats=())
        )
        differences = [
            f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)
        ]
        differences += _times_without_zone(self.schema(event_type), data)
        if differences:
            raise ContractViolated(f"{event_type}: " + "; ".join(sorted(differences)))

    def examples(self, event_type: str) -> list[dict[str, Any]]:
        """The contract's examples, as data to decode into a listener's class."""
        examples: list[dict[str, Any]] = self.schema(event_type)["examples"]
        return examples


def _times_without_zone(schema: dict[str, Any], data: object) -> list[str]:
    """Jsonschema checks `date-time` only with a package more; ours must be in UTC besides."""
    if not isinstance(data, dict):
        return []
    found = []
    for name, rule in schema["properties"].items():
        value = data.get(name)
        if rule.get("format") == "date-time" and isinstance(value, str) and value[-1:] != "Z":
            found.append(f"$.{name}: {value!r} is not in UTC")
    return found

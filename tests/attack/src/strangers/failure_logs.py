"""What processes log when they meet something that they do not handle."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_UNHANDLED = ("internal error", "Exception in ASGI application", "request failed", "exited with")


@dataclass(frozen=True)
class LoggedFailure:
    """A line of a log that nobody expects."""

    process: str
    line: str


def log_sizes(logs: Path) -> dict[str, int]:
    """How long each log is now, in bytes."""
    return {path.name: path.stat().st_size for path in logs.glob("*.log")}


def failures_in(logs: Path, *, since: Mapping[str, int]) -> list[LoggedFailure]:
    """Find the unhandled exceptions that services and the gateway logged from then on."""
    found = []
    for path in sorted(logs.glob("*.log")):
        with path.open("rb") as file:
            file.seek(since.get(path.name, 0))
            lines = file.read().decode(errors="replace").splitlines()
        found += [LoggedFailure(path.stem, line) for line in lines if is_failure(line)]
    return found


def is_failure(line: str) -> bool:
    """Whether a line tells of an exception that was not handled."""
    try:
        entry = json.loads(line)
    except ValueError:
        return line.startswith("Traceback (most recent call last)")
    if not isinstance(entry, dict) or entry.get("level") not in {"error", "critical"}:
        return False
    return "exception" in entry or any(it in str(entry.get("event")) for it in _UNHANDLED)

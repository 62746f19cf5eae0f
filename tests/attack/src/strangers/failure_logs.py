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


def log_files(logs: Path) -> list[Path]:
    """Every log, with what of it was put aside when it grew long: `x.log`, `x.log.1`, `x.log.2`."""
    return sorted(logs.glob("*.log*"))


def log_sizes(logs: Path) -> dict[int, int]:
    """How long each log is now, in bytes, by what stays when it is put aside: its inode."""
    found = [path.stat() for path in log_files(logs)]
    return {each.st_ino: each.st_size for each in found}


def failures_in(logs: Path, *, since: Mapping[int, int]) -> list[LoggedFailure]:
    """Find the unhandled exceptions that services and the gateway logged from then on."""
    found = []
    for path in log_files(logs):
        read = since.get(path.stat().st_ino, 0)
        with path.open("rb") as file:
            file.seek(read if read <= path.stat().st_size else 0)
            lines = file.read().decode(errors="replace").splitlines()
        process = path.name.partition(".log")[0]
        found += [LoggedFailure(process, line) for line in lines if is_failure(line)]
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

"""`make logs`: the last lines of each process, and the next ones as they come."""

import time
from collections.abc import Iterator
from pathlib import Path

_POLL_SECONDS = 0.3


def log_files(logs: Path, name: str | None) -> list[Path]:
    """Return the current log file of one process, or of all."""
    return [path for path in sorted(logs.glob("*.log")) if name is None or path.stem == name]


def last_lines(path: Path, count: int) -> list[str]:
    """Return the end of a log file."""
    return path.read_text(errors="replace").splitlines()[-count:]


def lines_as_they_come(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Yield (process, line) for what is written from now on, for ever."""
    positions = {path: path.stat().st_size for path in paths}
    while True:
        for path in paths:
            size = path.stat().st_size
            # A file shorter than before has been rotated.
            start = positions[path] if size >= positions[path] else 0
            if size == start:
                continue
            with path.open(errors="replace") as file:
                file.seek(start)
                for line in file.read().splitlines():
                    yield path.stem, line
                positions[path] = file.tell()
        time.sleep(_POLL_SECONDS)

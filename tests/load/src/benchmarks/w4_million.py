"""What the import of a million rows took when it was last measured: it takes minutes."""

import platform
from datetime import UTC, datetime
from pathlib import Path

import msgspec

KEPT = Path(__file__).with_name("w4_million.json")
ROWS = 1_000_000


class Million(msgspec.Struct, frozen=True, kw_only=True):
    """A measurement that was made once.

    Attributes:
        measured_on: the day, as ISO 8601 writes it.
        seconds: of upload, check and apply together; steps has each.
        peak_mb: the most that a process of the import had.
    """

    measured_on: str
    machine: str
    rows: int
    seconds: float
    steps: dict[str, float]
    peak_mb: float


def kept(path: Path = KEPT) -> Million | None:
    """The last one; None where it never was measured."""
    if not path.exists():
        return None
    return msgspec.json.decode(path.read_bytes(), type=Million)


def keep(
    rows: int, seconds: float, steps: dict[str, float], peak_mb: float, path: Path = KEPT
) -> Million:
    """Keep what was just measured on this machine."""
    million = Million(
        measured_on=datetime.now(UTC).date().isoformat(),
        machine=f"{platform.machine()}, {platform.system()}",
        rows=rows,
        seconds=seconds,
        steps=steps,
        peak_mb=peak_mb,
    )
    path.write_bytes(msgspec.json.format(msgspec.json.encode(million), indent=1) + b"\n")
    return million

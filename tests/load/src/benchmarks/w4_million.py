"""What the import of a million rows took when it was last measured: it takes minutes."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from local_stack.layout import ROOT

from benchmarks.machine import Machine
from benchmarks.measuring import Figure, Row, Target

KEPT = ROOT / "build" / "bench-rows-1m.json"
ROWS = 1_000_000
_NEVER = "never measured in this checkout: ROWS_1M=1 make bench ONLY=W4"


class Million(msgspec.Struct, frozen=True, kw_only=True):
    """A measurement that was made once.

    Attributes:
        measured_on: the day, as ISO 8601 writes it.
        seconds: of upload, check and apply together; steps has each.
        reference_rows, reference_seconds: the demo ledger's, in the same session.
        peak_mb: the most that a process of the import had.
    """

    measured_on: str
    machine: Machine
    rows: int
    seconds: float
    steps: dict[str, float]
    reference_rows: int
    reference_seconds: float
    peak_mb: float

    def as_rows(self, growth: Target) -> tuple[Row, ...]:
        """Its lines of the table, with the day in their names: it may not be that of the others."""
        of_it = f"{self.rows:,} rows, {self.measured_on}"
        return (
            Row(
                name=f"a row of {of_it}",
                value=self.seconds / self.rows * 1_000,
                unit="ms",
                reference=self.reference_seconds / self.reference_rows * 1_000,
                reference_name=f"a row of {self.reference_rows:,}",
                target=growth,
            ),
            Row(name=f"largest process, {of_it}", value=self.peak_mb, unit="MB"),
        )


def figures_of(million: Million | None) -> dict[str, Figure]:
    """What bench.json says of it: null and why, where it never was measured."""
    if million is None:
        return {"rows_1m_seconds": None, "rows_1m_not_measured_because": _NEVER}
    return {
        "rows_1m_seconds": round(million.seconds, 1),
        "rows_1m_max_rss_mb": round(million.peak_mb, 1),
        "rows_1m_measured_on": million.measured_on,
        "rows_1m_machine": msgspec.to_builtins(million.machine),
    }


def today() -> str:
    """The day of a measurement that is made now."""
    return datetime.now(UTC).date().isoformat()


def kept(path: Path = KEPT) -> Million | None:
    """The last one; None where it never was measured."""
    if not path.exists():
        return None
    return msgspec.json.decode(path.read_bytes(), type=Million)


def keep(million: Million, path: Path = KEPT) -> None:
    """Keep what was just measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(million), indent=1) + b"\n")

"""build/bench.json: the last figures of each benchmark, by its key.

What was not measured this time stays as it was, with the day and the machine of its own run.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.machine import Machine
from benchmarks.measuring import Result, Row

_OF_EVERY_RUN = ("title", "measured_at", "seed", "machine", "table")


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """One benchmark's last figures, and when and where they were measured.

    Attributes:
        figures: stand beside the other fields in the file, so that `W1.rps` is a path in it.
    """

    title: str
    measured_at: datetime
    seed: int
    machine: Machine
    table: tuple[Row, ...]
    figures: dict[str, Any]

    @classmethod
    def of(
        cls, result: Result, *, title: str, at: datetime, seed: int, machine: Machine
    ) -> "Measured":
        """Return what the file keeps. Raises: ValueError for a figure that has a field's name."""
        taken = set(result.figures) & set(_OF_EVERY_RUN)
        if taken:
            raise ValueError(f"every entry has these already: {sorted(taken)}")
        return cls(
            title=title,
            measured_at=at,
            seed=seed,
            machine=machine,
            table=result.rows,
            figures=result.figures,
        )


class ResultsFile:
    """The figures, on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Measured]:
        """Return the last figures by benchmark, in the order of their keys; none: an empty dict.

        Raises: msgspec.MsgspecError for a file that no run of this version wrote.
        """
        if not self._path.exists():
            return {}
        entries = msgspec.json.decode(self._path.read_bytes(), type=dict[str, dict[str, Any]])
        return {key: _entry(raw) for key, raw in sorted(entries.items())}

    def keep(self, key: str, measured: Measured) -> dict[str, Measured]:
        """Put one benchmark's figures in place of its last ones. Returns: all of them now."""
        entries = self.read() | {key: measured}
        ordered = {each: _flat(entries[each]) for each in sorted(entries)}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        written = self._path.with_suffix(".new")
        written.write_bytes(msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")
        written.replace(self._path)
        return {each: entries[each] for each in ordered}


def _flat(measured: Measured) -> dict[str, object]:
    shared = {name: getattr(measured, name) for name in _OF_EVERY_RUN}
    return {**measured.figures, **shared}


def _entry(raw: dict[str, Any]) -> Measured:
    shared = {name: raw[name] for name in _OF_EVERY_RUN if name in raw}
    figures = {name: value for name, value in raw.items() if name not in _OF_EVERY_RUN}
    return msgspec.convert({**shared, "figures": figures}, type=Measured)

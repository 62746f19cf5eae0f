"""The figures for a person to read."""

from collections.abc import Mapping

from rich.table import Table

from benchmarks.measuring import Row
from benchmarks.results_file import Measured


def table_of(measured: Mapping[str, Measured]) -> Table:
    """Return a line for each row of each benchmark, with the day it was measured."""
    table = Table(box=None, header_style="bold", padding=(0, 1))
    for title in ("", "figure"):
        table.add_column(title)
    for title in ("median", "least … most", "reference", "ratio", "target"):
        table.add_column(title, justify="right")
    for title in ("", "measured"):
        table.add_column(title)
    for key, entry in measured.items():
        day = f"[dim]{entry.measured_at:%Y-%m-%d %H:%M}[/]"
        for number, row in enumerate(entry.table):
            table.add_row(key if number == 0 else "", *_cells(row), day if number == 0 else "")
    return table


def target_of(row: Row) -> str:
    """Return what a row must reach, short."""
    target = row.target
    if target is None:
        return ""
    sign = {"at least": "≥", "at most": "≤", "exactly": "="}[target.bound]
    of_it = f" × {row.reference_name}" if target.of == "ratio" else ""
    return f"{sign} {amount(target.value)}{of_it}"


def amount(value: float) -> str:
    """Return a number with as many digits as say something."""
    if value == int(value) or abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 100 else f"{value:.3g}"


def _cells(row: Row) -> list[str]:
    reached = {None: "", True: "[green]reached[/]", False: "[yellow]missed[/]"}[row.is_reached]
    return [
        row.name,
        f"{amount(row.value)} {row.unit}",
        f"{amount(row.spread[0])} … {amount(row.spread[1])}" if row.spread else "",
        f"{amount(row.reference)} {row.unit}" if row.reference is not None else "",
        f"{row.ratio:.2f}" if row.ratio is not None else "",
        target_of(row),
        reached,
    ]

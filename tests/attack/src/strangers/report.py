"""What an attack came to, for a person and for a program."""

from pathlib import Path

import msgspec
from rich.console import Console, Group
from rich.table import Table

from strangers.outcome import Outcome

_PASSED = "answered"


class Report(msgspec.Struct, frozen=True):
    """All lines of one attack.

    Attributes:
        command: what plays it again.
    """

    seed: int
    command: str
    outcomes: list[Outcome]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not any(outcome.findings for outcome in self.outcomes)

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")


def show(report: Report, console: Console) -> None:
    """Print the table, what was found, and how to see it again."""
    for outcome in report.outcomes:
        for finding in outcome.findings:
            found = f"{outcome.line} {finding.where}\n  {finding.given}\n  → {finding.seen}"
            console.print(f"✗ {found}", style="red", markup=False)
    console.print(Group(_table(report.outcomes)))
    for outcome in report.outcomes:
        for note in outcome.notes:
            console.print(f"{outcome.line}: {note}", markup=False)
    if not report.is_clean:
        console.print(f"Again: {report.command}", markup=False)


def _is_name(code: str) -> bool:
    """Whether it is a code of ours, and no status."""
    return code.isupper() and not code.startswith("HTTP ")


def _table(outcomes: list[Outcome]) -> Table:
    table = Table(box=None, header_style="bold")
    table.add_column("line")
    for title in ("inputs", "refused by name", "answered", "found", "seconds"):
        table.add_column(title, justify="right")
    table.add_column("must hold", max_width=70)
    for outcome in outcomes:
        passed = outcome.answers.get(_PASSED, 0)
        refused = sum(count for code, count in outcome.answers.items() if _is_name(code))
        table.add_row(
            outcome.line,
            f"{outcome.inputs:,}",
            f"{refused:,}",
            f"{passed:,}",
            str(len(outcome.findings)),
            f"{outcome.seconds:.1f}",
            outcome.rule,
        )
    return table

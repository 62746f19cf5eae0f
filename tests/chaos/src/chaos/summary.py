"""What a run has shown, for a person: a table of recoveries and one of the audit."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chaos.audit.lines import Line
from chaos.recovery import WHOLE_WITHIN_SECONDS, Recovery, p95
from chaos.run import Result
from chaos.schedule import Kind

_VIOLATIONS_SHOWN = 8


def show(console: Console, result: Result, *, replay: str) -> None:
    """Print it all; what is wrong comes last, with the command that plays it again."""
    console.print(_recoveries(result.recoveries))
    console.print(
        f"{result.acknowledged:,} writes acknowledged, {result.unknown_answers:,} answers lost, "
        f"{result.retries:,} retries"
    )
    console.print(_audit(result))
    for each in _complaints(result):
        console.print(each, highlight=False)
    if result.is_kept:
        console.print(f"[green]✓[/] seed {result.seed}: nothing lost, nothing twice")
    else:
        console.print(f"[red]✗[/] seed {result.seed}; play it again: {replay}")


def _complaints(result: Result) -> Iterator[str]:
    wrong = "[red]✗[/] "
    for what, times in result.oddities.items():
        yield f"{wrong}seen {times} times: {escape(what)}"
    for each in result.too_slow:
        took = f"{each.whole_seconds:.1f} s {escape(each.outstanding)}"
        yield f"{wrong}#{each.number} {each.process} (pid {each.pid}): {took}"
    for line in result.silent:
        yield f"{wrong}never asked: {line.rule}"
    if missed := result.not_at_work:
        yield f"[yellow]![/] workers not met while relaying: {len(missed)}"
    if result.ended_by:
        yield f"{wrong}ended by {escape(result.ended_by)}"
    for line in result.audit:
        for violation in line.violations[:_VIOLATIONS_SHOWN]:
            yield f"{wrong}{line.rule}: {escape(violation)}"


def _recoveries(recoveries: Sequence[Recovery]) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("killed with -9", no_wrap=True)
    for title in ("kills", "at its work", "away", "write", "flow", "ready", "whole p95", "max"):
        table.add_column(title, justify="right")
    for kind in Kind:
        of_kind = [each for each in recoveries if each.kind == kind.value]
        if of_kind:
            table.add_row(*_row(kind.value, of_kind))
    table.add_row(*_row("together", list(recoveries)), style="dim")
    return table


def _row(name: str, recoveries: Sequence[Recovery]) -> list[str]:
    whole = [each.whole_seconds for each in recoveries]
    longest = max(whole, default=0.0)
    colour = "green" if longest <= WHOLE_WITHIN_SECONDS else "red"
    return [
        name,
        str(len(recoveries)),
        str(sum(each.aimed for each in recoveries)),
        *(
            f"{max((getattr(each, field) for each in recoveries), default=0.0):.1f}"
            for field in ("away_seconds", "written_seconds", "flowing_seconds", "ready_seconds")
        ),
        f"{p95(whole):.1f}",
        f"[{colour}]{longest:.1f}[/]",
    ]


def _audit(result: Result) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    # What was found comes first: on a narrow terminal the last column is the one that gives way.
    table.add_column("audit", no_wrap=True)
    table.add_column("of", justify="right", no_wrap=True)
    table.add_column("")
    for line in result.audit:
        table.add_row(_verdict(line), f"{line.counted:,}", line.rule)
    return table


def _verdict(line: Line) -> str:
    if not line.is_kept:
        return f"[red]{len(line.violations)} not so[/]"
    return "[green]ok[/]" if line.was_asked else "[yellow]not asked[/]"

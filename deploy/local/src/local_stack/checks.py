"""`make test`: every layer of checks in turn, and at the end what each one counted."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from local_stack import node_packages
from local_stack.commands import run_and_read, run_through
from local_stack.console import console, failed
from local_stack.layers import (
    BUILD,
    PYTHON_FOLDERS,
    TEST_LAYERS,
    Counted,
    node_test_counts,
    run_tests,
    test_folders,
    tests_in_no_layer,
)
from local_stack.layout import ROOT


@dataclass(frozen=True)
class Outcome:
    """What one layer came to.

    Attributes:
        passed: how many tests passed; None for a check that does not count.
        failed: how many did not, errors and skipped ones included.
    """

    layer: str
    ok: bool
    seconds: float
    passed: int | None = None
    failed: int | None = None


def _lint() -> Counted:
    python = [sys.executable, "-m"]
    folders = [folder for folder in PYTHON_FOLDERS if (ROOT / folder).exists()]
    results = [
        run_through([*python, "ruff", "check", *folders], ROOT),
        # Code in documents is laid out for its reader.
        run_through([*python, "ruff", "format", "--check", "--exclude=*.md", *folders], ROOT),
        run_through([str(Path(sys.executable).parent / "lint-imports")], ROOT),
        _npm("lint"),
    ]
    stray = tests_in_no_layer()
    for file in stray:
        failed(f"{file.relative_to(ROOT)} is in no layer: nothing would run it")
    return Counted(ok=all(results) and not stray)


def _types() -> Counted:
    sources = sorted(ROOT.glob("**/src/*/__init__.py"))
    packages = [
        str(path.parent.relative_to(ROOT)) for path in sources if "node_modules" not in path.parts
    ]
    tests = [
        str(folder.relative_to(ROOT)) for layer in TEST_LAYERS for folder in test_folders(layer)
    ]
    others = ["conftest.py", "deploy/local/prepare.py"]
    command = [sys.executable, "-m", "mypy", "--strict", *packages, *tests, *others]
    results = [run_through(command, ROOT), _npm("types")]
    return Counted(ok=all(results))


def _generated() -> Counted:
    return Counted(ok=run_through([sys.executable, "-m", "local_stack.generate", "--check"], ROOT))


def _npm(script: str) -> bool:
    """Run a script of every Node package's; each to its end even after a failure."""
    _install_node_packages()
    command = ["npm", "run", "--silent", script]
    results = [run_through(command, packages.folder) for packages in node_packages.ALL]
    return all(results)


def _gateway() -> Counted:
    """The tests of the gateway, and of the subgraphs that it is measured with."""
    _install_node_packages()
    tested = (node_packages.GATEWAY, node_packages.BENCHMARK_REFERENCE)
    counted = [_node_tests(packages.folder) for packages in tested]
    return Counted(
        ok=all(one.ok for one in counted),
        passed=sum(one.passed or 0 for one in counted),
        failed=sum(one.failed or 0 for one in counted),
    )


def _node_tests(folder: Path) -> Counted:
    # Into a pipe Node would write TAP: seven lines for each test.
    options = f"{os.environ.get('NODE_OPTIONS', '')} --test-reporter=spec".strip()
    ok, said = run_and_read(["npm", "test", "--silent"], folder, {"NODE_OPTIONS": options})
    passed, not_passed = node_test_counts(said)
    return Counted(ok=ok and passed > 0 and not_passed == 0, passed=passed, failed=not_passed)


def _install_node_packages() -> None:
    for packages in node_packages.ALL:
        if not packages.are_installed():
            packages.install()


def all_layers() -> dict[str, dict[str, Callable[[], Counted]]]:
    """Return what `make test` runs, in order: for each layer its checks by name."""
    return {
        "lint": {"lint": _lint},
        "types": {"types": _types},
        "generated": {"generated files": _generated},
        "architecture": _tests("architecture"),
        "unit": _tests("unit"),
        "contract": _tests("contract"),
        "composition": _tests("composition"),
        "chart": {"chart": _chart},
        "gateway": {"gateway": _gateway},
        "component": _tests("component"),
        "journeys": _tests("journeys"),
    }


def _tests(layer: str) -> dict[str, Callable[[], Counted]]:
    return {layer: lambda: run_tests(layer)}


def _chart() -> Counted:
    """The charts, with a helm that is built before the clock of a test runs."""
    if not run_through([sys.executable, "-m", "charted"], ROOT):
        return Counted(ok=False)
    return run_tests("chart")


def run_layers(names: list[str]) -> list[Outcome]:
    """Run the layers, each to its end even after a failure."""
    BUILD.mkdir(exist_ok=True)
    outcomes = []
    for name in names:
        for title, check in all_layers()[name].items():
            console.rule(f"[bold]{title}")
            since = time.monotonic()
            counted = check()
            seconds = time.monotonic() - since
            outcomes.append(Outcome(title, counted.ok, seconds, counted.passed, counted.failed))
    return outcomes


def outcome_table(outcomes: list[Outcome]) -> Table:
    """Return the counts per layer for a person to read."""
    table = Table(box=None, header_style="bold")
    table.add_column("layer")
    for title in ("passed", "not passed", "seconds"):
        table.add_column(title, justify="right")
    table.add_column("")
    for outcome in outcomes:
        table.add_row(
            outcome.layer,
            "–" if outcome.passed is None else str(outcome.passed),
            "–" if outcome.failed is None else str(outcome.failed),
            f"{outcome.seconds:.1f}",
            "[green]ok[/]" if outcome.ok else "[red]FAILED[/]",
        )
    passed = sum(outcome.passed or 0 for outcome in outcomes)
    seconds = sum(outcome.seconds for outcome in outcomes)
    table.add_row("together", str(passed), "", f"{seconds:.1f}", "", style="bold")
    return table


def main() -> None:
    """Run the layers named, or all; exit 1 if one failed."""
    names = sys.argv[1:] or list(all_layers())
    unknown = [name for name in names if name not in all_layers()]
    if unknown:
        failed(f"There is no layer {', '.join(unknown)}. Layers: {', '.join(all_layers())}")
        raise SystemExit(2)
    outcomes = run_layers(names)
    console.print()
    console.print(outcome_table(outcomes))
    if not all(outcome.ok for outcome in outcomes):
        raise SystemExit(1)


if __name__ == "__main__":
    main()

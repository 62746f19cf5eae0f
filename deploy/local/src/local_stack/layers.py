"""The layers of Python tests: where they lie, how one is run and counted."""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from local_stack import store
from local_stack.commands import run_side_by_side, run_through
from local_stack.layout import ROOT

BUILD = ROOT / "build"
PYTHON_FOLDERS = (
    "chassis",
    "redaction",
    "wechat",
    "services",
    "simulators",
    "deploy",
    "story",
    "demo",
    "tests",
    "conftest.py",
)
TEST_LAYERS = (
    "unit",
    "contract",
    "component",
    "architecture",
    "composition",
    "chart",
    "journeys",
)
_TREE_LAYERS = {
    "architecture": "tests/architecture",
    "composition": "tests/composition",
    "chart": "tests/chart/tests",
    "journeys": "tests/journeys",
}
"""Layers of the whole tree, and where they lie; the others are parts of packages."""
_TEST_TIMEOUT_SECONDS = 300
_RUNS_AT_ONCE = 2
"""They wait for stores, brokers and processes for much of their time."""
_LONGEST = "services/residents"


@dataclass(frozen=True)
class Counted:
    """The result of one command."""

    ok: bool
    passed: int | None = None
    failed: int | None = None


def test_folders(layer: str) -> list[Path]:
    """Return the folders of one layer of Python tests, over all packages."""
    if layer in _TREE_LAYERS:
        return [ROOT / _TREE_LAYERS[layer]]
    found = (path for folder in PYTHON_FOLDERS for path in (ROOT / folder).rglob(f"tests/{layer}"))
    return sorted(path for path in found if any(path.glob("**/*.py")))


def tests_in_no_layer() -> list[Path]:
    """Return the test files that no layer would run."""
    layers = [folder for layer in TEST_LAYERS for folder in test_folders(layer)]
    files = (path for folder in PYTHON_FOLDERS for path in (ROOT / folder).rglob("test_*.py"))
    return sorted(
        file
        for file in files
        if "node_modules" not in file.parts
        and not any(file.is_relative_to(layer) for layer in layers)
    )


def run_tests(layer: str) -> Counted:
    """Run a layer; count from its reports, which are `build/test-<layer>*.xml`.

    A skipped test counts as not passed, and a layer without a test as failed.
    """
    runs = {BUILD / f"test-{name}.xml": command for name, command in _runs(layer).items()}
    commands = [_reported(command, report) for report, command in runs.items()]
    if len(commands) == 1:
        ok = [run_through(commands[0], ROOT)]
    else:
        ok = run_side_by_side(commands, ROOT, at_once=_RUNS_AT_ONCE)
    counted = [_counts(report) for report in runs]
    passed, not_passed = sum(one[0] for one in counted), sum(one[1] for one in counted)
    each_ran = bool(counted) and all(one[0] for one in counted)
    return Counted(ok=all(ok) and each_ran and not_passed == 0, passed=passed, failed=not_passed)


def _runs(layer: str) -> dict[str, list[str]]:
    """Return the runs of pytest that a layer is, by what their reports are called.

    The contract tests run on each store. The component tests of each package are a run of their
    own, with a broker and a store of their own: a worker of one service that still runs would
    hear, and answer, the events of another's tests. So several can run at once.
    """
    folders = [str(folder.relative_to(ROOT)) for folder in test_folders(layer)]
    if not folders:
        return {}
    pytest = [sys.executable, "-m", "pytest", "-q"]
    if layer == "contract" and (builds := _store_builds()):
        chosen = {build: ["env", f"LINLI_TEST_STORE={build}"] for build in builds}
        return {f"{layer}-{build}": [*env, *pytest, *folders] for build, env in chosen.items()}
    if layer == "component":
        # The longest first: the others then go on beside it.
        longest_first = sorted(folders, key=lambda folder: not folder.startswith(_LONGEST))
        return {f"{layer}-{_package(folder)}": [*pytest, folder] for folder in longest_first}
    return {layer: [*pytest, *folders]}


def _store_builds() -> Sequence[str]:
    """Return the builds of the embedded store that are there; none where a store is named."""
    if os.environ.get("LINLI_TEST_STORE") or os.environ.get("LINLI_TEST_MONGODB_URI"):
        return ()
    return ("wheel", "rs") if store.is_installed("rs") else ("wheel",)


def _package(folder: str) -> str:
    return folder.removesuffix("/tests/component").replace("/", "-")


def _reported(command: list[str], report: Path) -> list[str]:
    report.unlink(missing_ok=True)
    return [*command, f"--timeout={_TEST_TIMEOUT_SECONDS}", f"--junit-xml={report}"]


def _counts(report: Path) -> tuple[int, int]:
    """Return how many tests passed, and how many failed or were skipped."""
    if not report.exists():
        return 0, 0
    suites = ElementTree.parse(report).iter("testsuite")  # noqa: S314  pytest's own
    total = not_passed = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        not_passed += sum(int(suite.get(kind, 0)) for kind in ("failures", "errors", "skipped"))
    return total - not_passed, not_passed


def node_test_counts(said: str) -> tuple[int, int]:
    """Return how many tests passed and how many did not, by the last lines of `node --test`."""
    counts = {
        words[1]: int(words[2])
        for words in (line.split() for line in re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines())
        if len(words) == 3 and words[0] in {"#", "ℹ"} and words[2].isdigit()
    }
    passed = counts.get("pass", 0)
    return passed, counts.get("tests", 0) - passed

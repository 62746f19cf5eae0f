"""Each import contract holds, and each is seen to fail on a violation planted for it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [
    "chassis/src/chassis",
    "redaction/src/redaction",
    "wechat/src/wechat",
    "services/issues/src/issues",
    "services/outreach/src/outreach",
    "services/residents/src/residents",
    "services/vouchers/src/vouchers",
    "simulators/wechat/src/wechat_simulator",
    "deploy/local/src/local_stack",
    "demo/src/demo_community",
    "tests/load/src/benchmarks",
    "tests/chaos/src/chaos",
    "tests/attack/src/strangers",
    "tests/cluster/src/on_cluster",
    "tests/chart/src/charted",
]
PLANTED = {
    "services-apart": ("issues/application/planted.py", "import outreach.domain"),
    "chassis-below": ("chassis/planted.py", "import residents.domain"),
    "redaction-pure": ("redaction/planted.py", "import chassis.errors"),
    "wechat-narrow": ("wechat/planted.py", "import chassis.errors"),
    "wechat-failures-pure": ("wechat/failures.py", "import httpx"),
    "tools-outside": ("outreach/adapters/planted.py", "import wechat_simulator"),
    "issues-layers": ("issues/domain/planted.py", "import issues.application"),
    "outreach-layers": ("outreach/api/planted.py", "import outreach.adapters"),
    "residents-layers": ("residents/consumers/planted.py", "import residents.api"),
    "vouchers-layers": ("vouchers/api/planted.py", "import vouchers.consumers"),
    "main-only-bootstrap": ("issues/__main__.py", "import issues.domain"),
    "settings-by-bootstrap": ("residents/application/planted.py", "import residents.settings"),
    "domain-pure": ("issues/domain/planted.py", "import chassis.errors"),
    "application-narrow": ("outreach/application/planted.py", "import chassis.mongo"),
    "driver-in-one-module": ("residents/adapters/planted.py", "import pymongo"),
}


def lint(source: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config"]
    command.append(str(ROOT / ".importlinter"))
    if contract:
        command += ["--contract", contract]
    return subprocess.run(  # noqa: S603
        command,
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of every package side by side, to plant into."""
    target = tmp_path_factory.mktemp("sources")
    for source in SOURCES:
        package = ROOT / source
        shutil.copytree(package, target / package.name)
    return target


def test_every_contract_holds(copied: Path) -> None:
    checked = lint(copied)

    assert checked.returncode == 0, checked.stdout


def test_every_contract_has_a_violation_planted_for_it() -> None:
    lines = (ROOT / ".importlinter").read_text().splitlines()
    contracts = {line[:-1].split(":")[-1] for line in lines if line.startswith("[importlinter:")}

    assert contracts == set(PLANTED)


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_is_caught(copied: Path, contract: str) -> None:
    where, line = PLANTED[contract]
    planted = copied / where
    before = planted.read_text() if planted.exists() else None
    try:
        planted.write_text((before or "") + f"\n{line}\n")
        checked = lint(copied, contract)
    finally:
        planted.unlink() if before is None else planted.write_text(before)

    assert checked.returncode == 1
    assert "BROKEN" in checked.stdout

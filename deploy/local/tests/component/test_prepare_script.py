"""On a machine that lacks something, the preparation says what in one line and ends with exit 1."""

import shutil
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "prepare.sh"


def prepare_with(programs: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        ["/bin/sh", str(SCRIPT)],
        env={"PATH": str(programs), "HOME": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


def put(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_an_old_python_is_named(tmp_path: Path) -> None:
    put(tmp_path, "python3", "exit 1")
    finished = prepare_with(tmp_path)
    assert finished.returncode == 1
    assert "Python 3.11 or newer is missing" in finished.stdout
    assert len(finished.stdout.splitlines()) == 1


def test_each_missing_tool_is_one_line(tmp_path: Path) -> None:
    put(tmp_path, "python3", f'exec "{sys.executable}" "$@"')
    dirname = shutil.which("dirname")
    assert dirname is not None
    put(tmp_path, "dirname", f'exec "{dirname}" "$@"')
    finished = prepare_with(tmp_path)
    assert finished.returncode == 1
    named = [line.split()[1] for line in finished.stdout.splitlines()]
    assert named == ["Node.js", "npm", "Java", "Maven"]

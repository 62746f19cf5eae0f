"""Before there is a virtual environment: check what a newcomer must have, then make it.

Standard library only. Everything later is `python -m local_stack`.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements-dev.txt"
PACKAGE_FOLDERS = (
    "chassis",
    "redaction",
    "wechat",
    "services/*",
    "simulators/*",
    "deploy/local",
    "story",
    "demo",
    "tests/load",
    "tests/chaos",
    "tests/attack",
    "tests/cluster",
    "tests/chart",
)
DISK_BYTES = 2 * 1024**3
STAMP = "linli-installed"

Version = tuple[int, ...]


@dataclass(frozen=True)
class Tool:
    """A program the newcomer brings.

    Attributes:
        replaced_by: the environment variable that makes it unnecessary.
    """

    name: str
    command: tuple[str, ...]
    at_least: Version
    how_to_get: str
    replaced_by: str | None = None


TOOLS = (
    Tool(
        "Node.js",
        ("node", "--version"),
        # What eslint asks for.
        (20, 19),
        "Debian 13: sudo apt install nodejs npm; Debian 12: install Node 20 with nvm "
        "(nvm install 20); macOS: brew install node@22",
    ),
    Tool(
        "npm",
        ("npm", "--version"),
        (9,),
        "Debian 13: sudo apt install npm; Debian 12: it comes with nvm's Node; "
        "macOS: brew install node@22",
    ),
    Tool(
        "Java",
        ("java", "-version"),
        (17,),
        "Debian 12: sudo apt install openjdk-17-jre-headless; "
        "Debian 13: sudo apt install openjdk-21-jre-headless; macOS: brew install --cask temurin",
        replaced_by="KAFKA_BOOTSTRAP_SERVERS",
    ),
    Tool(
        "Maven",
        ("mvn", "--batch-mode", "--version"),
        (3, 8),
        "Debian 12 and 13: sudo apt install maven; macOS: brew install maven",
        replaced_by="KAFKA_BOOTSTRAP_SERVERS",
    ),
)


# With JAVA_TOOL_OPTIONS or JDK_JAVA_OPTIONS set, Java and Maven first repeat them.
_NOT_ABOUT_ITSELF = re.compile(r"(NOTE: )?Picked up |WARNING: ")


def version_in(text: str) -> Version | None:
    """Return the first version in what a program prints about itself, in colour or not."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    said = [line for line in plain.splitlines() if not _NOT_ABOUT_ITSELF.match(line)]
    found = re.search(r"\d+(?:\.\d+)*", "\n".join(said))
    return tuple(int(part) for part in found.group().split(".")) if found else None


def output_of(command: tuple[str, ...]) -> str | None:
    """Return what the program prints, or None if it is not there or fails."""
    if shutil.which(command[0]) is None:
        return None
    finished = subprocess.run(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return finished.stdout if finished.returncode == 0 else None


def lacking(
    tools: Iterable[Tool],
    environment: Mapping[str, str],
    output: Callable[[tuple[str, ...]], str | None] = output_of,
) -> list[str]:
    """Return one line for each tool that is missing or too old."""
    lines = []
    for tool in tools:
        if tool.replaced_by is not None and environment.get(tool.replaced_by):
            continue
        wanted = ".".join(str(part) for part in tool.at_least)
        said = output(tool.command)
        found = version_in(said) if said is not None else None
        if found is None:
            lines.append(f"{tool.name} {wanted} or newer is missing. {tool.how_to_get}")
        elif found < tool.at_least:
            has = ".".join(str(part) for part in found)
            lines.append(f"{tool.name} {has} is too old: {wanted} or newer. {tool.how_to_get}")
    return lines


def lacking_python_parts() -> list[str]:
    """Return a line if this Python cannot make a virtual environment."""
    if output_of((sys.executable, "-c", "import ensurepip, venv")) is not None:
        return []
    return ["Python's venv is missing. Debian 12 and 13: sudo apt install python3-venv"]


def lacking_disk(free_bytes: int) -> list[str]:
    """Return a line if the disk is nearly full."""
    if free_bytes >= DISK_BYTES:
        return []
    return [f"Only {free_bytes / 1024**3:.1f} GB are free below {ROOT}: 2 GB are needed."]


def local_packages() -> list[Path]:
    """Return the folders of the packages of this repository."""
    found = (folder for pattern in PACKAGE_FOLDERS for folder in sorted(ROOT.glob(pattern)))
    return [folder for folder in found if (folder / "pyproject.toml").exists()]


def fingerprint(files: Iterable[Path]) -> str:
    """Return a hash of the contents, of the Python and of the place: venvs cannot be moved."""
    digest = hashlib.sha256(f"{sys.version} {ROOT}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def make_environment(folder: Path) -> None:
    """Make the virtual environment and install everything, unless it is as it should be."""
    packages = local_packages()
    wanted = fingerprint([REQUIREMENTS, *(package / "pyproject.toml" for package in packages)])
    if is_made(folder, wanted):
        return
    # Two at once would install into each other's half-made environment.
    with REQUIREMENTS.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_made(folder, wanted):
            install(folder, packages, wanted)


def is_made(folder: Path, wanted: str) -> bool:
    """Whether the environment has this fingerprint."""
    stamp = folder / STAMP
    return stamp.exists() and stamp.read_text() == wanted


def install(folder: Path, packages: list[Path], wanted: str) -> None:
    """Make the environment where its Python is another one, and install everything into it."""
    stamp = folder / STAMP
    since = time.monotonic()
    say("… Python packages into .venv (about a minute the first time)")
    stamp.unlink(missing_ok=True)
    python = str(folder / "bin" / "python")
    if output_of((python, "-c", "import sys; print(sys.version)")) != f"{sys.version}\n":
        run([sys.executable, "-m", "venv", "--clear", str(folder)])
    pip_install = [python, "-m", "pip", "install", "--quiet"]
    run([*pip_install, "--disable-pip-version-check", "--require-hashes", "-r", str(REQUIREMENTS)])
    editable = [argument for package in packages for argument in ("-e", str(package))]
    no_look_up = ["--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
    run([*pip_install, *no_look_up, *editable])
    stamp.write_text(wanted)
    say(f"✓ Python packages  {time.monotonic() - since:.1f} s")


def run(command: list[str]) -> None:
    """Run a step; end with its own message if it fails."""
    finished = subprocess.run(command, check=False)  # noqa: S603
    if finished.returncode != 0:
        raise SystemExit(f"✗ {' '.join(command[:5])} … failed (exit {finished.returncode})")


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Check, then install; one line for each thing that is missing, and exit 1."""
    missing = [
        *lacking_python_parts(),
        *lacking(TOOLS, os.environ),
        *lacking_disk(shutil.disk_usage(ROOT).free),
    ]
    if missing:
        for line in missing:
            say(f"✗ {line}")
        raise SystemExit(1)
    make_environment(ROOT / ".venv")


if __name__ == "__main__":
    main()

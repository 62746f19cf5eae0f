"""What a stack needs beside Python packages: the gateway's packages, Kafka, the store."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from local_stack import kafka, store
from local_stack.cache import only_one_at_a_time
from local_stack.layout import ROOT

GATEWAY = ROOT / "gateway"


class InstallationFailed(Exception):
    """A package manager failed; the message is its own."""


def _gateway_fingerprint() -> str:
    digest = hashlib.sha256(str(GATEWAY).encode())
    for name in ("package.json", "package-lock.json"):
        digest.update((GATEWAY / name).read_bytes())
    return digest.hexdigest()


def _gateway_stamp() -> Path:
    return GATEWAY / "node_modules" / ".linli-installed"


def gateway_is_installed() -> bool:
    """Whether node_modules is what the lock file says."""
    stamp = _gateway_stamp()
    return stamp.exists() and stamp.read_text() == _gateway_fingerprint()


def install_gateway() -> None:
    """Install the gateway's packages from its lock file, unless another does so meanwhile."""
    npm = shutil.which("npm")
    if npm is None:
        raise InstallationFailed("npm is missing")
    # `npm ci` begins by removing what another one has just written.
    with only_one_at_a_time("gateway-packages"):
        if not gateway_is_installed():
            _npm_ci(npm)


def _npm_ci(npm: str) -> None:
    finished = subprocess.run(  # noqa: S603
        [npm, "ci", "--no-audit", "--no-fund", "--loglevel", "error"],
        cwd=GATEWAY,
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        raise InstallationFailed(finished.stderr[-2_000:])
    _gateway_stamp().write_text(_gateway_fingerprint())


def missing_parts(*, own_store: str | None, own_kafka: bool) -> dict[str, Callable[[], object]]:
    """Return what is still to be installed, by name, with what installs it.

    Args:
        own_store: the build of the embedded store, or None where another is given.
        own_kafka: whether the stack starts a broker of its own.
    """
    parts: dict[str, Callable[[], object]] = {}
    if not gateway_is_installed():
        parts["gateway packages"] = install_gateway
    if own_kafka and not kafka.is_installed():
        parts[f"Kafka {kafka.kafka_version()}"] = kafka.install
    if own_store == "wheel" and not store.is_installed("wheel"):
        parts["embedded store"] = store.install_wheel
    return parts

"""What a folder's package.json asks for, installed as its lock file says."""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from local_stack.cache import only_one_at_a_time
from local_stack.layout import ROOT


class InstallationFailed(Exception):
    """A package manager failed; the message is its own."""


@dataclass(frozen=True)
class NodePackages:
    """The packages of one folder."""

    folder: Path

    def are_installed(self) -> bool:
        """Whether node_modules is what the lock file says."""
        return self._stamp.exists() and self._stamp.read_text() == self._fingerprint()

    def install(self) -> None:
        """Install them, unless another does so meanwhile. Raises: InstallationFailed."""
        npm = shutil.which("npm")
        if npm is None:
            raise InstallationFailed("npm is missing")
        # `npm ci` begins by removing what another one has just written.
        with only_one_at_a_time(f"{self.folder.name}-packages"):
            if not self.are_installed():
                self._npm_ci(npm)

    def _npm_ci(self, npm: str) -> None:
        finished = subprocess.run(  # noqa: S603
            [npm, "ci", "--no-audit", "--no-fund", "--loglevel", "error"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode != 0:
            raise InstallationFailed(finished.stderr[-2_000:])
        self._stamp.write_text(self._fingerprint())

    @property
    def _stamp(self) -> Path:
        return self.folder / "node_modules" / ".linli-installed"

    def _fingerprint(self) -> str:
        digest = hashlib.sha256(str(self.folder).encode())
        for name in ("package.json", "package-lock.json"):
            digest.update((self.folder / name).read_bytes())
        return digest.hexdigest()


GATEWAY = NodePackages(ROOT / "gateway")
BENCHMARK_CLIENTS = NodePackages(ROOT / "tests" / "load")
BENCHMARK_REFERENCE = NodePackages(ROOT / "tests" / "load" / "reference")
ALL = (GATEWAY, BENCHMARK_CLIENTS, BENCHMARK_REFERENCE)
"""All the project's own. The gateway is the first: its tools check the others too."""

"""The embedded store: SecantusDB, a server that speaks MongoDB's protocol over WiredTiger.

Two builds of it, as separate processes: `rs`, which `make store` compiles, and `wheel`, which
installs in seconds. Where neither is wanted, MONGODB_URI names a real MongoDB.
"""

import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Literal

from local_stack.cache import DEPLOY_FOLDER, cache_folder, only_one_at_a_time
from local_stack.leash import Leash
from local_stack.server_process import ServerProcess

StoreBuild = Literal["rs", "wheel"]

RS_CRATE = "secantus-mdb"
RS_VERSION = "0.5.3-beta.196"
_REQUIREMENTS = DEPLOY_FOLDER / "store" / "requirements.txt"
_ANSWER_WITHIN_SECONDS = 2.0
_OP_MSG = 2013


class StoreNotInstalled(Exception):
    """The store's package could not be installed; the message is the installer's own."""


def rs_folder() -> Path:
    """Return the root that `make store` installs into."""
    return cache_folder() / "secantusd-rs"


def rs_program() -> Path:
    """Return where the compiled server is, or would be."""
    return rs_folder() / "bin" / "secantusd-rs"


def wheel_folder() -> Path:
    """Return the virtual environment of the wheel: a new one for other requirements."""
    version = next(
        line.split("==")[1].split()[0]
        for line in _REQUIREMENTS.read_text().splitlines()
        if line.startswith("secantusdb==")
    )
    return cache_folder() / f"secantusdb-{version}"


def chosen_build() -> StoreBuild:
    """Return `rs` where it has been built, else `wheel`."""
    return "rs" if rs_program().exists() else "wheel"


def is_installed(build: StoreBuild) -> bool:
    """Whether this build could start now."""
    if build == "rs":
        return rs_program().exists()
    return (wheel_folder() / "complete").exists()


def install_wheel() -> Path:
    """Install the wheel into a virtual environment of its own, once per machine."""
    folder = wheel_folder()
    with only_one_at_a_time("secantusdb"):
        if is_installed("wheel"):
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(folder)])
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        _run([*pip, "--require-hashes", "--requirement", str(_REQUIREMENTS)])
        (folder / "complete").touch()
    return folder


def _run(command: list[str]) -> None:
    finished = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if finished.returncode != 0:
        raise StoreNotInstalled(finished.stdout[-2_000:] + finished.stderr[-2_000:])


class Store(ServerProcess):
    """An embedded store on `port`, of the build given or the best one installed."""

    name = "store"

    def __init__(
        self,
        *,
        port: int,
        folder: Path,
        build: StoreBuild | None = None,
        leash: Leash | None = None,
    ) -> None:
        super().__init__(port=port, folder=folder, leash=leash)
        self.build: StoreBuild = build or chosen_build()

    @property
    def uri(self) -> str:
        """What MONGODB_URI is for this store."""
        # The wheel answers a retryable write with an error.
        options = "directConnection=true" + ("&retryWrites=false" if self.build == "wheel" else "")
        return f"mongodb://127.0.0.1:{self.port}/?{options}"

    def prepare(self) -> None:
        """Install the wheel if that is the build; keep settings files of the user out."""
        if self.build == "wheel":
            install_wheel()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._settings_file().touch()

    def argv(self) -> list[str]:
        """Return the command line of the server.

        Without --sync-on-commit a kill -9 loses acknowledged writes.
        """
        wheel = self.build == "wheel"
        program = wheel_folder() / "bin" / "secantusd-py" if wheel else rs_program()
        command = [str(program), "--config", str(self._settings_file())]
        command += ["--host", "127.0.0.1", "--port", str(self.port)]
        command += ["--storage-path", str(self.folder / "data"), "--sync-on-commit"]
        command += ["--cache-size", "256M", "--log-level", "WARNING"]
        return command if wheel else [*command, "--log-file-max", "32MB"]

    def is_ready(self) -> bool:
        """Whether the store answers a `hello`."""
        try:
            with socket.create_connection(
                ("127.0.0.1", self.port), _ANSWER_WITHIN_SECONDS
            ) as connection:
                connection.sendall(_hello())
                return len(connection.recv(16)) > 0
        except OSError:
            return False

    def _settings_file(self) -> Path:
        return self.folder / "secantusd.toml"


def _hello() -> bytes:
    """Return `{hello: 1, $db: "admin"}` as one message of MongoDB's wire protocol."""
    fields = b"\x10hello\x00" + struct.pack("<i", 1) + b"\x02$db\x00" + struct.pack("<i", 6)
    document = fields + b"admin\x00" + b"\x00"
    body = struct.pack("<iB", 0, 0) + struct.pack("<i", len(document) + 4) + document
    return struct.pack("<iiii", len(body) + 16, 1, 0, _OP_MSG) + body

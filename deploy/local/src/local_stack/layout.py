"""Where the stack keeps its state, and which ports its processes have."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
DEFAULT_STATE = ROOT / ".local"
DEFAULT_PORT_BASE = 4_000

# A path longer than about 104 bytes cannot be bound as a unix socket.
_LONGEST_SOCKET_PATH = 90

PORT_OFFSETS = {
    "gateway": 0,
    "residents-api": 101,
    "issues-api": 102,
    "vouchers-api": 103,
    "outreach-api": 104,
    "residents-worker": 201,
    "issues-worker": 202,
    "vouchers-worker": 203,
    "outreach-worker": 204,
    "wechat-simulator": 300,
    "store": 317,
    "kafka": 392,
    "kafka-controller": 393,
}


@dataclass(frozen=True)
class Layout:
    """One stack: its state folder and its port base."""

    state: Path
    port_base: int = DEFAULT_PORT_BASE

    def port(self, name: str) -> int:
        """Return the port of a process."""
        return self.port_base + PORT_OFFSETS[name]

    def address(self, name: str) -> str:
        """Return the HTTP address of a process, without a slash at its end."""
        return f"http://127.0.0.1:{self.port(name)}"

    @property
    def logs(self) -> Path:
        """What the processes print, a file each."""
        return self.state / "logs"

    @property
    def supervisor_settings(self) -> Path:
        """The settings of supervisord; they hold secrets."""
        return self.state / "supervisord.conf"

    @property
    def supervisor_log(self) -> Path:
        """What supervisord saw since the last `up`: starts with their pids, and ends."""
        return self.state / "supervisord.log"

    @property
    def supervisor_pid_file(self) -> Path:
        """The process id of supervisord."""
        return self.state / "supervisord.pid"

    @property
    def supervisor_socket(self) -> Path:
        """Where supervisord listens: in the state folder, unless its path is too long for that."""
        inside = self.state / "supervisord.sock"
        if len(bytes(inside)) <= _LONGEST_SOCKET_PATH:
            return inside
        name = hashlib.sha256(bytes(self.state)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"linli-{os.getuid()}-{name}.sock"

    @property
    def record(self) -> Path:
        """What the last `up` chose: see StackRecord."""
        return self.state / "stack.json"

    @property
    def story_played(self) -> Path:
        """There once the first `up` has played the story to its end."""
        return self.state / "story-played"

    @property
    def made(self) -> Path:
        """Which code made the indexes and topics: see MadeBefore."""
        return self.state / "made-by"

    @property
    def logins(self) -> Path:
        """The demo logins, written by the story."""
        return self.state / "logins.json"

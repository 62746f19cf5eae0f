"""What happened to each process since `up`, read from supervisord's log."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

_LINE = re.compile(r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} \w+ (?P<message>.*)")
_SPAWNED = re.compile(r"spawned: '(?P<name>[^']+)' with pid (?P<pid>\d+)")
_ENDED = re.compile(r"(?P<how>exited|stopped): (?P<name>\S+) \((?P<reason>.*)\)")


@dataclass(frozen=True)
class Spawn:
    """A start of a process.

    Attributes:
        at: seconds since the epoch, whole.
    """

    pid: int
    at: float


@dataclass(frozen=True)
class End:
    """An end of a process.

    Attributes:
        at: seconds since the epoch, whole.
        asked_for: whether the supervisor had been told to stop it.
        reason: "exit status 1", "terminated by SIGKILL".
    """

    at: float
    asked_for: bool
    reason: str


@dataclass
class ProcessHistory:
    """The starts and ends of one process, oldest first."""

    spawns: list[Spawn] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)

    @property
    def restarts(self) -> int:
        """How often it was started again."""
        return max(len(self.spawns) - 1, 0)

    @property
    def last_end(self) -> End | None:
        """How it ended last, or None."""
        return self.ends[-1] if self.ends else None


def read_history(supervisor_log: Path) -> dict[str, ProcessHistory]:
    """Return the history of each process that was ever started, by name."""
    histories: dict[str, ProcessHistory] = {}
    if not supervisor_log.exists():
        return histories
    for line in supervisor_log.read_text().splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        at = time.mktime(time.strptime(found["at"], "%Y-%m-%d %H:%M:%S"))
        if spawned := _SPAWNED.match(found["message"]):
            history = histories.setdefault(spawned["name"], ProcessHistory())
            history.spawns.append(Spawn(pid=int(spawned["pid"]), at=at))
        elif ended := _ENDED.match(found["message"]):
            history = histories.setdefault(ended["name"], ProcessHistory())
            reason = ended["reason"].split(";")[0]
            history.ends.append(End(at=at, asked_for=ended["how"] == "stopped", reason=reason))
    return histories

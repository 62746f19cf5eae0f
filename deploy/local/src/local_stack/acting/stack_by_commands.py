"""A stack of a journey's own, driven by the commands that a person would type."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from local_stack.acting.waiting import by_and_by
from local_stack.layout import PORT_OFFSETS, ROOT, Layout
from local_stack.ports import free_port_base

# A developer's own settings must not reach the stack of a test.
_LEFT_OUT = {"MONGODB_URI", "KAFKA_BOOTSTRAP_SERVERS", "LOG_LEVEL", "OTEL_EXPORTER_OTLP_ENDPOINT"}


@dataclass(frozen=True)
class StackByCommands:
    """A stack on ports and data of its own.

    Attributes:
        settings: variables of its commands, and by them of every process.
    """

    layout: Layout
    settings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def in_folder(cls, state: Path, settings: Mapping[str, str] | None = None) -> "StackByCommands":
        """Return a stack on free ports that is not up yet."""
        return cls(Layout(state, free_port_base(PORT_OFFSETS.values())), settings or {})

    def argv(self, *arguments: str) -> list[str]:
        """Return the command line of a command of the stack."""
        where = ["--state", str(self.layout.state), "--port-base", str(self.layout.port_base)]
        return [sys.executable, "-m", "local_stack", *where, *arguments]

    def env(self) -> dict[str, str]:
        """Return the environment of a command of the stack."""
        kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
        return kept | {"PYTHONUNBUFFERED": "1", **self.settings}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the stack to its end."""
        return subprocess.run(  # noqa: S603
            self.argv(*arguments),
            cwd=ROOT,
            env=self.env(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def must(self, *arguments: str) -> str:
        """Run a command that has to succeed; return what it printed."""
        finished = self.run(*arguments)
        assert finished.returncode == 0, finished.stdout
        return finished.stdout

    def status(self) -> dict[str, dict[str, Any]]:
        """Return what `status` shows, by process."""
        return {row["name"]: row for row in json.loads(self.must("status", "--json"))}

    def process(self, name: str, *, other_than: int | None = None) -> psutil.Process:
        """Return a process of the stack, as soon as it runs, or runs again under another pid."""
        by_and_by(lambda: self.status()[name]["pid"] not in {None, other_than})
        return psutil.Process(self.status()[name]["pid"])

    def pids(self) -> dict[str, int]:
        """Return the process id of each process, the supervisor included."""
        found = {name: row["pid"] for name, row in self.status().items()}
        return found | {"supervisord": int(self.layout.supervisor_pid_file.read_text())}

"""On what the figures were measured."""

import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import msgspec
import psutil
from local_stack.kafka import kafka_version
from local_stack.store import RS_VERSION

_GIB = 1024**3
_CPU_INFO = Path("/proc/cpuinfo")
_PACKAGES = ("motor", "pymongo", "aiokafka", "strawberry-graphql", "uvicorn", "uvloop")


class Machine(msgspec.Struct, frozen=True):
    """The machine, the store, and the versions of what ran.

    Attributes:
        load_before: the load average of the last minute when the command began; well above
            zero, the figures are of a machine that was busy with something else.
    """

    cpu: str
    cores: int
    ram_gib: float
    kernel: str
    store: str
    versions: dict[str, str]
    load_before: float

    def lines(self) -> list[str]:
        """Return it for a person to read."""
        versions = ", ".join(f"{name} {value}" for name, value in self.versions.items())
        return [
            f"{self.cpu}, {self.cores} cores, {self.ram_gib:g} GiB, {self.kernel}, "
            f"load before {self.load_before:.2f}",
            f"store {self.store}; {versions}",
        ]


def this_machine(mongodb_uri: str | None) -> Machine:
    """Return what the figures of this run are to be read beside."""
    versions = {"python": platform.python_version(), "node": _said("node", "--version").lstrip("v")}
    versions["kafka"] = kafka_version()
    return Machine(
        cpu=_cpu_model(),
        cores=psutil.cpu_count() or 1,
        ram_gib=round(psutil.virtual_memory().total / _GIB, 1),
        kernel=f"{platform.system()} {platform.release()}",
        store="a MongoDB by MONGODB_URI" if mongodb_uri else f"secantusd-rs {RS_VERSION}",
        versions=versions | {name: version(name) for name in _PACKAGES},
        load_before=round(psutil.getloadavg()[0], 2),
    )


def _cpu_model() -> str:
    if _CPU_INFO.exists():
        named = re.search(r"^model name\s*:\s*(.+)$", _CPU_INFO.read_text(), re.MULTILINE)
        if named:
            return named[1]
    if sys.platform == "darwin":
        return _said("sysctl", "-n", "machdep.cpu.brand_string")
    return platform.machine()


def _said(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        return "not there"
    ended = subprocess.run(  # noqa: S603
        [found, *arguments], capture_output=True, text=True, check=False
    )
    return ended.stdout.strip() or "unknown"

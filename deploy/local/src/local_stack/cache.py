"""What is fetched once per machine and shared by every stack and test on it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEPLOY_FOLDER = Path(__file__).resolve().parents[2]


def cache_folder() -> Path:
    """Return `~/.cache/linli`, or what LINLI_CACHE names."""
    folder = Path(os.environ.get("LINLI_CACHE") or Path.home() / ".cache" / "linli")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def only_one_at_a_time(name: str) -> Iterator[None]:
    """Hold a lock of this machine, so that two stacks do not fetch the same thing at once."""
    with (cache_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

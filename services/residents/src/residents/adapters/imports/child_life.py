"""What binds a process that works on an import: its parent's life, and a limit of memory."""

import os
import resource
import sys
import threading

_PARENT_GONE_EXIT_CODE = 3
_MIB = 1024 * 1024


def end_with_parent() -> None:
    """End this process when standard input closes: its parent holds the other end."""
    threading.Thread(target=_wait_for_the_end, name="parent", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(_PARENT_GONE_EXIT_CODE)


def limit_memory(limit_mib: int) -> None:
    """Let allocations fail beyond so much address space, so that a bomb ends this process alone."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit_mib * _MIB, hard))

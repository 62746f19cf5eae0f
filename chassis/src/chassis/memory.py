"""What is freed goes back to the system: a process stays as small as what it has in hand.

glibc keeps what once was large: after the first hash of a password, 19 MiB of it, it takes every
later one from the heap and gives none back, and each thread gets a heap of its own. Fixed
thresholds and two heaps cost a system call a large block and nothing else that was measured.
"""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # malloc.h of glibc
_LARGE_BYTES = 1024 * 1024
_HEAPS = 2


def keep_little_memory() -> bool:
    """Set the allocator so, before the process has threads. Returns: whether it is glibc's."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is None:
        return False
    options = {_TRIM_THRESHOLD: _LARGE_BYTES, _MMAP_THRESHOLD: _LARGE_BYTES, _ARENA_MAX: _HEAPS}
    return all(set_option(option, value) == 1 for option, value in options.items())

import ctypes
import subprocess
import sys

import pytest
from chassis.memory import keep_little_memory

_IS_GLIBC = hasattr(ctypes.CDLL(None), "mallopt")
_HASH_TWICE = """
import ctypes, sys
import psutil
from chassis.memory import keep_little_memory
if sys.argv[1] == "kept_little":
    keep_little_memory()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
for _ in range(2):
    block = libc.malloc(19 << 20)
    libc.memset(block, 1, 19 << 20)
    few = libc.malloc(64)  # above it on the heap, as whatever else a process keeps
    libc.free(block)
print(psutil.Process().memory_info().rss >> 20)
"""


def _resident_mib(how: str) -> int:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _HASH_TWICE, how], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_a_large_block_that_glibc_would_keep_is_given_back_when_it_is_freed() -> None:
    given_back_mib = _resident_mib("as_it_comes") - _resident_mib("kept_little")

    assert (given_back_mib > 15) is _IS_GLIBC


def test_another_allocator_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert not keep_little_memory()

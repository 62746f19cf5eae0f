"""Which ports the stack and its tests use."""

import random
import socket
from collections.abc import Iterable

# Below the range that kernels hand out for outgoing connections: a client that retries a stopped
# server on a port of that range can be given the same port and end up connected to itself.
_LOWEST_TEST_PORT = 15_000
_HIGHEST_TEST_PORT = 32_000


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port that nobody listens on, outside the range of outgoing connections."""
    return free_port_base([0])


def free_port_base(offsets: Iterable[int]) -> int:
    """Return a base such that nobody listens on base + offset, for each offset."""
    wanted = list(offsets)
    chooser = random.SystemRandom()
    for _ in range(1_000):
        base = chooser.randint(_LOWEST_TEST_PORT, _HIGHEST_TEST_PORT - max(wanted))
        if all(is_free(base + offset) for offset in wanted):
            return base
    raise RuntimeError(f"no free ports between {_LOWEST_TEST_PORT} and {_HIGHEST_TEST_PORT}")

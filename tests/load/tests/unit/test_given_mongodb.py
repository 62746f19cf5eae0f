"""A MongoDB that is given has what it had, and no more, when a benchmark is over."""

from dataclasses import dataclass, field

import pytest
from benchmarks.given_mongodb import dropped_at_the_end, only_meanwhile


@dataclass
class Server:
    """A server by the names of its databases."""

    names: set[str] = field(default_factory=lambda: {"admin", "linli_residents"})

    async def list_database_names(self) -> list[str]:
        return list(self.names)

    async def drop_database(self, name_or_database: str) -> None:
        self.names.remove(name_or_database)


def is_own(name: str) -> bool:
    return name.startswith("bench_1_")


async def _makes_some_and_breaks(server: Server) -> None:
    async with dropped_at_the_end(server, is_own):
        server.names |= {"bench_1_vouchers", "bench_2_vouchers"}
        raise ValueError("broke")


async def test_what_was_made_meanwhile_is_dropped_even_after_a_failure() -> None:
    server = Server()

    with pytest.raises(ValueError, match="broke"):
        await _makes_some_and_breaks(server)

    assert server.names == {"admin", "linli_residents", "bench_2_vouchers"}


async def test_what_somebody_has_there_is_refused_and_stays() -> None:
    server = Server()

    with pytest.raises(RuntimeError, match="linli_residents already"):
        async with dropped_at_the_end(server, lambda name: name.startswith("linli_")):
            raise AssertionError("it must not begin")

    assert server.names == {"admin", "linli_residents"}


async def test_without_a_mongodb_nobody_is_asked() -> None:
    async with only_meanwhile(None, is_own):
        pass

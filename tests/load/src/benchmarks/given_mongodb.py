"""A MongoDB that is given: what a benchmark must not find in it, and leaves nothing of."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

from pymongo import AsyncMongoClient


class Databases(Protocol):
    """What is asked of a server."""

    async def list_database_names(self) -> list[str]:
        """Every database that is there."""

    async def drop_database(self, name_or_database: str) -> None:
        """Remove one, whatever is in it."""


@asynccontextmanager
async def only_meanwhile(
    mongodb_uri: str | None, is_own: Callable[[str], bool]
) -> AsyncIterator[None]:
    """Let databases be there for as long as this lasts; without a URI there is nothing to do.

    Args:
        is_own: which databases, by their names, are the benchmark's.

    Raises: RuntimeError if one of that name is there already: it is somebody else's, and stays.
    """
    if mongodb_uri is None:
        yield
        return
    client = AsyncMongoClient[dict[str, Any]](mongodb_uri)
    try:
        async with dropped_at_the_end(client, is_own):
            yield
    finally:
        await client.close()


@asynccontextmanager
async def dropped_at_the_end(
    server: Databases, is_own: Callable[[str], bool]
) -> AsyncIterator[None]:
    """See only_meanwhile."""
    if there := await _named(server, is_own):
        raise RuntimeError(
            f"MONGODB_URI has {', '.join(there)} already: drop what is not needed, "
            "or name another MongoDB"
        )
    try:
        yield
    finally:
        for name in await _named(server, is_own):
            await server.drop_database(name)


async def _named(server: Databases, is_own: Callable[[str], bool]) -> list[str]:
    return sorted(filter(is_own, await server.list_database_names()))

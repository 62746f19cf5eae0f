"""A process run by a test: what it said, what it logged, how it ended."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType

import httpx
from chassis.testing_waits import until
from local_stack.ports import free_port

NOTHING: Mapping[str, str] = MappingProxyType({})


class Process:
    """A running service of the bakery."""

    def __init__(self, port: int, process: asyncio.subprocess.Process) -> None:
        self.port = port
        self.process = process
        self.said: list[str] = []
        self.logged: list[dict[str, object]] = []
        self._reading = asyncio.gather(self._read_said(), self._read_logged())

    async def _read_said(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.said.append(line.decode().strip())

    async def _read_logged(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.logged.append(json.loads(line))

    def events(self) -> list[object]:
        return [line["event"] for line in self.logged]

    async def ready(self) -> None:
        await until(self._is_ready, within_seconds=30)

    async def _is_ready(self) -> bool:
        assert self.process.returncode is None, self.logged
        try:
            return (await self.get("/ready")).status_code == 200
        except httpx.TransportError:
            return False

    async def get(self, path: str) -> httpx.Response:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}") as client:
            return await client.get(path)

    async def ended(self) -> int:
        code = await asyncio.wait_for(self.process.wait(), 20)
        await self._reading
        return code


@asynccontextmanager
async def launched(
    program: Path, *arguments: str, port: int | None = None, env: Mapping[str, str] = NOTHING
) -> AsyncIterator[Process]:
    """Run a program of the tests; it is killed at the end if it has not ended by then."""
    port = port or free_port()
    process = Process(
        port,
        await asyncio.create_subprocess_exec(
            sys.executable,
            program,
            *arguments,
            str(port),
            env={**os.environ, "HTTP_PORT": str(port), **env},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        ),
    )
    try:
        yield process
    finally:
        if process.process.returncode is None:
            process.process.kill()
        await process.ended()

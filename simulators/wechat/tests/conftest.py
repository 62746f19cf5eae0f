"""A simulator and an official account's server for one test."""

from collections.abc import AsyncIterator

import pytest
from wechat_simulator.testing import CallbackServer, Simulator, serving, simulating


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with simulating() as running:
        yield running


@pytest.fixture
async def callback_server() -> AsyncIterator[CallbackServer]:
    server = CallbackServer()
    async with serving(server.app()) as url:
        server.url = f"{url}/callback"
        yield server

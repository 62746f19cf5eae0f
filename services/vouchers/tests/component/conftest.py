"""The real api and worker, each a process of its own, over a real store and a real Kafka."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing_tokens import TokenMint
from chassis.topics import create_topics
from local_stack.leash import Leash
from local_stack.ports import free_port

from .graph import Graph, Person
from .kafka import OTHERS_TOPICS, Others, others_of
from .processes import Process, environment_for, run_command


@pytest.fixture(scope="session")
def mint() -> TokenMint:
    """Issues tokens in residents' place."""
    return TokenMint(utc_now)


@pytest.fixture(scope="session")
def jwks_url(mint: TokenMint) -> Iterator[str]:
    """Where the mint's public keys are."""
    body = json.dumps(mint.jwks()).encode()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Keys)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/jwks.json"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
async def environment(
    mongodb_uri: str,
    kafka_bootstrap_servers: str,
    jwks_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """The instance that most tests share, its indexes and topics made."""
    folder = tmp_path_factory.mktemp("vouchers")
    environment = environment_for(mongodb_uri, kafka_bootstrap_servers, jwks_url, folder)
    await create_topics(kafka_bootstrap_servers, OTHERS_TOPICS)
    await asyncio.to_thread(run_command, environment, "create-topics")
    await asyncio.to_thread(run_command, environment, "create-indexes")
    return environment


@pytest.fixture(scope="session")
async def processes(
    environment: dict[str, str], leash: Leash, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, Process]]:
    """Api and worker, ready; both must end well."""
    logs = tmp_path_factory.mktemp("logs")
    started = {
        "api": Process("api", environment, folder=logs, leash=leash),
        "worker": Process("worker", environment, folder=logs, leash=leash),
    }
    with ExitStack() as ends:
        for process in started.values():
            process.start()
            ends.callback(process.kill)
        for process in started.values():
            await asyncio.to_thread(process.wait_ready)
        yield started
        for process in started.values():
            exit_code = await asyncio.to_thread(process.exit_code_after_sigterm)
            assert exit_code == 0, process.log_path.read_text()


@pytest.fixture(scope="session")
async def graph(processes: dict[str, Process]) -> AsyncIterator[Graph]:
    graph = Graph(processes["api"].address)
    yield graph
    await graph.close()


@pytest.fixture(scope="session")
async def others(
    kafka_bootstrap_servers: str, environment: dict[str, str]
) -> AsyncIterator[Others]:
    async with others_of(kafka_bootstrap_servers) as others:
        yield others


@pytest.fixture(scope="session")
async def store(environment: dict[str, str]) -> AsyncIterator[Store]:
    """What the processes write to, for looking at it."""
    store = Store.connect(environment["MONGODB_URI"], environment["MONGODB_DATABASE"])
    yield store
    await store.close()


@pytest.fixture
def community_id() -> str:
    """A community of the test's own."""
    return new_id("community")


@pytest.fixture
def person_as(mint: TokenMint, community_id: str) -> Callable[..., Person]:
    """Somebody of these roles; with a scope, for that alone."""

    def person(
        *roles: str,
        scope: Sequence[str] | None = None,
        community_id: str = community_id,
        client: str = "console",
        prefix: str = "account",
    ) -> Person:
        account_id, session_id = new_id(prefix), new_id("session")
        headers = mint.headers(
            *roles,
            account_id=account_id,
            community_id=community_id,
            session_id=session_id,
            client=client,
            roles=[{"role": role, "scope": scope} for role in roles],
        )
        return Person(account_id, community_id, session_id, headers)

    return person


@pytest.fixture
def clerk(person_as: Callable[..., Person]) -> Person:
    return person_as("clerk")


@pytest.fixture
def secretary(person_as: Callable[..., Person]) -> Person:
    return person_as("secretary")

"""The real api and worker, each a process of its own, over a real store and a real Kafka."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from aiokafka import AIOKafkaProducer
from chassis.clock import utc_now
from chassis.events import OutboxEntry, headers_of, value_of
from chassis.ids import new_id
from chassis.testing_tokens import TokenMint
from chassis.testing_waits import until
from chassis.topics import Topic, create_topics
from local_stack.leash import Leash
from local_stack.ports import free_port

OUTREACH_TOPIC = "linli.outreach.events"
OTHERS_TOPICS = [Topic(OUTREACH_TOPIC), Topic("linli.residents.sessions", compacted=True)]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

StartProcess = Callable[..., "Process"]


class Process:
    """One of the service's processes."""

    def __init__(self, command: str, environment: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        self._command = command
        self._environment = {**environment, "HTTP_PORT": str(self.port)}
        self._log = log
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, leash: Leash) -> None:
        with self._log.open("ab") as log:
            self._popen = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "issues", self._command],
                env={**os.environ, **self._environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        leash.tie(self._popen.pid)

    async def wait_ready(self, *, within_seconds: float = 30) -> None:
        """Wait until /ready says so; its log is the failure's message if it ended instead."""

        async def ready() -> bool:
            assert self._popen is not None
            assert self._popen.poll() is None, self.log
            try:
                return (await client.get(f"{self.url}/ready")).status_code == 200
            except httpx.TransportError:
                return False

        async with httpx.AsyncClient(timeout=5) as client:
            await until(ready, within_seconds=within_seconds)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait. Returns: the exit code, negative for a signal."""
        assert self._popen is not None
        if self._popen.poll() is None:
            self._popen.send_signal(number)
        return self._popen.wait(timeout=20)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Person:
    """Somebody with a token."""

    account_id: str
    community_id: str
    headers: dict[str, str]


class Graph:
    """The api, asked as clients ask it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.AsyncClient(timeout=10)

    async def close(self) -> None:
        await self._client.aclose()

    async def answer(
        self, person: Person | None, document: str, **variables: object
    ) -> dict[str, Any]:
        """The whole answer, errors included."""
        response = await self._client.post(
            f"{self.url}/graphql",
            json={"query": document, "variables": variables},
            headers=person.headers if person else {},
        )
        answer: dict[str, Any] = response.json()
        return answer

    async def ask(self, person: Person, document: str, **variables: object) -> Any:
        """The data of an answer without errors."""
        answer = await self.answer(person, document, **variables)
        assert "errors" not in answer, answer
        return answer["data"]


class Outreach:
    """Tells of comments as outreach does."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def tell(
        self, event_type: str, comment_id: str, community_id: str, sequence: int, **data: object
    ) -> None:
        entry = OutboxEntry(
            id=new_id("event"),
            type=event_type,
            sequence=sequence,
            at=utc_now(),
            topic=OUTREACH_TOPIC,
            key=comment_id,
            subject=comment_id,
            community_id=community_id,
            data=msgspec.to_builtins(
                {"community_id": community_id, "comment_id": comment_id, **data}
            ),
        )
        await self._producer.send_and_wait(
            OUTREACH_TOPIC,
            value_of(entry),
            key=comment_id.encode(),
            headers=headers_of(entry, service="outreach"),
        )

    async def received(
        self,
        community_id: str,
        text: str = "楼道灯坏了",
        *,
        comment_id: str | None = None,
        received_at: datetime | None = None,
    ) -> str:
        comment_id = comment_id or new_id("comment")
        await self.tell(
            "comment.received.v1",
            comment_id,
            community_id,
            1,
            source="article",
            channel_id="channel_01jd8f6v5tev4b8f4z9x7m2k02",
            article_id="article_01jd8f6v5tev4b8f4z9x7m2k03",
            person_key="person_01jd8f6v5tev4b8f4z9x7m2k05",
            redacted_text=text,
            received_at=received_at or utc_now(),
        )
        return comment_id

    async def replied(
        self, community_id: str, comment_id: str, *, replied_at: datetime | None = None
    ) -> None:
        await self.tell(
            "comment.replied.v1",
            comment_id,
            community_id,
            2,
            person_key="person_01jd8f6v5tev4b8f4z9x7m2k05",
            replied_at=replied_at or utc_now(),
            replied_by="account_01jd8f6v5tev4b8f4z9x7m2k08",
        )

    async def edited(
        self, community_id: str, comment_id: str, text: str, *, sequence: int = 3
    ) -> None:
        await self.tell(
            "comment.edited.v1",
            comment_id,
            community_id,
            sequence,
            redacted_text=text,
            edited_at=NOW,
        )

    async def deleted(self, community_id: str, comment_id: str) -> None:
        await self.tell("comment.deleted.v1", comment_id, community_id, 4, deleted_at=NOW)


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


def environment_for(
    mongodb_uri: str, bootstrap_servers: str, jwks_url: str, state_folder: Path
) -> dict[str, str]:
    """The variables of one instance of the service, with a database of its own."""
    return {
        "ENVIRONMENT": "development",
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": f"issues_{uuid.uuid4().hex}",
        "KAFKA_BOOTSTRAP_SERVERS": bootstrap_servers,
        "JWKS_URL": jwks_url,
        "KEY_WRAPPING_KEYS": "test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "LOOKUP_HASH_KEY": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "STATE_FOLDER": str(state_folder),
    }


def run_command(environment: Mapping[str, str], *arguments: str) -> str:
    """Run one of the service's commands to its end. Returns: what it printed."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "issues", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
async def environment(
    mongodb_uri: str,
    kafka_bootstrap_servers: str,
    jwks_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """The instance that most tests share, its indexes and topics made."""
    folder = tmp_path_factory.mktemp("issues")
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
    started = {name: Process(name, environment, logs / f"{name}.log") for name in ("api", "worker")}
    with ExitStack() as ends:
        for process in started.values():
            process.start(leash)
            ends.callback(process.end, signal.SIGKILL)
        for process in started.values():
            await process.wait_ready()
        yield started
        for process in started.values():
            assert await asyncio.to_thread(process.end) == 0, process.log


@pytest.fixture(scope="session")
async def graph(processes: dict[str, Process]) -> AsyncIterator[Graph]:
    graph = Graph(processes["api"].url)
    yield graph
    await graph.close()


@pytest.fixture(scope="session")
async def outreach(
    kafka_bootstrap_servers: str, environment: dict[str, str]
) -> AsyncIterator[Outreach]:
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap_servers)
    await producer.start()
    yield Outreach(producer)
    await producer.stop()


@pytest.fixture
def person_as(mint: TokenMint, community_id: str) -> Callable[..., Person]:
    def person(*roles: str, community_id: str = community_id) -> Person:
        account_id = new_id("account")
        headers = mint.headers(
            *roles,
            account_id=account_id,
            community_id=community_id,
            session_id=new_id("session"),
        )
        return Person(account_id, community_id, headers)

    return person


@pytest.fixture
def clerk_at_work(person_as: Callable[..., Person]) -> Person:
    return person_as("clerk")


@pytest.fixture
def secretary_at_work(person_as: Callable[..., Person]) -> Person:
    return person_as("secretary")

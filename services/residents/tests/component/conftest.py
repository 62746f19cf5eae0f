"""The service running over a real store and a real broker, once for all tests here."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from local_stack.leash import Leash

from .graph import ACTIVATE, CREATE, Graph
from .processes import PASSWORD, Commands, Device, Process, settings


@dataclass(frozen=True)
class Running:
    """The service."""

    variables: dict[str, str]
    commands: Commands
    api: Process
    worker: Process


@dataclass(frozen=True)
class Person:
    """Somebody who can log in."""

    username: str
    account_id: str
    community_id: str
    device: Device


@pytest.fixture(scope="session")
def running(
    mongodb_uri: str,
    kafka_bootstrap_servers: str,
    tmp_path_factory: pytest.TempPathFactory,
    leash: Leash,
) -> Iterator[Running]:
    variables = settings(mongodb_uri, kafka_bootstrap_servers)
    folder = tmp_path_factory.mktemp("residents")
    variables["DATA_FOLDER"] = str(folder)
    commands = Commands(variables)
    commands.done("create-topics")
    commands.done("create-indexes")
    api = Process("api", variables, folder=folder, leash=leash)
    worker = Process("worker", variables, folder=folder, leash=leash)
    with api, worker:
        yield Running(variables, commands, api, worker)


@pytest.fixture
def graph(running: Running) -> Graph:
    """Somebody without a token."""
    return Graph(running.api.address)


@pytest.fixture
def secretary(running: Running) -> Person:
    """The secretary of a community of the test's own, who has not logged in yet."""
    return _secretary(running)


@pytest.fixture
def stranger(running: Running) -> Person:
    """The secretary of another community."""
    return _secretary(running)


def _secretary(running: Running) -> Person:
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    made = running.commands.found_community(username)
    return Person(username, made["accountId"], made["communityId"], Device(made["totpSecret"]))


@pytest.fixture
async def as_secretary(graph: Graph, secretary: Person) -> Graph:
    logged_in = await graph.logged_in(secretary.username, secretary.device)
    return graph.as_(logged_in["accessToken"])


@pytest.fixture
async def as_stranger(graph: Graph, stranger: Person) -> Graph:
    logged_in = await graph.logged_in(stranger.username, stranger.device)
    return graph.as_(logged_in["accessToken"])


@pytest.fixture
async def clerk(as_secretary: Graph, graph: Graph, secretary: Person) -> Person:
    """A clerk of the secretary's, who has not logged in yet."""
    username = f"clerk-{uuid.uuid4().hex[:8]}"
    new = {"requestId": "clerk", "username": username, "displayName": "李干事", "role": "CLERK"}
    invited = await as_secretary.ask(CREATE, input=new)
    active = await graph.ask(ACTIVATE, code=invited["invitationCode"], password=PASSWORD)
    return Person(
        username, active["account"]["id"], secretary.community_id, Device(active["totpSecret"])
    )


@pytest.fixture
async def as_clerk(graph: Graph, clerk: Person) -> Graph:
    logged_in = await graph.logged_in(clerk.username, clerk.device)
    return graph.as_(logged_in["accessToken"])

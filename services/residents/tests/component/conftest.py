"""The service running over a real store and a real broker, once for all tests here."""

import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from chassis.kafka_access import KafkaAccess
from chassis.testing import REQUESTS
from chassis.topics import Topic, create_topics
from local_stack.leash import Leash
from residents.application.create_community import CreateCommunity
from residents.bootstrap import rooms as bootstrap
from residents.bootstrap.rooms import Rooms
from residents.command_line.founding import FoundingOrder, found_community
from residents.settings import ResidentsSettings
from wechat_simulator.testing import Simulator, simulating

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


@pytest.fixture(scope="session", autouse=True)
async def topics_of_others(kafka_bootstrap_servers: str) -> None:
    """What others own and this service hears: it hears nothing before all of them are there."""
    await create_topics(KafkaAccess(kafka_bootstrap_servers), [Topic("linli.vouchers.events")])


@pytest.fixture(scope="session")
async def simulator() -> AsyncIterator[Simulator]:
    """WeChat, which knows the mini-program."""
    async with simulating() as simulator:
        await simulator.mini_program()
        yield simulator


@pytest.fixture(scope="session")
def running(
    mongodb_uri: str,
    kafka_bootstrap_servers: str,
    simulator: Simulator,
    tmp_path_factory: pytest.TempPathFactory,
    leash: Leash,
) -> Iterator[Running]:
    variables = settings(mongodb_uri, kafka_bootstrap_servers, wechat=simulator.url)
    folder = tmp_path_factory.mktemp("residents")
    commands = Commands(variables)
    commands.done("create-topics")
    commands.done("create-indexes")
    api = Process("api", variables, folder=folder, leash=leash)
    worker = Process("worker", variables, folder=folder, leash=leash)
    api.start()
    with worker, api:
        yield Running(variables, commands, api, worker)


@pytest.fixture
def graph(running: Running) -> Graph:
    """Somebody without a token."""
    return Graph(running.api.address)


@pytest.fixture(scope="session")
async def rooms(running: Running) -> AsyncIterator[Rooms]:
    """The same service in this process, to sign tokens and to look at what is stored."""
    variables = {name.lower(): value for name, value in running.variables.items()}
    built = bootstrap.build(ResidentsSettings.model_validate(variables))
    yield built
    await built.foundation.store.close()


@pytest.fixture(scope="session")
def create_community(rooms: Rooms) -> CreateCommunity:
    """What the command does, without starting a process each time."""
    return rooms.identity.room.use_cases.create_community


@pytest.fixture
async def secretary(create_community: CreateCommunity) -> Person:
    """The secretary of a community of the test's own, who has not logged in yet."""
    return await _secretary(create_community)


@pytest.fixture
async def stranger(create_community: CreateCommunity) -> Person:
    """The secretary of another community."""
    return await _secretary(create_community)


async def _secretary(create_community: CreateCommunity) -> Person:
    order = FoundingOrder(
        name="八家庄",
        founded_on=date(1998, 6, 1),
        secretary_username=f"secretary-{uuid.uuid4().hex[:8]}",
        secretary_name="陈书记",
        request_id=None,
        password=PASSWORD,
    )
    made = await found_community(create_community, REQUESTS, order)
    return Person(
        username=order.secretary_username,
        account_id=str(made["accountId"]),
        community_id=str(made["communityId"]),
        device=Device(str(made["totpSecret"])),
    )


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

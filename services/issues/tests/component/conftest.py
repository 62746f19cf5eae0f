"""The real api and worker, each a process of its own, over a real store and a real Kafka."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.kafka_access import KafkaAccess
from chassis.testing_graph import Graph
from chassis.testing_jwks import jwks_served
from chassis.testing_tokens import TokenMint
from chassis.topics import create_topics
from local_stack.acting.service_instance import end_well, running_processes
from local_stack.leash import Leash

from .outreach import OTHERS_TOPICS, Outreach, connected
from .person import Person
from .processes import Process, environment_for, run_command


@pytest.fixture(scope="session")
def mint() -> TokenMint:
    """Issues tokens in residents' place."""
    return TokenMint(utc_now)


@pytest.fixture(scope="session")
def jwks_url(mint: TokenMint) -> Iterator[str]:
    """Where the mint's public keys are."""
    with jwks_served(mint) as url:
        yield url


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
    await create_topics(KafkaAccess(kafka_bootstrap_servers), OTHERS_TOPICS)
    await asyncio.to_thread(run_command, environment, "create-topics")
    await asyncio.to_thread(run_command, environment, "create-indexes")
    return environment


@pytest.fixture(scope="session")
async def processes(
    environment: dict[str, str], leash: Leash, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, Process]]:
    """Api and worker, ready; both must end well."""
    logs = tmp_path_factory.mktemp("logs")
    async with running_processes(
        Process, environment, "api", "worker", folder=logs, leash=leash
    ) as processes:
        yield processes
        await end_well(processes.values())


@pytest.fixture(scope="session")
async def graph(processes: dict[str, Process]) -> AsyncIterator[Graph]:
    graph = Graph(processes["api"].address)
    yield graph
    await graph.close()


@pytest.fixture(scope="session")
async def outreach(
    kafka_bootstrap_servers: str, environment: dict[str, str]
) -> AsyncIterator[Outreach]:
    async with connected(kafka_bootstrap_servers) as outreach:
        yield outreach


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

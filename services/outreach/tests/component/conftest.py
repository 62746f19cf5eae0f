"""Api and worker, each a process of its own, over a real store, a real Kafka and the simulator."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.kafka_access import KafkaAccess
from chassis.testing_tokens import TokenMint
from chassis.testing_waits import until
from chassis.topics import Topic, create_topics
from local_stack.acting.service_instance import end_well, running_processes
from local_stack.leash import Leash
from outreach.domain.join_links import INVITATION
from wechat_simulator.testing import (
    ACCOUNT,
    CallbackServer,
    Clock,
    Simulator,
    serving,
    simulating,
)

from .documents import COMMENTS, REGISTER_ARTICLE, REGISTER_CHANNEL
from .running import TEMPLATE_IDS, Graph, Process, run_command, settings

OTHERS_TOPICS = [
    Topic("linli.issues.events"),
    Topic("linli.residents.events"),
    Topic("linli.residents.sessions", compacted=True),
    Topic("linli.vouchers.events"),
]


class RealClock(Clock):
    """The simulator by the real time, as the service goes by it."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Running:
    """The service."""

    variables: dict[str, str]
    api: Process
    worker: Process


@pytest.fixture(scope="session")
def mint() -> TokenMint:
    """Issues tokens in residents' place."""
    return TokenMint(utc_now)


@pytest.fixture(scope="session")
async def wechat() -> AsyncIterator[Simulator]:
    async with simulating(clock=RealClock()) as simulator:
        await simulator.mini_program()
        await simulator.template(
            TEMPLATE_IDS["ISSUE_PROGRESS"], "事项进展", thing1="进展", phrase2="状态", time3="时间"
        )
        await simulator.template(
            TEMPLATE_IDS["VOUCHER"], "卡券变动", thing1="说明", amount2="金额", time3="时间"
        )
        yield simulator


@pytest.fixture(scope="session")
async def running(
    mongodb_uri: str,
    kafka_bootstrap_servers: str,
    wechat: Simulator,
    mint: TokenMint,
    leash: Leash,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Running]:
    folder = tmp_path_factory.mktemp("outreach")
    variables = settings(
        folder, mint, mongodb_uri=mongodb_uri, kafka=kafka_bootstrap_servers, wechat=wechat.url
    )
    await create_topics(KafkaAccess(kafka_bootstrap_servers), OTHERS_TOPICS)
    await asyncio.to_thread(run_command, variables, "create-topics")
    await asyncio.to_thread(run_command, variables, "create-indexes")
    async with running_processes(
        Process, variables, "api", "worker", folder=folder, leash=leash
    ) as processes:
        yield Running(variables, processes["api"], processes["worker"])
        await end_well(processes.values())


@pytest.fixture
def community_id() -> str:
    return new_id("community")


@pytest.fixture
async def graph_as(
    running: Running, mint: TokenMint, community_id: str
) -> AsyncIterator[Callable[..., Graph]]:
    """Make the graph of somebody with these roles in this test's community."""
    made: list[Graph] = []

    def graph(
        *roles: str,
        community_id: str = community_id,
        address: str | None = None,
        account_id: str | None = None,
    ) -> Graph:
        headers = mint.headers(
            *roles,
            account_id=account_id or new_id("account"),
            community_id=community_id,
            session_id=new_id("session"),
        )
        made.append(Graph(address or running.api.address, headers))
        return made[-1]

    yield graph
    for each in made:
        await each.close()


@pytest.fixture
def clerk(graph_as: Callable[..., Graph]) -> Graph:
    return graph_as("clerk")


@pytest.fixture
def secretary(graph_as: Callable[..., Graph]) -> Graph:
    return graph_as("secretary")


@dataclass(frozen=True)
class OfficialAccount:
    """An account that WeChat knows and this test's community has registered."""

    app_id: str
    channel_id: str
    callback_url: str


@pytest.fixture
async def account(wechat: Simulator, secretary: Graph) -> OfficialAccount:
    return await new_account(wechat, secretary)


async def new_account(wechat: Simulator, secretary: Graph) -> OfficialAccount:
    """Make an account at WeChat and register it."""
    app_id = f"wx{secrets.token_hex(8)}"
    await wechat.put(f"/simulator/accounts/{app_id}", ACCOUNT)
    registered = await secretary.ask(REGISTER_CHANNEL, input=channel_input(app_id))
    channel = registered["registerChannel"]["channel"]
    return OfficialAccount(app_id, channel["id"], channel["callbackUrl"])


@dataclass(frozen=True)
class Article:
    """An article that people can comment on, registered here."""

    id: str
    msg_data_id: int


@pytest.fixture
async def article(wechat: Simulator, account: OfficialAccount, clerk: Graph) -> Article:
    return await new_article(wechat, account, clerk)


async def new_article(wechat: Simulator, account: OfficialAccount, clerk: Graph) -> Article:
    """Publish an article at WeChat and register it."""
    published = await wechat.post(
        f"/simulator/accounts/{account.app_id}/articles", {"titles": ["社区这一周"]}
    )
    registered = await clerk.ask(
        REGISTER_ARTICLE, input=article_input(account.channel_id, published["msg_data_id"])
    )
    return Article(
        registered["registerPublishedArticle"]["article"]["id"], published["msg_data_id"]
    )


@pytest.fixture
async def phone(wechat: Simulator, account: OfficialAccount) -> str:
    return await new_phone(wechat, account)


async def new_phone(wechat: Simulator, account: OfficialAccount) -> str:
    """A resident's phone that follows the account."""
    name = f"手机{secrets.token_hex(4)}"
    await wechat.put(f"/simulator/phones/{name}", {"follows": [account.app_id]})
    return name


def channel_input(app_id: str, **changed: object) -> dict[str, Any]:
    """A good input of registerChannel."""
    return {
        "requestId": new_id("request"),
        "name": "八家庄社区",
        "appId": app_id,
        "appSecret": ACCOUNT["secret"],
        "callbackToken": ACCOUNT["token"],
        "encodingAesKey": ACCOUNT["encoding_aes_key"],
        "originalId": ACCOUNT["original_id"],
    } | changed


def article_input(channel_id: str, msg_data_id: int, **changed: object) -> dict[str, Any]:
    """A good input of registerPublishedArticle."""
    return {
        "requestId": new_id("request"),
        "channelId": channel_id,
        "title": "社区这一周",
        "url": "https://mp.weixin.qq.com/s/1",
        "messageDataId": str(msg_data_id),
        "index": 0,
        "publishedAt": utc_now().isoformat(),
    } | changed


async def the_comment(graph: Graph, condition: Callable[[dict[str, Any]], object]) -> Any:
    """The community's one comment for which this holds, as soon as it does."""

    async def found() -> object:
        nodes = (await graph.ask(COMMENTS))["comments"]["nodes"]
        return next((node for node in nodes if condition(node)), None)

    return await until(found, within_seconds=20)


async def replies_on(wechat: Simulator, phone: str) -> list[str]:
    """What the staff wrote, as the phone shows it, without the link that may go with it."""
    shown = await wechat.screen(phone)
    return [
        text.partition(INVITATION)[0]
        for kind, text in shown
        if kind in {"comment_reply", "account_message"}
    ]


@pytest.fixture
def running_callback(running: Running) -> Callable[[str], str]:
    """Where the api under test takes the callback of a channel."""
    return lambda channel_id: f"{running.api.address}/wechat/callback/{channel_id}"


Push = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
async def recorded_push(
    wechat: Simulator,
    account: OfficialAccount,
    phone: str,
    running_callback: Callable[[str], str],
) -> AsyncIterator[Callable[[str], Awaitable[Push]]]:
    """Let WeChat push a message to a server that only records it, to be sent on as one likes."""
    recorder = CallbackServer()
    async with serving(recorder.app()) as url, httpx.AsyncClient(timeout=10) as client:
        await wechat.put(
            f"/simulator/accounts/{account.app_id}/callback", {"url": f"{url}/callback"}
        )

        async def record(text: str) -> Push:
            message = {"app_id": account.app_id, "text": text}
            await wechat.post(f"/simulator/phones/{phone}/messages", message)
            await until(lambda: recorder.pushes)
            query, recorded_body = recorder.pushes[-1]

            async def push(
                *,
                changed: Mapping[str, str | None] | None = None,
                body: bytes | None = None,
                channel_id: str = account.channel_id,
                address: str | None = None,
            ) -> httpx.Response:
                url = running_callback(channel_id)
                if address is not None:
                    url = f"{address}/wechat/callback/{channel_id}"
                sent = {**query, **(changed or {})}
                return await client.post(
                    url,
                    params={name: value for name, value in sent.items() if value is not None},
                    content=recorded_body.encode() if body is None else body,
                )

            return push

        yield record

"""What people wrote finds its way to their account: by WeChat's word, or by a link."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing_waits import until
from wechat_simulator.testing import OPEN_PLATFORM, Simulator

from .conftest import Article, OfficialAccount, Running, the_comment
from .documents import COMMENTS, MY_COMMENTS, REPLY, TAKE_OVER
from .kafka import told
from .residents import BoundAccountAtResidents
from .running import JOIN_LINK_BASE_URL, Graph

LINK = re.compile(re.escape(JOIN_LINK_BASE_URL) + r"#([a-z2-7]{26})")


@pytest.fixture
async def store(running: Running) -> AsyncIterator[Store]:
    store = Store.connect(running.variables["MONGODB_URI"], running.variables["MONGODB_DATABASE"])
    yield store
    await store.close()


@pytest.fixture
def resident(
    graph_as: Callable[..., Graph], kafka_bootstrap_servers: str, community_id: str
) -> Callable[[], tuple[Graph, BoundAccountAtResidents]]:
    """Make somebody with an account, at this service and as residents know them."""

    def made() -> tuple[Graph, BoundAccountAtResidents]:
        account_id = new_id("account")
        graph = graph_as("resident", account_id=account_id)
        return graph, BoundAccountAtResidents(kafka_bootstrap_servers, community_id, account_id)

    return made


NewResident = Callable[[], tuple[Graph, BoundAccountAtResidents]]


async def mine(graph: Graph) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await graph.ask(MY_COMMENTS))["myComments"]["nodes"]
    return nodes


async def take_over(graph: Graph, code: str) -> Any:
    asked = {"requestId": new_id("request"), "code": code}
    return (await graph.ask(TAKE_OVER, input=asked))["takeOverComment"]


async def a_code(clerk: Graph, wechat: Simulator, article: Article) -> str:
    """What a stranger has on the phone, whose comment was answered."""
    stranger = f"手机{new_id('phone')[-6:]}"
    await wechat.phone(stranger)
    await wechat.comment(stranger, article.msg_data_id, "没水")
    comment = await the_comment(clerk, lambda it: True)
    asked = {"requestId": new_id("request"), "commentId": comment["id"], "text": "马上去"}
    await clerk.ask(REPLY, input=asked)
    await the_comment(clerk, lambda it: it["state"] == "REPLIED")
    ((_, shown),) = await wechat.screen(stranger)
    found = LINK.search(shown)
    assert found is not None
    return found.group(1)


async def joined_of(kafka: str, community_id: str, *, at_least: int) -> list[dict[str, Any]]:
    """What was told of joining so far: at least so much."""
    for_all = at_least
    while True:
        events = await told(kafka, community_id, at_least=for_all)
        joined = [event for event in events if event["type"] == "comment.joined.v1"]
        if len(joined) >= at_least:
            return joined
        for_all = len(events) + 1


async def union_of(wechat: Simulator, phone: str) -> str:
    unionid: str = (await wechat.phone(phone))["unionids"][OPEN_PLATFORM]
    return unionid


async def test_a_link_on_the_phone_is_typed_by_a_person_and_then_by_another(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    resident: NewResident,
    community_id: str,
    kafka_bootstrap_servers: str,
    store: Store,
) -> None:
    stranger = f"手机{new_id('phone')[-6:]}"
    await wechat.phone(stranger)  # follows nobody, so WeChat tells no unionid
    await wechat.comment(stranger, article.msg_data_id, "二单元没水,打13800138000")
    comment = await the_comment(clerk, lambda it: True)
    asked = {"requestId": new_id("request"), "commentId": comment["id"], "text": "马上去"}
    await clerk.ask(REPLY, input=asked)
    replied = await the_comment(clerk, lambda it: it["state"] == "REPLIED")
    assert replied["reply"]["withLink"] is True
    assert replied["reply"]["text"] == "马上去"
    ((_, shown),) = await wechat.screen(stranger)
    found = LINK.search(shown)
    assert found is not None
    code = found.group(1)

    (tian, tians_account), (other, _) = resident(), resident()
    assert await mine(tian) == []
    wrong = await take_over(tian, "a" * 26)
    assert (wrong["code"], wrong["message"]) == (
        "JOIN_CODE_INVALID",
        "认领码不正确、已被使用或已过期。",
    )
    taken = await take_over(tian, code.upper())
    used = await take_over(other, code)

    assert taken["__typename"] == "TakeOverCommentSuccess"
    assert used == wrong
    assert await mine(other) == []
    (own,) = await mine(tian)
    assert (own["id"], own["text"]) == (comment["id"], "二单元没水,打13800138000")
    assert own["reply"]["text"] == "马上去"
    assert (await the_comment(clerk, lambda it: it["joined"]))["id"] == comment["id"]
    (event,) = await joined_of(kafka_bootstrap_servers, community_id, at_least=1)
    assert event["account_id"] == tians_account.account_id
    assert (event["how"], event["joined_person_key"]) == ("link", None)
    assert code not in await everything_in(store)


@pytest.mark.parametrize(
    "role", ["steward", "partner", "clerk", "secretary", "merchant", "auditor"]
)
async def test_only_a_resident_has_comments_of_their_own(
    role: str,
    graph_as: Callable[..., Graph],
    clerk: Graph,
    wechat: Simulator,
    article: Article,
) -> None:
    code = await a_code(clerk, wechat, article)

    other = graph_as(role)
    given = {"requestId": new_id("request"), "code": code}

    assert await other.refusal(MY_COMMENTS) == "FORBIDDEN"
    assert await other.refusal(TAKE_OVER, input=given) == "FORBIDDEN"
    left = await the_comment(clerk, lambda it: True)
    assert left["joined"] is False


async def test_of_many_who_type_one_code_at_once_one_has_it(
    clerk: Graph, wechat: Simulator, article: Article, resident: NewResident
) -> None:
    code = await a_code(clerk, wechat, article)
    people = [resident()[0] for _ in range(8)]

    outcomes = await asyncio.gather(*(take_over(person, code) for person in people))

    assert Counter(it["__typename"] for it in outcomes) == {
        "TakeOverCommentSuccess": 1,
        "JoinCodeInvalid": 7,
    }
    counts = [len(await mine(person)) for person in people]
    assert sorted(counts) == [0] * 7 + [1]


async def test_who_is_bound_first_finds_what_they_write_later(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    phone: str,
    resident: NewResident,
    community_id: str,
    kafka_bootstrap_servers: str,
    store: Store,
) -> None:
    graph, account = resident()
    unionid = await union_of(wechat, phone)
    await account.bound(unionid)
    await wechat.comment(phone, article.msg_data_id, "没水")

    await until(lambda: mine(graph), within_seconds=20)

    (own,) = await mine(graph)
    assert own["text"] == "没水"
    (event,) = await joined_of(kafka_bootstrap_servers, community_id, at_least=1)
    assert event["account_id"] == account.account_id
    assert (event["how"], event["joined_person_key"]) == ("union", account.person_key)
    comment = await the_comment(clerk, lambda it: it["joined"])
    asked = {"requestId": new_id("request"), "commentId": comment["id"], "text": "马上去"}
    await clerk.ask(REPLY, input=asked)
    await the_comment(clerk, lambda it: it["state"] == "REPLIED")
    assert await wechat.screen(phone) == [("comment_reply", "马上去")]
    everything = await everything_in(store)
    assert event["person_key"] in everything
    assert unionid not in everything


async def test_who_is_bound_later_finds_what_they_wrote_and_once_left_nothing_new(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    account: OfficialAccount,
    phone: str,
    resident: NewResident,
    community_id: str,
    kafka_bootstrap_servers: str,
    store: Store,
) -> None:
    graph, at_residents = resident()
    await wechat.comment(phone, article.msg_data_id, "没水")
    await wechat.comment(phone, article.msg_data_id, "还是没水")
    await until(lambda: recognised(store, community_id), within_seconds=20)
    assert await mine(graph) == []

    for _ in range(5):
        await at_residents.bound(await union_of(wechat, phone))
    await until(lambda: as_many(graph, 2), within_seconds=20)
    await at_residents.unbound()
    await until(lambda: parted(store, community_id), within_seconds=20)
    await wechat.comment(phone, article.msg_data_id, "又没水")
    await the_comment(clerk, lambda it: it["text"] == "又没水")
    await other_people_are_joined(wechat, article, account, resident)

    assert {it["text"] for it in await mine(graph)} == {"没水", "还是没水"}
    told_of = await joined_of(kafka_bootstrap_servers, community_id, at_least=3)
    ours = [it for it in told_of if it["account_id"] == at_residents.account_id]
    assert len(ours) == len({it["comment_id"] for it in ours}) == 2


async def test_a_worker_killed_while_it_joins_goes_on_where_it_was(
    running: Running,
    wechat: Simulator,
    article: Article,
    phone: str,
    clerk: Graph,
    resident: NewResident,
    community_id: str,
    kafka_bootstrap_servers: str,
    store: Store,
) -> None:
    graph, account = resident()
    for number in range(30):
        await wechat.comment(phone, article.msg_data_id, f"第{number}条")
    await until(lambda: all_are_there(clerk, 20), within_seconds=30)
    await until(lambda: recognised(store, community_id), within_seconds=20)

    await account.bound(await union_of(wechat, phone))
    await until(lambda: as_many(graph, 1), within_seconds=20)
    await asyncio.to_thread(running.worker.kill)
    running.worker.start()

    await until(lambda: as_many(graph, 30), within_seconds=90)
    written = await store.collection("comments").find({"community_id": community_id})
    assert {it["joined"]["account_id"] for it in written} == {account.account_id}
    # Received and joined: two facts of each, though the broker may have been told one twice.
    assert {it["sequence"] for it in written} == {2}
    told_of = await joined_of(kafka_bootstrap_servers, community_id, at_least=30)
    while len({it["comment_id"] for it in told_of}) < 30:
        more = len(told_of) + 1
        told_of = await joined_of(kafka_bootstrap_servers, community_id, at_least=more)


async def all_are_there(clerk: Graph, number: int) -> bool:
    return len((await clerk.ask(COMMENTS, first=number))["comments"]["nodes"]) == number


async def as_many(graph: Graph, number: int) -> bool:
    return len((await graph.ask(MY_COMMENTS, first=100))["myComments"]["nodes"]) >= number


async def recognised(store: Store, community_id: str) -> bool:
    where = {"community_id": community_id, "union_mark": {"$ne": None}, "due_at": None}
    return bool(await store.collection("commenters").count(where))


async def parted(store: Store, community_id: str) -> bool:
    where = {"community_id": community_id, "joined": None, "union_mark": {"$ne": None}}
    return bool(await store.collection("commenters").count(where))


async def other_people_are_joined(
    wechat: Simulator, article: Article, account: OfficialAccount, resident: NewResident
) -> None:
    """Somebody else after them: what came before on the topics has been handled."""
    name = f"手机{new_id('phone')[-6:]}"
    await wechat.phone(name, follows=[account.app_id])
    graph, at_residents = resident()
    await wechat.comment(name, article.msg_data_id, "路灯不亮")
    await at_residents.bound(await union_of(wechat, name))
    await until(lambda: mine(graph), within_seconds=20)


async def everything_in(store: Store) -> str:
    """All that outreach keeps, spelt out."""
    names = ("comments", "commenters", "bound_accounts", "channels", "person_keys")
    return repr([await store.collection(name).find({}) for name in names])

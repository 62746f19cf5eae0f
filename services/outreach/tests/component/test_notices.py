"""What residents are told of: on the phone as far as they allowed it, in the app in any case."""

from collections.abc import Callable

import pytest
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.testing_waits import until
from wechat_simulator.testing import Simulator

from .kafka import tell
from .notices import (
    FIGURES,
    MARK_READ,
    MY_NOTICES,
    NOTIFICATIONS,
    TEMPLATES,
    IssueElsewhere,
    PersonAtHome,
    PersonFactory,
    settled,
)
from .running import TEMPLATE_IDS, Graph

SEND = "/cgi-bin/message/subscribe/send"


@pytest.fixture
def person(wechat: Simulator, graph_as: Callable[..., Graph]) -> PersonFactory:
    def make() -> PersonAtHome:
        account_id = new_id("account")
        return PersonAtHome(wechat, graph_as("resident", account_id=account_id), account_id)

    return make


@pytest.fixture
def issue(kafka_bootstrap_servers: str, community_id: str) -> IssueElsewhere:
    return IssueElsewhere(kafka_bootstrap_servers, community_id)


async def test_a_reporter_reads_each_step_on_the_phone_in_order(
    person: PersonFactory, issue: IssueElsewhere, clerk: Graph
) -> None:
    tian = person()
    await tian.allow(messages=3)
    await issue.followed_by(tian.account_id)
    await issue.acknowledged()
    await issue.assigned()
    await issue.resolved()

    assert await settled(clerk, issue, count=3) == ["DELIVERED"] * 3
    assert await tian.received() == [
        "社区已签收您关心的事项",
        "事项已安排专人负责",
        "事项已办结，请查看",
    ]
    assert [it["kind"] for it in await tian.notices()] == [
        "ISSUE_RESOLVED",
        "ISSUE_ASSIGNED",
        "ISSUE_ACKNOWLEDGED",
    ]


async def test_without_a_permission_it_waits_in_the_app(
    person: PersonFactory, issue: IssueElsewhere, clerk: Graph, community_id: str
) -> None:
    tian = person()
    await tian.allow()
    await issue.followed_by(tian.account_id)
    await issue.acknowledged()
    await issue.assigned()

    assert await settled(clerk, issue, count=2) == ["DELIVERED", "NO_GRANT"]
    assert await tian.received() == ["社区已签收您关心的事项"]
    latest = (await tian.notices())[0]
    assert latest["page"] == f"pages/issue?id={issue.id}"
    assert (latest["issueId"], latest["voucherId"], latest["readAt"]) == (issue.id, None, None)
    figures = await clerk.ask(FIGURES, id=community_id)
    assert figures["community"]["outreachFigures"]["notifications"] == {
        "delivered": 1,
        "noGrant": 1,
        "failed": 0,
        "unknown": 0,
        "onTheWay": 0,
    }


async def test_two_who_follow_are_each_told_and_read_their_own(
    person: PersonFactory, issue: IssueElsewhere, clerk: Graph
) -> None:
    tian, ma = person(), person()
    await tian.allow()
    for someone in (tian, ma):
        await issue.followed_by(someone.account_id)
    await issue.acknowledged()
    await settled(clerk, issue, count=2)
    (of_tian,), (of_ma,) = await tian.notices(), await ma.notices()

    read = await tian.graph.ask(
        MARK_READ, input={"requestId": new_id("request"), "ids": [of_tian["id"]]}
    )
    of_another = await tian.graph.ask(
        MARK_READ, input={"requestId": new_id("request"), "upTo": of_ma["id"]}
    )

    assert read["markNoticesRead"]["unreadNotices"] == 0
    assert of_another["markNoticesRead"]["code"] == "NOTICE_NOT_FOUND"
    assert (await ma.graph.ask(MY_NOTICES, unreadOnly=True))["unreadNotices"] == 1
    await ma.login_code()
    assert await ma.received() == []


async def test_whoever_turned_messages_off_gets_none(
    person: PersonFactory, issue: IssueElsewhere, clerk: Graph, wechat: Simulator
) -> None:
    tian = person()
    await tian.allow()
    program = (await wechat.get("/simulator/mini-programs"))[0]["app_id"]
    off = f"/simulator/phones/{tian.phone}/subscriptions/{program}/{TEMPLATE_IDS['ISSUE_PROGRESS']}"
    (await wechat.client.delete(off)).raise_for_status()
    await issue.followed_by(tian.account_id)
    await issue.acknowledged()

    assert await settled(clerk, issue, count=1) == ["NO_GRANT"]
    (shown,) = (await clerk.ask(NOTIFICATIONS, issueId=issue.id))["notifications"]["nodes"]
    assert shown["accountId"] == tian.account_id
    assert shown["delivery"]["failure"]["code"] == "REFUSED_BY_PERSON"
    assert shown["delivery"]["failure"]["wechatCode"] == 43101


@pytest.mark.parametrize("kind", ["drop_answer", "server_error"])
async def test_without_a_clear_answer_it_is_unknown_and_holds_up_nothing(
    kind: str,
    person: PersonFactory,
    issue: IssueElsewhere,
    clerk: Graph,
    wechat: Simulator,
) -> None:
    tian = person()
    await tian.allow(messages=2)
    await wechat.post("/simulator/faults", {"kind": kind, "path": SEND, "times": 1})
    await issue.followed_by(tian.account_id)
    await issue.acknowledged()
    await issue.assigned()

    assert await settled(clerk, issue, count=2) == ["UNKNOWN", "DELIVERED"]
    assert (await tian.received()).count("社区已签收您关心的事项") == (kind == "drop_answer")


async def test_vouchers_are_told_by_their_own_template(
    person: PersonFactory, kafka_bootstrap_servers: str, community_id: str
) -> None:
    tian = person()
    await tian.allow("VOUCHER")
    voucher_id = new_id("voucher")
    await tell(
        kafka_bootstrap_servers,
        "vouchers",
        "voucher.claimed.v1",
        voucher_id,
        community_id,
        voucher_id=voucher_id,
        campaign_id=new_id("campaign"),
        account_id=tian.account_id,
        person_key=new_id("person"),
        household_id=None,
        face_value_fen=2000,
        how="reward",
        source_id=new_id("issue"),
        claimed_at=utc_now().isoformat(),
    )

    assert await until(tian.received, within_seconds=20) == ["感谢评价，送您一张卡券"]
    (notice,) = await tian.notices()
    assert (notice["voucherId"], notice["issueId"]) == (voucher_id, None)
    assert notice["text"] == "感谢评价，送您一张卡券，面值 20.00 元。"


async def test_bad_permissions_are_named_and_keep_nothing(
    person: PersonFactory, wechat: Simulator
) -> None:
    tian, ma = person(), person()
    code = await tian.login_code()
    request_id = new_id("request")
    first = await tian.record(code, request_id=request_id)
    again = await tian.record(code, request_id=request_id)
    used = await tian.record(code)
    wrong = await tian.record("guess")
    ma.phone = tian.phone
    claimed = await ma.record(await ma.login_code())
    reused = await tian.record(await tian.login_code(), request_id=request_id)

    assert (
        first
        == again
        == {
            "__typename": "RecordGrantSuccess",
            "allowed": [{"template": "ISSUE_PROGRESS", "left": 1}],
        }
    )
    assert [it["code"] for it in (used, wrong, claimed, reused)] == [
        "WECHAT_CODE_INVALID",
        "WECHAT_CODE_INVALID",
        "OPENID_CLAIMED",
        "REQUEST_ID_REUSED",
    ]
    last = await tian.record(await tian.login_code())
    assert last["allowed"] == [{"template": "ISSUE_PROGRESS", "left": 2}]


async def test_the_mini_program_learns_what_to_ask_for(person: PersonFactory) -> None:
    templates = (await person().graph.ask(TEMPLATES))["noticeTemplates"]

    assert {it["kind"]: it["wechatTemplateId"] for it in templates} == TEMPLATE_IDS


async def test_unclear_input_is_refused(person: PersonFactory) -> None:
    tian = person()
    nothing = {"requestId": new_id("request")}
    both = {**nothing, "ids": ["x"], "upTo": "x"}
    for given in (nothing, both, {**nothing, "ids": []}, {**nothing, "ids": ["x"] * 101}):
        assert await tian.graph.refusal(MARK_READ, input=given) == "BAD_USER_INPUT"


async def test_only_staff_see_who_was_told_and_everybody_their_own(
    person: PersonFactory, clerk: Graph, issue: IssueElsewhere
) -> None:
    resident = person().graph

    assert await resident.refusal(NOTIFICATIONS, issueId=issue.id) == "FORBIDDEN"
    assert (await clerk.ask(MY_NOTICES))["myNotices"]["nodes"] == []  # who follows nothing
    assert (await clerk.ask(NOTIFICATIONS, issueId=issue.id))["notifications"]["nodes"] == []

"""Subscribe messages: one for each time that the person allowed it, in the form of its template."""

from typing import Any

import pytest
from wechat_simulator.testing import (
    MINI_PROGRAM,
    MINI_PROGRAM_ID,
    Clock,
    Simulator,
    simulating,
)

SEND = "/cgi-bin/message/subscribe/send"
PROGRESS = "progress-template"
DATA = {"thing1": "已派人处理", "phrase2": "处理中", "time3": "2026年11月23日 14:00"}
SHOWN = "办理进度\n进展：已派人处理\n状态：处理中\n时间：2026年11月23日 14:00"


@pytest.fixture(autouse=True)
async def template(simulator: Simulator) -> None:
    await simulator.mini_program()
    await simulator.template(PROGRESS, "办理进度", thing1="进展", phrase2="状态", time3="时间")


async def _send(simulator: Simulator, values: dict[str, str] = DATA, **changed: object) -> Any:
    phones = {phone["name"]: phone for phone in await simulator.get("/simulator/phones")}
    asked = {
        "touser": phones["田大妈"]["openids"][MINI_PROGRAM_ID],
        "template_id": PROGRESS,
        "page": "pages/issue?id=issue_1",
        "data": {name: {"value": value} for name, value in values.items()},
        **changed,
    }
    token = await simulator.token(MINI_PROGRAM_ID, MINI_PROGRAM["secret"])
    return await simulator.call(SEND, asked, token=token)


async def test_who_allowed_one_message_gets_one(simulator: Simulator) -> None:
    told = await simulator.allow("田大妈", PROGRESS)

    sent = [(await _send(simulator))["errcode"] for _ in range(2)]

    assert told == {PROGRESS: "accept"}
    assert sent == [0, 43101]
    assert await simulator.screen("田大妈") == [("subscribe_message", SHOWN)]
    (item,) = (await simulator.get("/simulator/phones/田大妈/screen"))["items"]
    assert (item["template_id"], item["page"]) == (PROGRESS, "pages/issue?id=issue_1")


async def test_nobody_gets_a_message_without_having_allowed_it(simulator: Simulator) -> None:
    await simulator.allow("田大妈", PROGRESS, answer="reject")

    assert (await _send(simulator))["errcode"] == 43101
    assert await simulator.screen("田大妈") == []


async def test_each_tap_allows_one_more_and_a_refusal_takes_none_away(
    simulator: Simulator,
) -> None:
    for answer in ("accept", "accept", "reject"):
        await simulator.allow("田大妈", PROGRESS, answer=answer)

    assert [(await _send(simulator))["errcode"] for _ in range(3)] == [0, 0, 43101]


async def test_what_was_allowed_is_void_once_the_person_turns_it_off(simulator: Simulator) -> None:
    await simulator.allow("田大妈", PROGRESS)
    off = f"/simulator/phones/田大妈/subscriptions/{MINI_PROGRAM_ID}/{PROGRESS}"
    (await simulator.client.delete(off)).raise_for_status()

    assert (await _send(simulator))["errcode"] == 43101


@pytest.mark.parametrize(
    ("changed", "errcode"),
    [
        ({"touser": ""}, 40003),
        ({"touser": "o" + "x" * 27}, 40003),
        ({"template_id": "another"}, 40037),
        ({"data": {}}, 47003),
        ({"miniprogram_state": "draft"}, 47003),
        ({"data": "thing1"}, 47001),
    ],
)
async def test_a_malformed_message_is_refused_and_uses_nothing_up(
    changed: dict[str, Any], errcode: int, simulator: Simulator
) -> None:
    await simulator.allow("田大妈", PROGRESS)

    assert (await _send(simulator, **changed))["errcode"] == errcode
    assert (await _send(simulator))["errcode"] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("thing1", "字" * 21),
        ("thing1", "两行\n字"),
        ("thing1", ""),
        ("phrase2", "正在处理之中"),
        ("phrase2", "ok"),
        ("time3", "明天上午"),
        ("time3", "2026年11月23日"),
    ],
)
async def test_what_does_not_fit_its_field_is_named(
    name: str, value: str, simulator: Simulator
) -> None:
    await simulator.allow("田大妈", PROGRESS)

    refused = await _send(simulator, {**DATA, name: value})

    assert refused["errcode"] == 47003
    assert f"data.{name}.value" in refused["errmsg"]
    assert await simulator.screen("田大妈") == []


@pytest.mark.parametrize("value", ["¥20.00", "20元", "20.00元"])
async def test_an_amount_may_have_a_sign_before_or_a_word_behind(
    value: str, simulator: Simulator
) -> None:
    await simulator.template(PROGRESS, "消费券变动", amount1="金额")
    await simulator.allow("田大妈", PROGRESS)

    assert (await _send(simulator, {"amount1": value}))["errcode"] == 0


async def test_a_page_that_is_not_published_is_refused(simulator: Simulator) -> None:
    path = f"/simulator/mini-programs/{MINI_PROGRAM_ID}"
    await simulator.put(path, {**MINI_PROGRAM, "pages": ["pages/issue"]})
    await simulator.allow("田大妈", PROGRESS)

    assert (await _send(simulator, page="pages/secret"))["errcode"] == 41030
    assert (await _send(simulator, page="pages/issue?id=issue_1"))["errcode"] == 0


async def test_an_official_account_sends_none(simulator: Simulator) -> None:
    assert (await simulator.call(SEND, {"touser": "x"}))["errcode"] == 48001


async def test_faults_meet_it_as_any_call(simulator: Simulator) -> None:
    await simulator.allow("田大妈", PROGRESS)
    for kind in ("busy", "rate_limit"):
        await simulator.post("/simulator/faults", {"kind": kind, "path": SEND, "times": 1})

    assert {(await _send(simulator))["errcode"] for _ in range(2)} == {-1, 45009}
    assert (await _send(simulator))["errcode"] == 0


async def test_people_answer_at_most_three_templates_of_the_mini_program(
    simulator: Simulator,
) -> None:
    for answers in ({"other": "accept"}, dict.fromkeys("abcd", "accept"), {}, {PROGRESS: "maybe"}):
        answered = await simulator.client.post(
            "/simulator/phones/田大妈/subscriptions",
            json={"app_id": MINI_PROGRAM_ID, "answers": answers},
        )
        assert answered.status_code in {404, 422}
    assert await simulator.get("/simulator/phones/田大妈/subscriptions") == []


async def test_a_template_has_fields_of_kinds_that_wechat_knows(simulator: Simulator) -> None:
    path = f"/simulator/mini-programs/{MINI_PROGRAM_ID}/templates/other"
    refused = await simulator.client.put(path, json={"title": "别的", "fields": {"text1": "字"}})
    assert refused.status_code == 422


async def test_a_restart_keeps_what_was_allowed(tmp_path: object) -> None:
    state, clock = f"{tmp_path}/wechat.sqlite", Clock()
    async with simulating(state, clock) as simulator:
        await simulator.mini_program()
        await simulator.template(PROGRESS, "办理进度", thing1="进展")
        await simulator.allow("田大妈", PROGRESS)
        await simulator.allow("田大妈", PROGRESS)
        assert (await _send(simulator, {"thing1": "好"}))["errcode"] == 0
    async with simulating(state, clock) as simulator:
        sent = [(await _send(simulator, {"thing1": "好"}))["errcode"] for _ in range(2)]
    assert sent == [0, 43101]

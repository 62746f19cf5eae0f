"""Codes of a mini-program: whose login it is, and whose phone number; each good once."""

import base64

import pytest
from wechat_simulator.testing import (
    ACCOUNT,
    APP_ID,
    MINI_PROGRAM,
    MINI_PROGRAM_ID,
    OPEN_PLATFORM,
    Clock,
    Simulator,
    simulating,
)

SESSION = "/sns/jscode2session"
NUMBER = "/wxa/business/getuserphonenumber"
OTHER_PROGRAM = "wx0a1b2c3d4e5f6071"


@pytest.fixture(autouse=True)
async def mini_program(simulator: Simulator) -> None:
    await simulator.mini_program()
    await simulator.phone("田大妈", phone_number="13800138000")


async def _session(simulator: Simulator, code: str, **changed: str) -> dict[str, object]:
    query = {
        "appid": MINI_PROGRAM_ID,
        "secret": MINI_PROGRAM["secret"],
        "js_code": code,
        "grant_type": "authorization_code",
        **changed,
    }
    answered = await simulator.client.get(SESSION, params=query)
    answer: dict[str, object] = answered.raise_for_status().json()
    return answer


async def _number(simulator: Simulator, code: str) -> dict[str, object]:
    token = await simulator.token(MINI_PROGRAM_ID, MINI_PROGRAM["secret"])
    answer: dict[str, object] = await simulator.call(NUMBER, {"code": code}, token=token)
    return answer


async def test_a_login_code_tells_who_is_there(simulator: Simulator) -> None:
    phone = await simulator.phone("田大妈")

    session = await _session(simulator, await simulator.login_code("田大妈"))

    assert session["openid"] == phone["openids"][MINI_PROGRAM_ID]
    assert session["unionid"] == phone["unionids"][OPEN_PLATFORM]
    assert len(base64.b64decode(str(session["session_key"]))) == 16
    assert "errcode" not in session


async def test_one_person_has_an_openid_for_each_app_and_one_unionid_for_all(
    simulator: Simulator,
) -> None:
    tian = await simulator.phone("田大妈")
    ma = await simulator.phone("马大爷")

    assert tian["openids"][MINI_PROGRAM_ID] != tian["openids"][APP_ID]
    assert tian["openids"][MINI_PROGRAM_ID] != ma["openids"][MINI_PROGRAM_ID]
    assert tian["unionids"] != ma["unionids"]
    assert {len(openid) for openid in tian["openids"].values()} == {28}
    assert len(tian["unionids"][OPEN_PLATFORM]) == 28


async def test_another_open_platform_has_another_unionid(simulator: Simulator) -> None:
    path = f"/simulator/mini-programs/{OTHER_PROGRAM}"
    await simulator.put(path, {"secret": "a" * 32, "open_platform": "别家"})

    unionids = (await simulator.phone("田大妈"))["unionids"]

    assert set(unionids) == {OPEN_PLATFORM, "别家"}
    assert unionids[OPEN_PLATFORM] != unionids["别家"]


async def test_outside_an_open_platform_there_is_no_unionid(simulator: Simulator) -> None:
    path = f"/simulator/mini-programs/{MINI_PROGRAM_ID}"
    await simulator.put(path, {"secret": MINI_PROGRAM["secret"]})

    session = await _session(simulator, await simulator.login_code("田大妈"))

    assert set(session) == {"openid", "session_key"}


async def test_a_login_code_is_good_once(simulator: Simulator) -> None:
    code = await simulator.login_code("田大妈")
    assert "openid" in await _session(simulator, code)

    again = await _session(simulator, code)

    assert again["errcode"] == 40163
    assert "openid" not in again


async def test_a_login_code_lives_five_minutes(simulator: Simulator) -> None:
    in_time, late = await simulator.login_code("田大妈"), await simulator.login_code("田大妈")
    simulator.clock.advance(seconds=299)
    assert "openid" in await _session(simulator, in_time)
    simulator.clock.advance(seconds=1)
    assert (await _session(simulator, late))["errcode"] == 40029


@pytest.mark.parametrize(
    ("changed", "errcode"),
    [
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"appid": APP_ID, "secret": ACCOUNT["secret"]}, 40013),
        ({"secret": "f" * 32}, 40125),
        ({"js_code": ""}, 41008),
        ({"js_code": "0716AVll20uHk94SLDml27etM946AVlq"}, 40029),
        ({"grant_type": "client_credential"}, 40002),
    ],
)
async def test_a_wrong_question_is_refused_and_uses_no_code_up(
    simulator: Simulator, changed: dict[str, str], errcode: int
) -> None:
    code = await simulator.login_code("田大妈")
    assert (await _session(simulator, code, **changed))["errcode"] == errcode
    assert "openid" in await _session(simulator, code)


async def test_a_code_of_another_mini_program_is_refused(simulator: Simulator) -> None:
    await simulator.put(f"/simulator/mini-programs/{OTHER_PROGRAM}", {"secret": "a" * 32})
    code = await simulator.login_code("田大妈", OTHER_PROGRAM)
    assert (await _session(simulator, code))["errcode"] == 40029


async def test_a_session_is_asked_for_by_get(simulator: Simulator) -> None:
    assert (await simulator.post(SESSION, {}))["errcode"] == 43001


async def test_a_person_at_high_risk_is_kept_out(simulator: Simulator) -> None:
    await simulator.phone("田大妈", high_risk=True)
    session = await _session(simulator, await simulator.login_code("田大妈"))
    assert session["errcode"] == 40226
    assert "openid" not in session


async def test_each_person_logs_in_a_hundred_times_a_minute_at_most(simulator: Simulator) -> None:
    await simulator.phone("马大爷")
    for _ in range(100):
        assert "openid" in await _session(simulator, await simulator.login_code("田大妈"))

    assert (await _session(simulator, await simulator.login_code("田大妈")))["errcode"] == 45011
    assert "openid" in await _session(simulator, await simulator.login_code("马大爷"))
    simulator.clock.advance(minutes=1)
    assert "openid" in await _session(simulator, await simulator.login_code("田大妈"))


@pytest.mark.parametrize(("kind", "errcode"), [("busy", -1), ("rate_limit", 45011)])
async def test_a_fault_uses_no_code_up(simulator: Simulator, kind: str, errcode: int) -> None:
    login, number = await simulator.login_code("田大妈"), await simulator.phone_code("田大妈")
    for path in (SESSION, NUMBER):
        await simulator.post("/simulator/faults", {"kind": kind, "path": path, "times": 1})

    assert (await _session(simulator, login))["errcode"] == errcode
    assert (await _number(simulator, number))["errcode"] == errcode

    assert "openid" in await _session(simulator, login)
    assert "phone_info" in await _number(simulator, number)


async def test_a_phone_code_tells_the_number(simulator: Simulator) -> None:
    answer = await _number(simulator, await simulator.phone_code("田大妈"))

    assert answer == {
        "errcode": 0,
        "errmsg": "ok",
        "phone_info": {
            "phoneNumber": "13800138000",
            "purePhoneNumber": "13800138000",
            "countryCode": "86",
            "watermark": {
                "timestamp": int(simulator.clock().timestamp()),
                "appid": MINI_PROGRAM_ID,
            },
        },
    }


async def test_a_phone_code_is_good_once_for_five_minutes(simulator: Simulator) -> None:
    used, late = await simulator.phone_code("田大妈"), await simulator.phone_code("田大妈")
    assert (await _number(simulator, used))["errcode"] == 0
    assert (await _number(simulator, used))["errcode"] == 40029
    simulator.clock.advance(minutes=5)
    assert (await _number(simulator, late))["errcode"] == 40029


async def test_the_two_kinds_of_code_do_not_stand_for_each_other(simulator: Simulator) -> None:
    login, number = await simulator.login_code("田大妈"), await simulator.phone_code("田大妈")
    assert (await _number(simulator, login))["errcode"] == 40029
    assert (await _session(simulator, number))["errcode"] == 40029


async def test_a_number_is_told_to_the_mini_program_alone_that_was_given_it(
    simulator: Simulator,
) -> None:
    await simulator.put(f"/simulator/mini-programs/{OTHER_PROGRAM}", {"secret": "a" * 32})
    code = await simulator.phone_code("田大妈")
    of_other = await simulator.token(OTHER_PROGRAM, "a" * 32)

    assert (await simulator.call(NUMBER, {"code": code}, token=of_other))["errcode"] == 40013
    assert (await simulator.call(NUMBER, {"code": code}))["errcode"] == 48001
    assert (await _number(simulator, code))["errcode"] == 0


async def test_a_phone_without_a_number_gives_no_code(simulator: Simulator) -> None:
    await simulator.phone("马大爷")
    refused = await simulator.client.post(
        "/simulator/phones/马大爷/phone-codes", json={"app_id": MINI_PROGRAM_ID}
    )
    assert refused.status_code == 409


async def test_a_mini_program_is_no_official_account(simulator: Simulator) -> None:
    token = await simulator.token(MINI_PROGRAM_ID, MINI_PROGRAM["secret"])
    asked = {"msg_data_id": 1, "begin": 0, "count": 1, "type": 0}
    assert (await simulator.call("/cgi-bin/comment/list", asked, token=token))["errcode"] == 48001
    for path, given in (("accounts", ACCOUNT), ("mini-programs", MINI_PROGRAM)):
        taken = MINI_PROGRAM_ID if path == "accounts" else APP_ID
        answer = await simulator.client.put(f"/simulator/{path}/{taken}", json=given)
        assert answer.status_code == 409


async def test_a_restart_keeps_codes_and_what_was_used(tmp_path: object) -> None:
    state, clock = f"{tmp_path}/wechat.sqlite", Clock()
    async with simulating(state, clock) as simulator:
        await simulator.mini_program()
        used, unused = await simulator.login_code("田大妈"), await simulator.login_code("田大妈")
        assert "openid" in await _session(simulator, used)
    async with simulating(state, clock) as simulator:
        assert (await _session(simulator, used))["errcode"] == 40163
        assert "openid" in await _session(simulator, unused)

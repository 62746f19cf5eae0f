"""What an official account may know of one person."""

import pytest
from wechat_simulator.testing import ACCOUNT, APP_ID, OPEN_PLATFORM, Simulator

INFO = "/cgi-bin/user/info"


async def _info(simulator: Simulator, openid: str, token: str | None = None) -> dict[str, object]:
    query = {
        "access_token": await simulator.token() if token is None else token,
        "openid": openid,
        "lang": "zh_CN",
    }
    answered = await simulator.client.get(INFO, params=query)
    answer: dict[str, object] = answered.raise_for_status().json()
    return answer


async def _openid(simulator: Simulator, phone: str = "田大妈") -> str:
    openid: str = (await simulator.phone(phone))["openids"][APP_ID]
    return openid


async def test_a_follower_is_told_of_with_the_unionid(simulator: Simulator) -> None:
    phone = await simulator.phone("田大妈")

    told = await _info(simulator, phone["openids"][APP_ID])

    assert told["subscribe"] == 1
    assert told["openid"] == phone["openids"][APP_ID]
    assert told["unionid"] == phone["unionids"][OPEN_PLATFORM]
    assert told["subscribe_time"] == int(simulator.clock().timestamp())
    assert "nickname" not in told


async def test_of_who_does_not_follow_nothing_is_told(simulator: Simulator) -> None:
    openid = await _openid(simulator)
    await simulator.client.delete(f"/simulator/phones/田大妈/follows/{APP_ID}")

    gone = await _info(simulator, openid)
    never = await _info(simulator, await _openid(simulator, "马大爷"))

    assert [set(told) for told in (gone, never)] == [{"subscribe", "openid", "tagid_list"}] * 2
    assert [told["subscribe"] for told in (gone, never)] == [0, 0]


async def test_who_follows_again_is_told_of_since_then(simulator: Simulator) -> None:
    openid = await _openid(simulator)
    await simulator.client.delete(f"/simulator/phones/田大妈/follows/{APP_ID}")
    simulator.clock.advance(days=1)
    await simulator.post("/simulator/phones/田大妈/follows", {"app_id": APP_ID})

    told = await _info(simulator, openid)

    assert (told["subscribe"], told["subscribe_time"]) == (1, int(simulator.clock().timestamp()))


async def test_an_account_outside_an_open_platform_gets_no_unionid(simulator: Simulator) -> None:
    await simulator.put(f"/simulator/accounts/{APP_ID}", {**ACCOUNT, "open_platform": None})

    told = await _info(simulator, await _openid(simulator))

    assert told["subscribe"] == 1
    assert "unionid" not in told


@pytest.mark.parametrize(("openid", "errcode"), [("", 41009), ("o" + "x" * 27, 40003)])
async def test_who_is_not_known_is_not_told_of(
    simulator: Simulator, openid: str, errcode: int
) -> None:
    assert (await _info(simulator, openid))["errcode"] == errcode


async def test_it_is_asked_by_get_with_a_token(simulator: Simulator) -> None:
    assert (await simulator.call(INFO, {}))["errcode"] == 43001
    assert (await _info(simulator, await _openid(simulator), token="forged"))["errcode"] == 40001


async def test_the_quota_is_of_the_day(simulator: Simulator) -> None:
    openid = await _openid(simulator)
    await simulator.put(f"/simulator/accounts/{APP_ID}/quotas", {"path": INFO, "per_day": 1})
    assert (await _info(simulator, openid))["subscribe"] == 1
    assert (await _info(simulator, openid))["errcode"] == 45009


async def test_a_rate_limit_here_is_of_the_day(simulator: Simulator) -> None:
    await simulator.post("/simulator/faults", {"kind": "rate_limit", "path": INFO, "times": 1})
    openid = await _openid(simulator)
    assert (await _info(simulator, openid))["errcode"] == 45009
    assert (await _info(simulator, openid))["subscribe"] == 1

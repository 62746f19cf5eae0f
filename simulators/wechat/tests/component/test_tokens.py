"""Access tokens: who gets one, how long it is good, and what a bad one is answered."""

import pytest
from wechat_simulator.testing import ACCOUNT, APP_ID, Simulator

LIST = "/cgi-bin/comment/list"


async def _stable(simulator: Simulator, **changed: object) -> dict[str, object]:
    asked = {"grant_type": "client_credential", "appid": APP_ID, "secret": ACCOUNT["secret"]}
    answer: dict[str, object] = await simulator.post("/cgi-bin/stable_token", {**asked, **changed})
    return answer


async def _errcode(simulator: Simulator, token: object) -> object:
    asked = {"msg_data_id": 1, "begin": 0, "count": 1, "type": 0}
    return (await simulator.call(LIST, asked, token=str(token)))["errcode"]


ACCEPTED = 88001  # the token was good; only the article is unknown


@pytest.mark.parametrize(
    ("changed", "errcode"),
    [
        ({"grant_type": "password"}, 40002),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"secret": "f" * 32}, 40125),
    ],
)
async def test_bad_credentials_get_no_token(
    simulator: Simulator, changed: dict[str, object], errcode: int
) -> None:
    answer = await _stable(simulator, **changed)
    assert answer["errcode"] == errcode
    assert "access_token" not in answer


async def test_a_stable_token_stays_until_five_minutes_before_its_end(simulator: Simulator) -> None:
    first = await _stable(simulator)
    assert first["expires_in"] == 7200
    simulator.clock.advance(minutes=100)
    again = await _stable(simulator)
    assert again == {"access_token": first["access_token"], "expires_in": 1200}

    simulator.clock.advance(minutes=15)
    renewed = await _stable(simulator)
    assert renewed["access_token"] != first["access_token"]
    assert await _errcode(simulator, first["access_token"]) == ACCEPTED
    assert await _errcode(simulator, renewed["access_token"]) == ACCEPTED


async def test_a_stable_token_that_ran_out_unnoticed_is_replaced_once(simulator: Simulator) -> None:
    first = await _stable(simulator)
    simulator.clock.advance(seconds=7200)
    renewed = await _stable(simulator)
    assert renewed["access_token"] != first["access_token"]
    assert await _errcode(simulator, first["access_token"]) == 42001
    assert await _stable(simulator) == renewed


async def test_an_expired_token_is_told_apart_from_an_unknown_one(simulator: Simulator) -> None:
    token = await simulator.token()
    simulator.clock.advance(seconds=7200)
    assert await _errcode(simulator, token) == 42001
    assert await _errcode(simulator, "forged") == 40001
    assert await _errcode(simulator, "") == 41001


async def test_a_forced_refresh_ends_the_earlier_token_at_once(simulator: Simulator) -> None:
    first = await simulator.token()
    too_soon = await _stable(simulator, force_refresh=True)
    assert too_soon["access_token"] == first
    simulator.clock.advance(seconds=31)
    forced = await _stable(simulator, force_refresh=True)
    assert forced["access_token"] != first
    assert await _errcode(simulator, first) == 40001


async def test_forced_refreshes_are_counted_by_the_day(simulator: Simulator) -> None:
    for _ in range(20):
        simulator.clock.advance(seconds=31)
        assert "access_token" in await _stable(simulator, force_refresh=True)
    assert (await _stable(simulator, force_refresh=True))["errcode"] == 45009
    simulator.clock.advance(days=1)
    assert "access_token" in await _stable(simulator, force_refresh=True)


async def test_a_plain_token_retires_the_plain_one_before_it_and_no_stable_one(
    simulator: Simulator,
) -> None:
    stable = await simulator.token()
    path = f"/cgi-bin/token?grant_type=client_credential&appid={APP_ID}&secret={ACCOUNT['secret']}"
    first = (await simulator.get(path))["access_token"]
    second = (await simulator.get(path))["access_token"]
    assert first != second
    assert await _errcode(simulator, first) == ACCEPTED
    simulator.clock.advance(seconds=301)
    assert await _errcode(simulator, first) == 40001
    assert await _errcode(simulator, second) == ACCEPTED
    assert await _errcode(simulator, stable) == ACCEPTED


async def test_expiring_the_tokens_by_hand_is_seen_as_expiry(simulator: Simulator) -> None:
    token = await simulator.token()
    await simulator.post(f"/simulator/accounts/{APP_ID}/expire-tokens", {})
    assert await _errcode(simulator, token) == 42001
    assert await simulator.token() != token

"""Residents log in through the real service, with WeChat as it answers."""

import asyncio
from collections import Counter

import pytest
from chassis.clock import utc_now
from residents.domain.roles import Actor, Role, RoleGrant
from wechat_simulator.testing import MINI_PROGRAM_ID, Simulator

from ..graph import REFRESH, Graph, code_of
from .documents import GIVE_PHONE, LOG_IN, ME
from .neighbourhood import Neighbourhood

SESSION, PHONE_NUMBER = "/sns/jscode2session", "/wxa/business/getuserphonenumber"


async def accounts_of(neighbourhood: Neighbourhood) -> list[str]:
    """The ids of all accounts of the community."""
    found = await neighbourhood.rooms.identity.accounts.collection.find(
        {"community_id": neighbourhood.community_id}
    )
    return sorted(document["_id"] for document in found)


async def test_a_resident_logs_in_and_is_a_resident_of_nothing_yet(
    neighbourhood: Neighbourhood,
) -> None:
    neighbour = await neighbourhood.come()

    me = await neighbour.graph.ask(ME)
    assert me["id"] == neighbour.account_id
    assert me["roles"] == [{"role": "RESIDENT", "scope": []}]
    assert (me["maskedPhone"], me["bindings"]) == (None, [])
    again = await neighbourhood.come(neighbour.phone)
    assert again.account_id == neighbour.account_id


async def test_ten_logins_of_one_person_at_once_make_one_account(
    neighbourhood: Neighbourhood, simulator: Simulator
) -> None:
    phone = await neighbourhood.phone()
    before = await accounts_of(neighbourhood)
    codes = [await simulator.login_code(phone) for _ in range(10)]

    outcomes = await asyncio.gather(*(neighbourhood.try_log_in(code) for code in codes))

    assert {outcome["__typename"] for outcome in outcomes} == {"LogInWithWeChatSuccess"}
    (account_id,) = {outcome["account"]["id"] for outcome in outcomes}
    assert await accounts_of(neighbourhood) == sorted([*before, account_id])


async def test_the_session_goes_on_by_its_refresh_token(
    neighbourhood: Neighbourhood, graph: Graph
) -> None:
    neighbour = await neighbourhood.come()

    refreshed = await graph.ask(REFRESH, token=neighbour.refresh_token)

    assert refreshed["__typename"] == "RefreshSessionSuccess"


@pytest.mark.parametrize("code", ["", "nonsense", "长" * 201])
async def test_a_code_that_wechat_does_not_know_is_named(
    neighbourhood: Neighbourhood, code: str
) -> None:
    before = await accounts_of(neighbourhood)
    outcome = await neighbourhood.try_log_in(code)

    assert outcome["code"] == "WECHAT_CODE_INVALID"
    assert await accounts_of(neighbourhood) == before


async def test_a_code_is_good_once(neighbourhood: Neighbourhood, simulator: Simulator) -> None:
    code = await simulator.login_code(await neighbourhood.phone())
    first = await neighbourhood.try_log_in(code)
    second = await neighbourhood.try_log_in(code)

    assert first["__typename"] == "LogInWithWeChatSuccess"
    assert second["code"] == "WECHAT_CODE_INVALID"


async def test_an_unknown_community_is_named_and_the_code_stays_good(
    neighbourhood: Neighbourhood, simulator: Simulator
) -> None:
    code = await simulator.login_code(await neighbourhood.phone())

    refused = await neighbourhood.try_log_in(code, communityId="community_unknown")

    assert refused["code"] == "COMMUNITY_NOT_FOUND"
    assert (await neighbourhood.try_log_in(code))["__typename"] == "LogInWithWeChatSuccess"


async def test_who_is_at_risk_at_wechat_is_not_let_in(
    neighbourhood: Neighbourhood, simulator: Simulator
) -> None:
    phone = await neighbourhood.phone()
    await simulator.phone(phone, high_risk=True)
    before = await accounts_of(neighbourhood)

    outcome = await neighbourhood.try_log_in(await simulator.login_code(phone))

    assert outcome["code"] == "WECHAT_USER_AT_RISK"
    assert await accounts_of(neighbourhood) == before


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("rate_limit", "WECHAT_TOO_FREQUENT"),
        ("busy", "WECHAT_UNAVAILABLE"),
        ("server_error", "WECHAT_UNAVAILABLE"),
        ("drop_answer", "WECHAT_UNAVAILABLE"),
    ],
)
async def test_what_wechat_does_not_do_is_named_and_locks_nobody(
    neighbourhood: Neighbourhood, simulator: Simulator, kind: str, code: str
) -> None:
    phone = await neighbourhood.phone()
    before = await accounts_of(neighbourhood)
    login_code = await simulator.login_code(phone)
    await simulator.post(
        "/simulator/faults", {"kind": kind, "path": SESSION, "app_id": MINI_PROGRAM_ID, "times": 1}
    )

    outcome = await neighbourhood.try_log_in(login_code)

    assert outcome["code"] == code
    assert await accounts_of(neighbourhood) == before
    assert await neighbourhood.come(phone)


async def test_guessed_codes_from_one_address_lock_it(neighbourhood: Neighbourhood) -> None:
    at_one_address = neighbourhood.anonymous.as_(None)
    guess = {"communityId": neighbourhood.community_id, "code": "guess", "client": "MINIPROGRAM"}

    outcomes = [await at_one_address.ask(LOG_IN, input=guess) for _ in range(21)]

    assert Counter(outcome["code"] for outcome in outcomes) == {
        "WECHAT_CODE_INVALID": 20,
        "ACCOUNT_LOCKED": 1,
    }
    assert await neighbourhood.come()


async def test_a_disabled_account_is_refused(neighbourhood: Neighbourhood) -> None:
    neighbour = await neighbourhood.come()
    roles = (RoleGrant(Role.SECRETARY),)
    secretary = Actor("account_by", neighbourhood.community_id, "", roles)
    await neighbourhood.rooms.identity.accounts.change(
        neighbourhood.community_id,
        neighbour.account_id,
        lambda account: account.disable(secretary, utc_now()),
    )
    code = await neighbourhood.simulator.login_code(neighbour.phone)

    assert (await neighbourhood.try_log_in(code))["code"] == "ACCOUNT_DISABLED"


class TestPhone:
    async def test_the_number_is_known_and_shown_masked(self, neighbourhood: Neighbourhood) -> None:
        neighbour = await neighbourhood.come()

        given = await neighbourhood.give_phone(neighbour)

        assert given["account"] == {"maskedPhone": "173****6812"}
        assert (await neighbour.graph.ask(ME))["maskedPhone"] == "173****6812"

    async def test_a_repeat_gets_the_same_although_the_code_is_spent(
        self, neighbourhood: Neighbourhood, simulator: Simulator
    ) -> None:
        neighbour = await neighbourhood.come()
        code = await simulator.phone_code(neighbour.phone)
        wanted = {"requestId": "1", "code": code}
        first = await neighbour.graph.ask(GIVE_PHONE, input=wanted)

        assert await neighbour.graph.ask(GIVE_PHONE, input=wanted) == first
        spent = await neighbour.graph.ask(GIVE_PHONE, input=wanted | {"requestId": "2"})
        reused = await neighbour.graph.ask(GIVE_PHONE, input=wanted | {"code": "another"})
        assert (spent["code"], reused["code"]) == ("WECHAT_CODE_INVALID", "REQUEST_ID_REUSED")

    @pytest.mark.parametrize(
        ("kind", "code"), [("rate_limit", "WECHAT_TOO_FREQUENT"), ("busy", "WECHAT_UNAVAILABLE")]
    )
    async def test_what_wechat_does_not_do_is_named(
        self, neighbourhood: Neighbourhood, simulator: Simulator, kind: str, code: str
    ) -> None:
        neighbour = await neighbourhood.come()
        fault = {"kind": kind, "path": PHONE_NUMBER, "app_id": MINI_PROGRAM_ID, "times": 1}
        await simulator.post("/simulator/faults", fault)

        assert (await neighbourhood.give_phone(neighbour))["code"] == code
        assert (await neighbour.graph.ask(ME))["maskedPhone"] is None

    async def test_a_login_code_is_no_phone_code(
        self, neighbourhood: Neighbourhood, simulator: Simulator
    ) -> None:
        neighbour = await neighbourhood.come()
        code = await simulator.login_code(neighbour.phone)

        refused = await neighbour.graph.ask(GIVE_PHONE, input={"requestId": "1", "code": code})

        assert refused["code"] == "WECHAT_CODE_INVALID"
        assert (await neighbour.graph.ask(ME))["maskedPhone"] is None

    async def test_staff_give_none(self, as_clerk: Graph) -> None:
        answer = await as_clerk.answer(GIVE_PHONE, input={"requestId": "1", "code": "1"})

        assert code_of(answer) == "FORBIDDEN"

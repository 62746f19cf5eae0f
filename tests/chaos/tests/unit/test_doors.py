"""A client that asks again with the same key until it is answered, and notes what was lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from chaos import doors as the_doors
from chaos.doors import Caller, Doors, NeverAnswered, Passport, Unforeseen
from chaos.model import Deed, Model, State
from local_stack.layout import Layout
from story.phones import Phones

CLAIMED = {"claimVoucher": {"__typename": "ClaimVoucherSuccess", "voucher": {"id": "voucher_1"}}}


def doors_to(handle: Callable[[httpx.Request], httpx.Response]) -> Doors:
    client = httpx.AsyncClient(transport=httpx.MockTransport(handle))
    return Doors(Layout(Path("/nowhere")), client, Phones(client, ""), Model())


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(the_doors, "_FIRST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(the_doors, "_LONGEST_PAUSE_SECONDS", 0.0)


class Answers:
    """Answers one after the other, and keeps what was asked."""

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)
        self.asked: list[Any] = []
        self.tokens: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(json.loads(request.content)["variables"])
        self.tokens.append(request.headers.get("Authorization", ""))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, str):
            return httpx.Response(200, json={"errors": [error(answer)], "data": None})
        return httpx.Response(200, json={"data": answer})


def error(code: str) -> dict[str, Any]:
    return {"message": code, "extensions": {"code": code}}


async def test_a_lost_answer_is_asked_for_again_under_the_same_key() -> None:
    answers = Answers(httpx.ReadError("gone"), "UNAVAILABLE", CLAIMED)
    caller = Caller(doors_to(answers), name="account_1")
    write = caller.begin(Deed.CLAIM, "key-1")

    assert await caller.write(write, {"campaignId": "c"}, shown="voucher { id }")

    same = {"input": {"requestId": "key-1", "campaignId": "c"}}
    assert answers.asked == [same, same, same]
    assert write.state is State.ACKNOWLEDGED
    assert write.lost_as == ["ReadError", "UNAVAILABLE"]
    assert write.answer["voucher"] == {"id": "voucher_1"}


async def test_a_named_error_is_an_answer() -> None:
    refusal = {"claimVoucher": {"__typename": "SoldOut", "code": "SOLD_OUT", "message": ""}}
    caller = Caller(doors_to(Answers(refusal)), name="account_1")
    write = caller.begin(Deed.CLAIM, "key-1")

    assert not await caller.write(write, {})

    assert (write.state, write.code) == (State.REFUSED, "SoldOut")


async def test_a_token_that_is_not_taken_is_fetched_anew() -> None:
    tokens = iter(("old", "new"))

    async def log_in() -> str:
        return next(tokens)

    answers = Answers("UNAUTHENTICATED", CLAIMED)
    caller = Caller(doors_to(answers), Passport(log_in), name="account_1")

    assert await caller.write(caller.begin(Deed.CLAIM, "key-1"), {})

    assert answers.tokens == ["Bearer old", "Bearer new"]


async def test_an_internal_error_is_counted_and_asked_again() -> None:
    doors = doors_to(Answers("INTERNAL", CLAIMED))
    caller = Caller(doors, name="account_1")

    assert await caller.write(caller.begin(Deed.CLAIM, "key-1"), {})

    assert sum(doors.oddities.values()) == 1


async def test_what_no_client_should_get_ends_the_run() -> None:
    caller = Caller(doors_to(Answers("BAD_USER_INPUT")), name="account_1")
    write = caller.begin(Deed.CLAIM, "key-1")

    with pytest.raises(Unforeseen, match="BAD_USER_INPUT"):
        await caller.write(write, {})

    assert write.state is State.ASKED


async def test_what_is_never_answered_stays_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(the_doors, "_GIVE_UP_SECONDS", 0.0)
    caller = Caller(doors_to(Answers(*["UNAVAILABLE"] * 1_000)), name="account_1")
    write = caller.begin(Deed.CLAIM, "key-1")

    with pytest.raises(NeverAnswered):
        await caller.write(write, {})

    assert write.state is State.UNKNOWN

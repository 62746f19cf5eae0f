"""A till gets tokens by its id and secret, and none once it or its merchant is shut out."""

import asyncio
from typing import Any

import pytest
from chassis.ids import new_id
from chassis.testing_waits import until
from joserfc import jwt
from joserfc.jwk import KeySet

from ..conftest import Person, Running
from ..graph import Graph, code_of
from .conftest import Till, Vouchers, issued
from .documents import CLIENTS, COMMUNITY, ISSUE, OPEN_TO_ALL, REVOKE

REVOKED_WITHIN_SECONDS = 5


async def test_a_token_names_the_merchant_and_nobody_else(
    running: Running, till: Till, secretary: Person, merchant_id: str, graph: Graph
) -> None:
    answer = await till.ask_token()

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    granted = answer.json()
    assert (granted["token_type"], granted["scope"]) == ("Bearer", "role:merchant")
    assert granted["expires_in"] == 600
    assert set(granted) == {"access_token", "token_type", "expires_in", "scope"}
    keys = KeySet.import_key_set((await graph.get("/jwks.json")).json())
    claims = jwt.decode(granted["access_token"], keys, algorithms=["Ed25519"]).claims
    assert claims["sub"] == till.client_id
    assert claims["community"] == secretary.community_id
    assert claims["roles"] == [{"role": "merchant", "scope": [merchant_id]}]
    assert claims["client"] == "till"
    assert claims["exp"] - claims["iat"] == 600


async def test_the_secret_is_shown_once(as_secretary: Graph, merchant_id: str, till: Till) -> None:
    again = await issued(as_secretary, merchant_id)

    assert (again["clientId"], again["clientSecret"]) == (till.client_id, None)
    assert (await till.ask_token()).status_code == 200


async def test_id_and_secret_in_the_form_are_as_good(till: Till) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": till.client_id,
        "client_secret": till.secret,
    }

    assert (await till.ask_token(form=form)).status_code == 200
    both = await till.ask_token(client_secret=till.secret)
    assert (both.status_code, both.json()) == (400, {"error": "invalid_request"})


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "invalid_request"),
        ({"grant_type": "client_credentials", "scope": "role:secretary"}, 400, "invalid_scope"),
    ],
    ids=["another grant", "no grant", "another scope"],
)
async def test_what_is_no_request_for_a_token_is_refused_by_its_name(
    till: Till, form: dict[str, str], status: int, error: str
) -> None:
    proof = {"client_id": till.client_id, "client_secret": till.secret}

    answer = await till.ask_token(form={**proof, **form})

    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert answer.headers["cache-control"] == "no-store"


async def test_only_a_small_form_is_read_and_only_by_post(till: Till, graph: Graph) -> None:
    proof = {"client_id": till.client_id, "client_secret": till.secret}
    form = {"grant_type": "client_credentials", **proof, "padding": "x" * 8_192}

    large = await till.ask_token(form=form)

    assert (large.status_code, large.json()) == (400, {"error": "invalid_request"})
    assert (await graph.get("/oauth/token")).status_code == 405


@pytest.mark.parametrize("document", OPEN_TO_ALL)
async def test_what_is_open_to_every_role_is_answered_to_who_has_no_account(
    till: Till, graph: Graph, document: str
) -> None:
    answer = await graph.as_(await till.token()).answer(document)

    assert "INTERNAL" not in str(answer), answer
    assert answer["data"] is not None


async def test_a_wrong_secret_and_an_unknown_client_look_the_same(till: Till) -> None:
    stranger = Till(till.service, new_id("client"), "x" * 43)

    wrong, unknown = await till.ask_token(secret="x" * 43), await stranger.ask_token()

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json() == {"error": "invalid_client"}
    assert wrong.headers["www-authenticate"].startswith("Basic ")
    assert (await till.ask_token()).status_code == 200


async def test_who_guesses_is_locked_out_whether_there_is_such_a_client_or_not(
    till: Till,
) -> None:
    stranger = Till(till.service, new_id("client"), "x" * 43)

    for each in (till, stranger):
        statuses = [(await each.ask_token(secret="x" * 43)).status_code for _ in range(6)]
        assert statuses == [401] * 5 + [429]
        locked = await each.ask_token()
        assert (locked.status_code, locked.json()) == (429, {"error": "temporarily_unavailable"})
        assert 0 < int(locked.headers["retry-after"]) <= 900


async def test_many_tills_ask_at_once(till: Till) -> None:
    answers = await asyncio.gather(*(till.ask_token() for _ in range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["access_token"] for answer in answers}) == 20


async def test_a_suspended_merchant_loses_its_access_within_seconds(
    till: Till, vouchers: Vouchers, secretary: Person, merchant_id: str, graph: Graph
) -> None:
    token = await till.token()
    assert await sees(graph.as_(token), secretary.community_id)

    await vouchers.suspend(secretary.community_id, merchant_id)

    async def is_out() -> bool:
        return not await sees(graph.as_(token), secretary.community_id)

    await until(is_out, within_seconds=REVOKED_WITHIN_SECONDS)
    refused = await till.ask_token()
    assert (refused.status_code, refused.json()) == (401, {"error": "invalid_client"})

    await vouchers.approve(secretary.community_id, merchant_id, sequence=3)

    async def is_in_again() -> bool:
        return (await till.ask_token()).status_code == 200

    await until(is_in_again)


async def test_a_revoked_client_loses_its_access(
    till: Till, secretary: Person, as_secretary: Graph, graph: Graph, merchant_id: str
) -> None:
    token = await till.token()

    revoked = await as_secretary.ask(REVOKE, request="r-1", client=till.client_id)

    assert revoked["client"]["revokedBy"] == secretary.account_id

    async def is_out() -> bool:
        return not await sees(graph.as_(token), secretary.community_id)

    await until(is_out, within_seconds=REVOKED_WITHIN_SECONDS)
    assert (await till.ask_token()).status_code == 401
    listed = await as_secretary.ask(CLIENTS, merchant=merchant_id)
    (only,) = listed["edges"]
    assert only["node"]["revokedAt"] == revoked["client"]["revokedAt"]


async def test_another_community_has_no_such_merchant_and_no_such_client(
    till: Till, as_stranger: Graph, merchant_id: str
) -> None:
    issue = await as_stranger.ask(ISSUE, request="s-1", merchant=merchant_id, kind="TILL")
    revoke = await as_stranger.ask(REVOKE, request="s-2", client=till.client_id)

    assert issue["code"] == "MERCHANT_NOT_FOUND"
    assert revoke["code"] == "MERCHANT_CLIENT_NOT_FOUND"
    assert await as_stranger.ask(CLIENTS, merchant=merchant_id) is None
    assert (await till.ask_token()).status_code == 200


async def sees(graph: Graph, community_id: str) -> bool:
    """Whether the token is believed."""
    answer: dict[str, Any] = await graph.answer(COMMUNITY, id=community_id)
    if "errors" in answer:
        assert code_of(answer) == "UNAUTHENTICATED"
        return False
    return bool(answer["data"]["community"]["id"] == community_id)

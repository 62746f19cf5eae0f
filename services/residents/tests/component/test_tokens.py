"""Tokens as the other services and the gateway see them."""

import time
from datetime import datetime
from typing import Any

import httpx
import pytest
from chassis.testing_waits import until
from joserfc import jwt
from joserfc.jwk import KeySet

from .conftest import Person, Running
from .graph import LOG_OUT, ME, REFRESH, REVOKE, Graph, code_of

REVOKED_WITHIN_SECONDS = 5


def _jwks(running: Running) -> dict[str, Any]:
    response = httpx.get(f"{running.api.address}/jwks.json")
    assert response.is_success
    published: dict[str, Any] = response.json()
    return published


def _read(token: str, running: Running) -> jwt.Token:
    keys = KeySet.import_key_set(_jwks(running))  # type: ignore[arg-type]
    return jwt.decode(token, keys, algorithms=["Ed25519"])


async def test_a_token_verifies_by_the_published_keys_and_says_who_may_do_what(
    running: Running, graph: Graph, secretary: Person
) -> None:
    logged_in = await graph.logged_in(secretary.username, secretary.device)

    claims = _read(logged_in["accessToken"], running).claims

    assert claims["iss"] == "linli-residents"
    assert claims["aud"] == "linli"
    assert claims["sub"] == secretary.account_id == logged_in["account"]["id"]
    assert claims["community"] == secretary.community_id
    assert claims["roles"] == [{"role": "secretary", "scope": None}]
    assert claims["scope"] == "role:secretary"
    assert claims["client"] == "console"
    assert claims["sid"].startswith("session_")
    assert claims["jti"]
    assert claims["exp"] - claims["iat"] == 600
    assert abs(claims["iat"] - time.time()) < 60


async def test_the_published_keys_hold_nothing_private(running: Running) -> None:
    keys = _jwks(running)["keys"]

    assert len(keys) >= 2
    for key in keys:
        assert set(key) == {"kty", "crv", "alg", "use", "kid", "x"}


async def test_after_a_rotation_old_and_new_tokens_are_believed(
    running: Running, graph: Graph, secretary: Person, as_secretary: Graph
) -> None:
    at_first = {key["kid"] for key in _jwks(running)["keys"]}
    # The next key is young from now on, however long the tests before this one took.
    running.commands.done("rotate-signing-key", "--force")
    await until(lambda: {key["kid"] for key in _jwks(running)["keys"]} > at_first)
    before = {key["kid"] for key in _jwks(running)["keys"]}

    refused = running.commands.run("rotate-signing-key")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("NEXT_KEY_TOO_YOUNG: ")
    assert len(refused.stderr.splitlines()) == 1
    assert {key["kid"] for key in _jwks(running)["keys"]} == before
    dry = running.commands.run("rotate-signing-key", "--dry-run")
    assert (dry.returncode, dry.stderr) == (1, refused.stderr)

    would = running.commands.done("rotate-signing-key", "--force", "--dry-run")
    assert {key["kid"] for key in _jwks(running)["keys"]} == before

    printed = running.commands.done("rotate-signing-key", "--force")

    assert would == printed.replace("signs", "would sign")
    await until(lambda: {key["kid"] for key in _jwks(running)["keys"]} > before)
    new = await graph.logged_in(secretary.username, secretary.device)
    signed_by = _read(new["accessToken"], running).header["kid"]
    assert signed_by in printed
    assert signed_by in before
    for person in (as_secretary, graph.as_(new["accessToken"])):
        assert (await person.ask(ME))["id"] == secretary.account_id


async def test_a_used_refresh_token_ends_the_session(
    running: Running, graph: Graph, secretary: Person
) -> None:
    first = await graph.logged_in(secretary.username, secretary.device)
    second = await graph.ask(REFRESH, token=first["refreshToken"])
    assert second["__typename"] == "RefreshSessionSuccess"

    again = await graph.ask(REFRESH, token=first["refreshToken"])

    assert (again["__typename"], again["code"]) == ("SessionEnded", "SESSION_ENDED")
    await _is_refused(graph.as_(second["accessToken"]))
    assert (await graph.ask(REFRESH, token=second["refreshToken"]))["code"] == "SESSION_ENDED"


async def test_a_token_is_refused_within_five_seconds_of_logging_out(
    running: Running, graph: Graph, secretary: Person
) -> None:
    logged_in = await graph.logged_in(secretary.username, secretary.device)
    person = graph.as_(logged_in["accessToken"])
    session_id = _read(logged_in["accessToken"], running).claims["sid"]

    ended = await person.ask(LOG_OUT, request="out")

    assert (ended["__typename"], ended["sessionId"]) == ("LogOutSuccess", session_id)
    await _is_refused(person)
    listed = (await graph.get("/revocations")).json()
    (entry,) = [entry for entry in listed["revoked"] if entry["sid"] == session_id]
    assert entry["revokedAt"] == ended["revokedAt"].replace("+00:00", "Z")
    revoked_at, as_of, expires_at = (
        datetime.fromisoformat(at)
        for at in (entry["revokedAt"], listed["asOf"], entry["expiresAt"])
    )
    assert revoked_at < as_of < expires_at


async def test_a_secretary_ends_a_clerks_session_and_a_clerk_not_the_secretarys(
    running: Running, graph: Graph, secretary: Person, clerk: Person, as_secretary: Graph
) -> None:
    clerks = await graph.logged_in(clerk.username, clerk.device)
    as_clerk = graph.as_(clerks["accessToken"])
    mine = await graph.logged_in(secretary.username, secretary.device)
    sessions = {
        name: _read(tokens["accessToken"], running).claims["sid"]
        for name, tokens in (("clerk", clerks), ("secretary", mine))
    }

    refused = await as_clerk.ask(REVOKE, request="r", session=sessions["secretary"])
    assert refused["code"] == "SESSION_NOT_FOUND"
    assert (await graph.as_(mine["accessToken"]).ask(ME))["id"] == secretary.account_id

    ended = await as_secretary.ask(REVOKE, request="r", session=sessions["clerk"])
    assert ended["__typename"] == "RevokeSessionSuccess"
    await _is_refused(as_clerk)


@pytest.mark.parametrize(
    "token", ["", "nonsense", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJFZDI1NTE5In0.e30.AA"]
)
async def test_a_bad_token_is_nobody(graph: Graph, token: str) -> None:
    assert await graph.as_(token or "x").refusal(ME) == "UNAUTHENTICATED"


async def test_a_token_changed_by_one_character_is_nobody(graph: Graph, secretary: Person) -> None:
    logged_in = await graph.logged_in(secretary.username, secretary.device)
    header, body, signature = logged_in["accessToken"].split(".")
    other = "A" if body[10] != "A" else "B"

    forged = f"{header}.{body[:10]}{other}{body[11:]}.{signature}"

    assert await graph.as_(forged).refusal(ME) == "UNAUTHENTICATED"


async def _is_refused(person: Graph) -> None:
    async def refused() -> bool:
        answer = await person.answer(ME)
        return "errors" in answer and code_of(answer) == "UNAUTHENTICATED"

    await until(refused, within_seconds=REVOKED_WITHIN_SECONDS)

"""Only a good token of a session that stands makes a Principal."""

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from chassis.errors import Unauthenticated
from chassis.identity import Authenticator, Principal, Role, TokenVerifier
from chassis.revocation import RevokedSessions
from chassis.testing import FrozenClock
from chassis.testing_tokens import AUDIENCE, ISSUER, TokenMint
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc.jwk import OctKey, OKPKey
from starlette.datastructures import Headers

CLOCK = FrozenClock()
NOW = int(CLOCK().timestamp())
MINT = TokenMint(CLOCK)
STRANGER = TokenMint(CLOCK)


def signed(**changes: Any) -> str:
    return MINT.token("clerk", **changes)


def bearer(**changes: Any) -> dict[str, str]:
    return MINT.headers("clerk", **changes)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def verifier(clock: FrozenClock) -> TokenVerifier:
    return TokenVerifier(MINT, issuer=ISSUER, audience=AUDIENCE, now=clock)


@pytest.fixture
def revoked(clock: FrozenClock) -> RevokedSessions:
    return RevokedSessions(now=clock)


@pytest.fixture
def authenticator(
    verifier: TokenVerifier, revoked: RevokedSessions, clock: FrozenClock
) -> Authenticator:
    return Authenticator(verifier, revoked, now=clock)


async def test_a_good_token_says_who_asks(authenticator: Authenticator) -> None:
    roles = [{"role": "clerk", "scope": None}, {"role": "steward", "scope": ["estate_1"]}]
    principal = await authenticator.authenticate(bearer(roles=roles))
    assert principal == Principal(
        account_id="account_1",
        session_id="session_1",
        community_id="community_1",
        roles=(Role("clerk"), Role("steward", ("estate_1",))),
        client="console",
        expires_at=CLOCK() + timedelta(seconds=600),
    )
    assert principal is not None
    assert principal.has_role("secretary", "steward")
    assert not principal.has_role("secretary")


async def test_no_token_is_nobody(authenticator: Authenticator) -> None:
    assert await authenticator.authenticate({}) is None


async def test_an_audience_may_be_one_of_several(verifier: TokenVerifier) -> None:
    assert await verifier.verify(signed(aud=["others", "linli"]))


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "somebody"}, {"iss": None}, {"aud": "others"}, {"aud": ["others"]}, {"aud": None},
        {"exp": NOW - 5}, {"exp": None}, {"exp": "soon"}, {"iat": NOW + 60}, {"nbf": NOW + 60},
        {"exp": 10**400}, {"exp": 253_402_300_800}, {"iat": -1}, {"nbf": -(10**400)},
        {"sub": None}, {"sid": None}, {"community": None}, {"roles": "clerk"}, {"sub": 7},
    ],
)  # fmt: skip
async def test_a_token_with_a_flaw_is_refused(
    verifier: TokenVerifier, changes: dict[str, Any]
) -> None:
    with pytest.raises(Unauthenticated):
        await verifier.verify(signed(**changes))


@pytest.mark.parametrize("kid", ["another", "", "../../etc/passwd"])
async def test_a_key_that_nobody_knows_is_refused(verifier: TokenVerifier, kid: str) -> None:
    with pytest.raises(Unauthenticated):
        await verifier.verify(MINT.sign(_claims(), kid=kid))


async def test_a_forged_signature_is_refused(verifier: TokenVerifier) -> None:
    with pytest.raises(Unauthenticated):
        await verifier.verify(STRANGER.token("clerk"))


def _part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _claims(**changes: Any) -> dict[str, Any]:
    body = signed().split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return {**claims, **changes}


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "ES256", ""])
async def test_an_unsigned_token_is_refused(verifier: TokenVerifier, alg: str) -> None:
    header = _part({"alg": alg, "kid": MINT.kid})
    with pytest.raises(Unauthenticated):
        await verifier.verify(f"{header}.{_part(_claims())}.")


async def test_the_public_key_is_no_shared_secret(verifier: TokenVerifier) -> None:
    secret = OctKey.import_key(str(MINT.private_key.as_dict(private=False)["x"]))
    with pytest.raises(Unauthenticated):
        await verifier.verify(MINT.sign(_claims(), key=secret, alg="HS256"))


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
async def test_the_older_name_of_the_algorithm_is_good(verifier: TokenVerifier) -> None:
    assert await verifier.verify(MINT.sign(_claims(), alg="EdDSA"))


async def test_claims_changed_after_signing_are_refused(verifier: TokenVerifier) -> None:
    header, _, signature = signed().split(".")
    with pytest.raises(Unauthenticated):
        await verifier.verify(f"{header}.{_part(_claims(sub='account_2'))}.{signature}")


@pytest.mark.parametrize(
    "token", ["", ".", "..", "x", "a.b.c", "é.é.é", "W10.W10.W10", "bnVsbA.e30.x", "A" * 9_000]
)
async def test_what_is_no_token_is_refused(verifier: TokenVerifier, token: str) -> None:
    with pytest.raises(Unauthenticated):
        await verifier.verify(token)


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic eA==", "bearer x.y.z"])
async def test_a_bad_header_is_refused_not_anonymous(
    authenticator: Authenticator, value: str
) -> None:
    with pytest.raises(Unauthenticated):
        await authenticator.authenticate({"authorization": value})


@pytest.mark.parametrize("second", ["", "Bearer x.y.z", None])
async def test_two_identities_are_none(authenticator: Authenticator, second: str | None) -> None:
    good = bearer()["authorization"]
    values = [good, good if second is None else second]

    for first, other in (values, reversed(values)):
        raw = [(b"authorization", value.encode()) for value in (first, other)]
        with pytest.raises(Unauthenticated):
            await authenticator.authenticate(Headers(raw=raw))


@pytest.mark.parametrize("part", [0, 1])
async def test_a_part_nested_too_deep_is_refused(verifier: TokenVerifier, part: int) -> None:
    parts = signed().split(".")
    nested = b'{"a":' * 1_000 + b"1" + b"}" * 1_000
    parts[part] = base64.urlsafe_b64encode(nested).rstrip(b"=").decode()
    key = MINT.private_key.private_key
    assert isinstance(key, Ed25519PrivateKey)
    signature = key.sign(".".join(parts[:2]).encode())
    parts[2] = base64.urlsafe_b64encode(signature).rstrip(b"=").decode()

    with pytest.raises(Unauthenticated):
        await verifier.verify(".".join(parts))


async def test_an_expired_token_lives_through_the_leeway_only(
    verifier: TokenVerifier, clock: FrozenClock
) -> None:
    token = signed()
    clock.advance(seconds=604)
    assert await verifier.verify(token)
    clock.advance(seconds=1)
    with pytest.raises(Unauthenticated):
        await verifier.verify(token)


async def test_a_token_seen_before_is_refused_once_its_key_is_another(clock: FrozenClock) -> None:
    class Rotating:
        key_pair = MINT

        async def key(self, kid: str) -> OKPKey | None:
            return self.key_pair.private_key

    keys = Rotating()
    verifier = TokenVerifier(keys, issuer=ISSUER, audience=AUDIENCE, now=clock)
    token = signed()
    assert await verifier.verify(token) == await verifier.verify(token)
    keys.key_pair = STRANGER
    with pytest.raises(Unauthenticated):
        await verifier.verify(token)


async def test_a_revoked_session_is_refused(
    authenticator: Authenticator, revoked: RevokedSessions, clock: FrozenClock
) -> None:
    revoked.revoke("session_1", clock())
    with pytest.raises(Unauthenticated):
        await authenticator.authenticate(bearer())
    assert await authenticator.authenticate(bearer(session_id="session_2"))


async def test_it_is_over_when_the_session_is_revoked(
    authenticator: Authenticator, revoked: RevokedSessions, clock: FrozenClock
) -> None:
    principal = await authenticator.authenticate(bearer())
    assert principal is not None
    over = asyncio.create_task(authenticator.until_over(principal))
    await asyncio.sleep(0)
    assert not over.done()
    revoked.revoke("session_1", clock())
    await asyncio.wait_for(over, 1)


async def test_it_is_over_when_the_token_expires(
    authenticator: Authenticator, clock: FrozenClock
) -> None:
    principal = await authenticator.authenticate(bearer())
    assert principal is not None
    clock.advance(seconds=600)
    await asyncio.wait_for(authenticator.until_over(principal), 1)

"""Forged tokens: a good one is good, and no forged one is, to the verifier of a service."""

import random
from typing import Any

import pytest
from chassis.clock import utc_now
from chassis.errors import Unauthenticated
from chassis.testing_tokens import TokenMint
from joserfc import jwt
from strangers.forging import Forgery, Genuine, forgeries
from strangers.target import Effort

SPOILED = 40


def drawing(seed: int) -> random.Random:
    return Effort(seed, tries=0, levels=0, body_bytes=0, repeats=0).draw("S3")


@pytest.fixture
def mint() -> TokenMint:
    return TokenMint(utc_now)


@pytest.fixture
def genuine(mint: TokenMint) -> Genuine:
    claims: dict[str, Any] = jwt.decode(
        mint.token("clerk"), mint.private_key, algorithms=["Ed25519"]
    ).claims
    return Genuine(mint.kid, mint.private_key, claims, int(utc_now().timestamp()))


async def test_what_is_forged_from_is_good(mint: TokenMint, genuine: Genuine) -> None:
    principal = await mint.verifier().verify(genuine.signed())

    assert principal.has_role("clerk")


async def test_each_forged_token_is_refused(mint: TokenMint, genuine: Genuine) -> None:
    made = forgeries(genuine, drawing(1), spoiled=SPOILED)
    assert len({forgery.name for forgery in made}) == len(made) > 70 + SPOILED

    for forgery in made:
        if len(forgery.authorization) == 1:
            with pytest.raises(Unauthenticated):
                await mint.authenticator().authenticate_bearer(forgery.authorization[0])


def test_a_seed_forges_the_same_again(genuine: Genuine) -> None:
    def drawn(seed: int) -> list[Forgery]:
        return forgeries(genuine, drawing(seed), spoiled=SPOILED)[-SPOILED:]

    assert drawn(7) == drawn(7) != drawn(8)

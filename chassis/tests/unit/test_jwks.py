"""Keys are fetched rarely and outlive their issuer."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from chassis.jwks import JwksCache, JwksFile
from chassis.readiness import NotReady
from chassis.testing import FrozenClock
from chassis.testing_waits import until
from joserfc.jwk import OKPKey


def _public(kid: str) -> dict[str, Any]:
    return dict(OKPKey.generate_key("Ed25519", {"kid": kid}).as_dict(private=False))


class Issuer:
    """Serves a set of keys, or fails, and counts how often it was asked."""

    def __init__(self, *kids: str) -> None:
        self.jwks: object = {"keys": [_public(kid) for kid in kids]}
        self.asked = 0
        self.away = False

    async def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise httpx.ConnectError("away", request=request)
        return httpx.Response(200, json=self.jwks)


def _cache(issuer: Issuer, path: Path, clock: FrozenClock, **options: float) -> JwksCache:
    client = httpx.AsyncClient(transport=httpx.MockTransport(issuer.answer))
    return JwksCache("http://issuer/jwks.json", JwksFile(path), now=clock, client=client, **options)


async def test_a_storm_of_unknown_keys_is_one_fetch_in_30_seconds(tmp_path: Path) -> None:
    issuer, clock = Issuer("a"), FrozenClock()
    cache = _cache(issuer, tmp_path / "jwks.json", clock)
    await cache.start()
    clock.advance(seconds=31)
    asked = issuer.asked
    answers = await asyncio.gather(*(cache.key(f"unknown-{n}") for n in range(200)))
    assert set(answers) == {None}
    assert issuer.asked == asked + 1
    clock.advance(seconds=29)
    await cache.key("another")
    assert issuer.asked == asked + 1
    clock.advance(seconds=1)
    await cache.key("another")
    assert issuer.asked == asked + 2


async def test_a_key_that_was_just_rotated_in_is_found(tmp_path: Path) -> None:
    issuer, clock = Issuer("a"), FrozenClock()
    cache = _cache(issuer, tmp_path / "jwks.json", clock)
    await cache.start()
    issuer.jwks = {"keys": [_public("a"), _public("b")]}
    clock.advance(seconds=31)
    assert await cache.key("b") is not None
    assert await cache.key("a") is not None


async def test_a_start_without_the_issuer_uses_what_was_stored(tmp_path: Path) -> None:
    issuer, clock = Issuer("a"), FrozenClock()
    await _cache(issuer, tmp_path / "jwks.json", clock).start()
    issuer.away = True
    again = _cache(issuer, tmp_path / "jwks.json", clock)
    await again.start()
    await again.ready()
    assert await again.key("a") is not None


async def test_without_any_key_it_is_not_ready(tmp_path: Path) -> None:
    issuer = Issuer("a")
    issuer.away = True
    cache = _cache(issuer, tmp_path / "jwks.json", FrozenClock())
    await cache.start()
    with pytest.raises(NotReady):
        await cache.ready()


@pytest.mark.parametrize(
    "bad",
    [
        {}, [], "x", {"keys": []}, {"keys": [1]}, {"keys": 1},
        {"keys": [{"kty": "oct", "k": "eA"}]},
        {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a"}]},
    ],
)  # fmt: skip
async def test_a_bad_set_never_replaces_a_good_one(tmp_path: Path, bad: object) -> None:
    issuer, clock = Issuer("a"), FrozenClock()
    cache = _cache(issuer, tmp_path / "jwks.json", clock)
    await cache.start()
    issuer.jwks = bad
    await cache.refresh()
    assert await cache.key("a") is not None
    issuer.away = True
    again = _cache(issuer, tmp_path / "jwks.json", clock)
    await again.start()
    assert await again.key("a") is not None


async def test_a_damaged_file_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    path.write_text("{not json")
    assert await JwksFile(path).load() is None


@pytest.mark.parametrize("stored", ["{}", '{"keys":[]}', '{"keys":[1]}', "[]", "{not json"])
async def test_a_stored_set_without_a_usable_key_is_fetched_anew(
    tmp_path: Path, stored: str
) -> None:
    issuer, path = Issuer("a"), tmp_path / "jwks.json"
    path.write_text(stored)
    issuer.away = True
    cache = _cache(issuer, path, FrozenClock())
    await cache.start()
    with pytest.raises(NotReady):
        await cache.ready()
    issuer.away = False
    await cache.refresh()
    assert await cache.key("a") is not None
    assert await JwksFile(path).load() == issuer.jwks


async def test_keys_appear_when_the_issuer_does(tmp_path: Path) -> None:
    issuer = Issuer("a")
    issuer.away = True
    cache = _cache(issuer, tmp_path / "jwks.json", FrozenClock(), first_retry_seconds=0.01)
    await cache.start()
    running = asyncio.create_task(cache.run())
    issuer.away = False
    await until(lambda: cache.key("a"))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

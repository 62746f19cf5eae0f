"""Loaders batch within a request and forget between them."""

import asyncio
from collections.abc import Sequence

import pytest
from chassis.errors import BadUserInput, Forbidden, Unauthenticated
from chassis.graphql_context import Context, Loader
from chassis.testing import REQUESTS

reads: list[list[str]] = []


async def _upper(context: Context[str], keys: Sequence[str]) -> Sequence[str]:
    context.application.count(",")
    reads.append(list(keys))
    return [key.upper() for key in keys]


UPPER: Loader[str, str, str] = Loader(_upper, max_batch_size=3)


@pytest.fixture(autouse=True)
def _no_reads() -> None:
    reads.clear()


async def test_what_is_wanted_together_is_read_together_in_key_order() -> None:
    context = Context("app", None, requests=REQUESTS)
    one, many = await asyncio.gather(context.load(UPPER, "b"), context.load_many(UPPER, ["a", "b"]))
    assert (one, many) == ("B", ["A", "B"])
    assert reads == [["b", "a"]]
    assert await context.load(UPPER, "a") == "A"
    assert len(reads) == 1


async def test_a_batch_has_a_bound() -> None:
    await Context("app", None, requests=REQUESTS).load_many(UPPER, ["a", "b", "c", "d"])
    assert reads == [["a", "b", "c"], ["d"]]


async def test_who_waits_for_a_key_that_fails_alone_hears_of_it() -> None:
    async def read(_: Context[str], keys: Sequence[str]) -> Sequence[str | Exception]:
        return [Forbidden() if key == "secret" else key for key in keys]

    context, loader = Context("app", None, requests=REQUESTS), Loader[str, str, str](read)
    other, secret = await asyncio.gather(
        context.load(loader, "other"), context.load(loader, "secret"), return_exceptions=True
    )

    assert other == "other"
    assert isinstance(secret, Forbidden)


async def test_two_requests_share_nothing() -> None:
    for _ in range(2):
        await Context("app", None, requests=REQUESTS).load(UPPER, "a")
    assert reads == [["a"], ["a"]]


async def test_a_socket_reads_anew() -> None:
    context = Context("app", None, requests=REQUESTS, is_socket=True)
    for _ in range(2):
        await context.load(UPPER, "a")
    assert reads == [["a"], ["a"]]


def test_an_attempt_is_named_by_who_asks() -> None:
    context = Context("app", None, requests=REQUESTS)
    request = context.request_for("r1", caller="till", amount=3)
    assert (request.caller, request.request_id) == ("till", "r1")
    assert request != context.request_for("r1", caller="till", amount=4)
    with pytest.raises(Unauthenticated):
        context.request_for("r1")
    with pytest.raises(BadUserInput):
        context.request_for("", caller="till")
    for request_id, amount in [("\ud800", "3"), ("r1", "\ud800")]:
        with pytest.raises(BadUserInput):
            context.request_for(request_id, caller="till", amount=amount)

"""Every request of the load is judged, and every one that failed is counted with its reason."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest
from on_cluster.load import Asked, Figures, Load, fault_in

Answer = Callable[[httpx.Request], httpx.Response]
RIGHT = {"data": {"x": 1}}


def load(answer: Answer, told: list[str], *, tries: int = 1) -> Load:
    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    asked = Asked(
        "x", "query { x }", {}, lambda data: data["x"] == 1, lambda: told.append("acknowledged")
    )
    return Load(
        url="http://gateway:8080/graphql",
        clients=[client],
        makers=[lambda _number: asked],
        token=lambda: "a-token",
        per_second=200,
        tries=tries,
        between_tries_seconds=0,
    )


async def until_sent(made: Load, count: int) -> None:
    async with asyncio.timeout(20):
        while made.figures.sent < count:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_right_answers_are_acknowledged_and_none_fails() -> None:
    told: list[str] = []
    made = load(lambda _request: httpx.Response(200, json=RIGHT), told)

    figures = await made.during(until_sent(made, 5))

    assert figures.failures == []
    assert figures.sent == len(told) == len(figures.milliseconds) >= 5
    assert str(figures).startswith(f"0 failed of {figures.sent} at ")


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (503, {"errors": [{"extensions": {"code": "UNAVAILABLE"}}]}, "UNAVAILABLE"),
        (200, {"data": {"x": 1}, "errors": [{"message": "odd"}]}, "odd"),
        (502, RIGHT, "status 502"),
        (200, {"data": {"x": 2}}, '{"data": {"x": 2}}'),
        (200, {"data": None}, '{"data": null}'),
        (200, {"data": {"y": 1}}, '{"data": {"y": 1}}'),
    ],
)
async def test_any_other_answer_is_a_failure_with_its_reason(
    status: int, body: object, why: str
) -> None:
    told: list[str] = []
    made = load(lambda _request: httpx.Response(status, json=body), told)

    figures = await made.during(until_sent(made, 2))

    assert {each.why for each in figures.failures} == {why}
    assert len(figures.failures) == figures.sent
    assert told == []
    assert why in figures.why()


async def test_no_answer_is_a_failure() -> None:
    def cut(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("cut", request=request)

    made = load(cut, [])

    figures = await made.during(until_sent(made, 1))

    assert {each.why for each in figures.failures} == {"ReadError"}


async def test_what_is_no_json_is_a_failure() -> None:
    made = load(lambda _request: httpx.Response(502, text="<html>"), [])

    figures = await made.during(until_sent(made, 1))

    assert {each.why for each in figures.failures} == {"status 502 without JSON"}


async def test_who_asks_again_sends_the_same_and_fails_only_at_last() -> None:
    bodies: list[bytes] = []

    def second_time_right(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        return httpx.Response(200 if len(bodies) > 1 else 503, json=RIGHT)

    told: list[str] = []
    made = load(second_time_right, told, tries=3)

    figures = await made.during(until_sent(made, 1))

    assert figures.failures == []
    assert len(told) == figures.sent
    assert bodies[0] == bodies[1]


async def test_the_load_ends_with_work_that_fails_and_what_is_under_way_is_answered() -> None:
    told: list[str] = []
    made = load(lambda _request: httpx.Response(200, json=RIGHT), told)

    async def break_down() -> None:
        await until_sent(made, 3)
        raise RuntimeError("the upgrade failed")

    with pytest.raises(RuntimeError, match="the upgrade failed"):
        await made.during(break_down())

    assert len(made.figures.milliseconds) == made.figures.sent


def test_reasons_are_counted_the_commonest_first() -> None:
    figures = Figures()
    assert figures.why() == ""
    assert fault_in(200, RIGHT, lambda _data: True) is None
    assert json.loads(str(fault_in(200, {"data": {}}, lambda _data: True))) == {"data": {}}

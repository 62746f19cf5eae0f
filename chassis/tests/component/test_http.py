"""What every request carries along and leaves behind."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from chassis.http_metrics import REQUESTS
from chassis.server import Service
from chassis.telemetry import continue_trace, current_traceparent, trace_http_calls
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLED_BY = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}


async def _trace(request: Request) -> PlainTextResponse:
    return PlainTextResponse(current_traceparent() or "")


async def _broken(request: Request) -> PlainTextResponse:
    raise ValueError("burnt")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    service = Service("bakery", host="127.0.0.1", port=0)
    service.routes += [Route("/trace", _trace), Route("/cakes/{cake}", _trace, methods=["POST"])]
    service.routes += [Route("/broken", _broken)]
    service.readiness.open()
    transport = httpx.ASGITransport(service.app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://bakery") as client:
        yield client


def _count(route: str, method: str, status: int) -> float:
    return float(REQUESTS.labels(route, method, str(status))._value.get())


async def test_a_trace_that_the_caller_began_goes_on(client: httpx.AsyncClient) -> None:
    traceparent = (await client.get("/trace", headers=CALLED_BY)).text
    assert traceparent.split("-")[1] == TRACE


async def test_requests_are_counted_by_route_not_by_path(client: httpx.AsyncClient) -> None:
    before = _count("/cakes/{cake}", "POST", 200), _count("none", "GET", 404)
    for cake in ("a", "b"):
        await client.post(f"/cakes/{cake}")
    for path in ("/wp-admin", "/.env", "/x"):
        assert (await client.get(path)).status_code == 404
    after = _count("/cakes/{cake}", "POST", 200), _count("none", "GET", 404)
    assert (after[0] - before[0], after[1] - before[1]) == (2, 3)


async def test_what_breaks_says_nothing_and_is_counted(client: httpx.AsyncClient) -> None:
    before = _count("/broken", "GET", 500)
    answer = await client.get("/broken")
    assert answer.status_code == 500
    assert "burnt" not in answer.text
    assert _count("/broken", "GET", 500) == before + 1


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace_http_calls(provider)
    yield exporter
    HTTPXClientInstrumentor().uninstrument()
    provider.shutdown()


async def test_a_call_carries_the_trace_on_and_its_span_no_secret(
    spans: InMemorySpanExporter,
) -> None:
    heard: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as oven:
        port = oven.sockets[0].getsockname()[1]
        async with httpx.AsyncClient() as client:
            with continue_trace(CALLED_BY["traceparent"], "bake"):
                await client.get(f"http://127.0.0.1:{port}/heat?access_token=canary")
    assert f"traceparent: 00-{TRACE}-" in heard[0]
    (span,) = spans.get_finished_spans()
    assert f"http://127.0.0.1:{port}/heat" in str(span.attributes)
    assert "canary" not in span.to_json()

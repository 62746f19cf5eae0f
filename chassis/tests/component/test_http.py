"""What every request carries along and leaves behind."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from chassis.http_metrics import REQUESTS
from chassis.server import Service
from chassis.span_export import DiscreetExporter
from chassis.telemetry import trace_http_calls
from chassis.tracing import continue_trace, current_traceparent
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.util.types import AnyValue
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message
from starlette.websockets import WebSocket

TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLED_BY = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}


CANARY = "o6_canary_of_a_person"


async def _trace(request: Request) -> PlainTextResponse:
    return PlainTextResponse(current_traceparent() or "")


async def _broken(request: Request) -> PlainTextResponse:
    raise ValueError("burnt")


async def _buyer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.query_params["openid"])


async def _follow(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(websocket.query_params["openid"])
    await websocket.close()


@pytest.fixture
def provider() -> Iterator[TracerProvider]:
    provider = TracerProvider()
    yield provider
    provider.shutdown()


@pytest.fixture
def app(provider: TracerProvider) -> ASGIApp:
    service = Service("bakery", host="127.0.0.1", port=0)
    service.routes += [Route("/trace", _trace), Route("/cakes/{cake}", _trace, methods=["POST"])]
    service.routes += [Route("/broken", _broken), Route("/buyer", _buyer)]
    service.routes += [WebSocketRoute("/follow", _follow)]
    service.readiness.open()
    return service.app(provider=provider)


@pytest.fixture
async def client(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
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
def spans(provider: TracerProvider) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return exporter


@pytest.fixture
def exported(provider: TracerProvider) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(DiscreetExporter(exporter)))
    return exporter


async def test_a_query_reaches_the_service_and_no_span(
    client: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    answer = await client.get(f"/buyer?openid={CANARY}&signature=s1", headers=CALLED_BY)
    assert answer.text == CANARY
    (span,) = spans.get_finished_spans()
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" == TRACE
    assert "http://bakery/buyer" in span.to_json()
    assert CANARY not in span.to_json()
    assert "signature" not in span.to_json()


async def test_a_query_of_a_socket_reaches_no_span_either(
    app: ASGIApp, spans: InMemorySpanExporter
) -> None:
    sent: list[Message] = []
    scope = {
        "type": "websocket", "path": "/follow", "query_string": f"openid={CANARY}".encode(),
        "headers": [], "server": ("bakery", 80), "scheme": "ws", "subprotocols": [],
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    assert sent[1]["text"] == CANARY
    (span,) = spans.get_finished_spans()
    assert "/follow" in span.to_json()
    assert CANARY not in span.to_json()


async def test_a_query_that_is_no_text_is_left_to_the_service(
    app: ASGIApp, spans: InMemorySpanExporter
) -> None:
    sent: list[Message] = []
    scope = {
        "type": "http", "method": "GET", "path": "/trace", "query_string": b"openid=\xff",
        "headers": [], "server": ("bakery", 80), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    assert sent[0]["status"] == 200
    assert len(spans.get_finished_spans()) == 1


async def test_what_an_exception_says_is_not_exported(
    provider: TracerProvider, spans: InMemorySpanExporter, exported: InMemorySpanExporter
) -> None:
    def bake() -> None:
        with provider.get_tracer("bakery").start_as_current_span("bake"):
            raise ValueError(f"no cake for {CANARY}")

    with pytest.raises(ValueError, match=CANARY):
        bake()
    (whole,), (span,) = spans.get_finished_spans(), exported.get_finished_spans()
    assert CANARY in whole.to_json()
    assert CANARY not in span.to_json()
    (event,) = span.events
    assert event.attributes == {"exception.type": "ValueError", "exception.escaped": "False"}
    assert (span.name, span.context, span.status.status_code, span.start_time, span.end_time) == (
        whole.name, whole.context, whole.status.status_code, whole.start_time, whole.end_time,
    )  # fmt: skip


async def test_no_exported_attribute_has_a_query_whoever_wrote_it(
    provider: TracerProvider, exported: InMemorySpanExporter
) -> None:
    written: dict[str, AnyValue] = {
        "url.query": f"openid={CANARY}",
        "url.full": f"https://a.example/b?{CANARY}",
        "http.target": f"/b?{CANARY}",
        "asked": f"GET /b?openid={CANARY}",
        "loaves": 3,
    }
    with provider.get_tracer("bakery").start_as_current_span("bake", attributes=written) as span:
        span.add_event("asked", {"address": f"https://a.example/b?{CANARY}"})
    (shown,) = exported.get_finished_spans()
    assert CANARY not in shown.to_json()
    assert shown.attributes == {
        "url.full": "https://a.example/b", "http.target": "/b", "asked": "GET /b?[query]",
        "loaves": 3,
    }  # fmt: skip


@pytest.fixture
def calls(provider: TracerProvider) -> Iterator[None]:
    trace_http_calls(provider)
    yield
    HTTPXClientInstrumentor().uninstrument()


@pytest.mark.usefixtures("calls")
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
                await client.get(f"http://u:canary@127.0.0.1:{port}/heat?access_token=canary")
    assert f"traceparent: 00-{TRACE}-" in heard[0]
    (span,) = spans.get_finished_spans()
    assert f"http://127.0.0.1:{port}/heat" in str(span.attributes)
    assert "canary" not in span.to_json()

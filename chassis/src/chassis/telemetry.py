"""Logs, metrics and traces of one process, started together."""

import re
from typing import Protocol

import httpx
from opentelemetry import context, trace
from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON, ParentBased
from opentelemetry.trace import NonRecordingSpan, Span, SpanContext, TraceFlags
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.logs import configure_logs
from chassis.span_export import DiscreetExporter

_TRACEPARENT_FORM = re.compile(rb"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_QUIET_PATHS = "/live$,/ready$,/metrics$"
# A process that ends waits for its last spans to be taken, or for two such times.
_EXPORT_SECONDS = 3
_HIDDEN = "chassis.query_string"


class TelemetrySettings(Protocol):
    """What telemetry needs of a service's settings."""

    @property
    def log_level(self) -> str:
        """DEBUG, INFO, WARNING or ERROR."""

    @property
    def otel_exporter_otlp_endpoint(self) -> str | None:
        """Base address of an OTLP/HTTP collector; None exports nothing."""


def start_telemetry(settings: TelemetrySettings, *, process: str) -> None:
    """Start JSON logs on stderr and tracing for the process of this name, once.

    Without an exporter nothing is recorded, whatever a caller says of its own trace, but trace ids
    are still made and passed on, so that the log lines of one request can be found in every
    process.
    """
    configure_logs(process, settings.log_level)
    endpoint = settings.otel_exporter_otlp_endpoint
    provider = TracerProvider(
        resource=Resource.create({"service.name": process}),
        sampler=ParentBased(ALWAYS_ON) if endpoint else ALWAYS_OFF,
    )
    if endpoint:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        exporter = OTLPSpanExporter(
            endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=_EXPORT_SECONDS
        )
        provider.add_span_processor(BatchSpanProcessor(DiscreetExporter(exporter)))
    trace.set_tracer_provider(provider)
    trace_http_calls(provider)


def trace_http_calls(provider: TracerProvider) -> None:
    """Pass the trace on in every call that httpx makes from now on."""
    HTTPXClientInstrumentor().instrument(
        tracer_provider=provider, request_hook=_hide_query, async_request_hook=_hide_query_async
    )


def trace_requests(app: ASGIApp, *, provider: TracerProvider | None = None) -> ASGIApp:
    """Make each request that the app answers a span; what traces never sees the query of a URL.

    Where nothing is recorded there is no span, and its making, three times as dear as all else
    between socket and graph, is saved: the request is then part of its caller's.

    Args:
        provider: the process's own when None.
    """
    if getattr(provider or trace.get_tracer_provider(), "sampler", None) is ALWAYS_OFF:
        return _TraceContinued(app)
    traced = OpenTelemetryMiddleware(
        _QueryGivenBack(app),
        excluded_urls=_QUIET_PATHS,
        exclude_spans=["receive", "send"],
        tracer_provider=provider,
    )
    return _QueryHidden(traced)


class _TraceContinued:
    """Does what a request asks for as part of its caller's trace, or of one that begins here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ids = RandomIdGenerator()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        span = NonRecordingSpan(self._caller(scope))
        token = context.attach(trace.set_span_in_context(span))
        try:
            await self._app(scope, receive, send)
        finally:
            context.detach(token)

    def _caller(self, scope: Scope) -> SpanContext:
        given = next((value for name, value in scope["headers"] if name == b"traceparent"), b"")
        found = _TRACEPARENT_FORM.fullmatch(given)
        if found is not None:
            trace_id, span_id, flags = (int(part, 16) for part in found.groups())
            caller = SpanContext(trace_id, span_id, True, TraceFlags(flags))
            if caller.is_valid:
                return caller
        trace_id, span_id = self._ids.generate_trace_id(), self._ids.generate_span_id()
        return SpanContext(trace_id, span_id, False)


class _QueryHidden:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[_HIDDEN], scope["query_string"] = scope.get("query_string", b""), b""
        await self._app(scope, receive, send)


class _QueryGivenBack:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["query_string"] = scope.pop(_HIDDEN)
        await self._app(scope, receive, send)


def _hide_query(span: Span, request: object) -> None:
    """A query string may hold a token; the address without it says enough."""
    url = getattr(request, "url", None)
    if url is None or not span.is_recording():
        return
    shown = str(httpx.URL(url).copy_with(query=None, userinfo=b""))
    span.set_attribute("url.full", shown)
    span.set_attribute("http.url", shown)


async def _hide_query_async(span: Span, request: object) -> None:
    _hide_query(span, request)

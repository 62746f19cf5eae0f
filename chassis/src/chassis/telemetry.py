"""Logs, metrics and traces of one process, started together."""

from typing import Protocol

import httpx
from opentelemetry import trace
from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON, ParentBased
from opentelemetry.trace import Span
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.logs import configure_logs
from chassis.span_export import DiscreetExporter

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

    Without an exporter nothing is recorded, but trace ids are still made and passed on, so that
    the log lines of one request can be found in every process.
    """
    configure_logs(process, settings.log_level)
    endpoint = settings.otel_exporter_otlp_endpoint
    provider = TracerProvider(
        resource=Resource.create({"service.name": process}),
        sampler=ParentBased(ALWAYS_ON if endpoint else ALWAYS_OFF),
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

    Args:
        provider: the process's own when None.
    """
    traced = OpenTelemetryMiddleware(
        _QueryGivenBack(app),
        excluded_urls=_QUIET_PATHS,
        exclude_spans=["receive", "send"],
        tracer_provider=provider,
    )
    return _QueryHidden(traced)


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

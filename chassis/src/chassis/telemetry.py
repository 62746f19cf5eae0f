"""Logs, metrics and traces of one process, started together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from opentelemetry import trace
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON, ParentBased
from opentelemetry.trace import Span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from chassis.logs import configure_logs

_PROPAGATOR = TraceContextTextMapPropagator()
_TRACEPARENT = "traceparent"


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

        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    trace_http_calls(provider)


def trace_http_calls(provider: TracerProvider) -> None:
    """Pass the trace on in every call that httpx makes from now on."""
    HTTPXClientInstrumentor().instrument(
        tracer_provider=provider, request_hook=_hide_query, async_request_hook=_hide_query_async
    )


def current_traceparent() -> str | None:
    """The W3C traceparent of what is being done now, for a header or an outbox; None outside."""
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get(_TRACEPARENT)


@contextmanager
def continue_trace(traceparent: str | None, name: str) -> Iterator[Span]:
    """Do something as part of the trace that another process began; without one, begin it."""
    carrier = {_TRACEPARENT: traceparent} if traceparent else {}
    tracer = trace.get_tracer("chassis")
    with tracer.start_as_current_span(name, context=_PROPAGATOR.extract(carrier)) as span:
        yield span


def _hide_query(span: Span, request: object) -> None:
    """A query string may hold a token; the address without it says enough."""
    url = getattr(request, "url", None)
    if url is None or not span.is_recording():
        return
    shown = str(url).partition("?")[0]
    span.set_attribute("url.full", shown)
    span.set_attribute("http.url", shown)


async def _hide_query_async(span: Span, request: object) -> None:
    _hide_query(span, request)

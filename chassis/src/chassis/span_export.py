"""What leaves this process as a span: no query of a URL, and no words of an error.

A query may hold whose message it is (WeChat's callbacks) or a token (calls to WeChat), and what an
exception says may be anything. The log has it, redacted, under the same trace id.
"""

from collections.abc import Mapping, Sequence

from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Status
from opentelemetry.util.types import AnyValue

from chassis.logs import hide_queries

_ADDRESSES = frozenset({"url.full", "http.url", "http.target"})
_QUERY = "url.query"
_WORDS = frozenset({"exception.message", "exception.stacktrace"})


class DiscreetExporter(SpanExporter):
    """Hands spans on without what they must not tell, whoever put it there."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """See SpanExporter."""
        return self._exporter.export([_discreet(span) for span in spans])

    def shutdown(self) -> None:
        """See SpanExporter."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """See SpanExporter."""
        return self._exporter.force_flush(timeout_millis)


def _discreet(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=hide_queries(span.name),
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_discreet_attributes(span.attributes),
        events=[
            Event(event.name, _discreet_attributes(event.attributes), event.timestamp)
            for event in span.events
        ],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _discreet_attributes(attributes: Mapping[str, AnyValue] | None) -> dict[str, AnyValue]:
    return {
        name: _discreet_value(name, value)
        for name, value in (attributes or {}).items()
        if name != _QUERY and name not in _WORDS
    }


def _discreet_value(name: str, value: AnyValue) -> AnyValue:
    if not isinstance(value, str):
        return value
    return value.partition("?")[0] if name in _ADDRESSES else hide_queries(value)

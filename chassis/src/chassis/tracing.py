"""The trace of what is being done: told to the next process, continued from the one before.

Only the API of OpenTelemetry is imported here: whoever writes events needs nothing that records.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import Span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PROPAGATOR = TraceContextTextMapPropagator()
_TRACEPARENT = "traceparent"


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

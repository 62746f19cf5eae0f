"""Where no span is recorded a request still belongs to a trace: its caller's, or a new one."""

import pytest
from chassis.telemetry import trace_requests
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import SpanContext
from starlette.types import Receive, Scope, Send

_TRACE, _SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


async def _context_of(*headers: tuple[bytes, bytes]) -> SpanContext:
    found: list[SpanContext] = []

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        found.append(trace.get_current_span().get_span_context())

    async def nothing(*_: object) -> None: ...

    traced = trace_requests(app, provider=TracerProvider(sampler=ALWAYS_OFF))
    await traced({"type": "http", "headers": list(headers)}, nothing, nothing)  # type: ignore[arg-type]
    assert not trace.get_current_span().get_span_context().is_valid
    return found[0]


async def test_a_caller_is_followed_and_its_flags_are_passed_on() -> None:
    context = await _context_of((b"traceparent", f"00-{_TRACE}-{_SPAN}-01".encode()))
    assert f"{context.trace_id:032x}" == _TRACE
    assert f"{context.span_id:016x}" == _SPAN
    assert context.trace_flags.sampled


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"nonsense",
        f"ff-{_TRACE}-{_SPAN}-01".encode(),
        f"00-{'0' * 32}-{_SPAN}-01".encode(),
        f"00-{_TRACE}-{'0' * 16}-01".encode(),
    ],
)
async def test_what_names_no_trace_begins_one(given: bytes) -> None:
    first, second = [await _context_of((b"traceparent", given)) for _ in range(2)]
    assert first.is_valid
    assert not first.trace_flags.sampled
    assert first.trace_id != second.trace_id

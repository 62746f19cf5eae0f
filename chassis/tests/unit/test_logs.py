"""A log line is one JSON object without secrets."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from chassis.logs import Seldom, configure_logs, redact
from chassis.tracing import continue_trace, current_traceparent
from opentelemetry.sdk.trace import TracerProvider

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    monkeypatch.setattr("sys.stderr", stream)
    configure_logs("bakery-api", "INFO")
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def _only(lines: io.StringIO) -> dict[str, object]:
    (line,) = lines.getvalue().splitlines()
    content: dict[str, object] = json.loads(line)
    return content


def test_a_line_says_what_where_and_when(lines: io.StringIO) -> None:
    structlog.stdlib.get_logger("bakery.oven").info("baked", loaves=3)
    line = _only(lines)
    assert (line["event"], line["loaves"], line["level"]) == ("baked", 3, "info")
    assert (line["process"], line["logger"]) == ("bakery-api", "bakery.oven")
    assert str(line["timestamp"]).endswith("Z")


def test_the_standard_librarys_lines_are_alike(lines: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("from %s", "uvicorn", extra={"port": 1})
    line = _only(lines)
    assert (line["event"], line["port"]) == ("from uvicorn", 1)
    assert line["logger"] == "uvicorn.error"


def test_a_library_with_a_handler_of_its_own_loses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    library, root = logging.getLogger("faststream"), logging.getLogger()
    handlers, level = root.handlers, root.level
    library.addHandler(logging.StreamHandler(stream))
    configure_logs("bakery-api", "INFO")
    library.warning("topics")
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    assert _only(stream)["event"] == "topics"


def test_a_traceback_is_in_the_line_and_hides_secrets(lines: io.StringIO) -> None:
    try:
        raise ValueError("call 13800001111")
    except ValueError:
        structlog.stdlib.get_logger("bakery").exception("burnt")
    line = _only(lines)
    assert "ValueError: call [phone]" in str(line["exception"])


def test_a_line_within_a_trace_has_its_id(lines: io.StringIO) -> None:
    with continue_trace(TRACE, "bake"):
        structlog.stdlib.get_logger("bakery").info("baked")
    assert _only(lines)["trace_id"] == "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("password", "x"), ("access_token", "x"), ("Authorization", "x"), ("app_secret", b"x"),
        ("phone", "13800001111"), ("openid", "o_1"), ("totp_code", 123456), ("set-cookie", "x"),
        ("encoding_aes_key", "x"), ("invitation_code", "x"),
    ],
)  # fmt: skip
def test_a_field_by_such_a_name_is_hidden(name: str, value: object) -> None:
    assert redact(None, "", {name: value}) == {name: "[hidden]"}
    assert redact(None, "", {"of": {"it": {name: value}}}) == {"of": {"it": {name: "[hidden]"}}}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bearer abc.def", "Bearer [token]"),
        ("got eyJhbGciOi.eyJzdWIiOi.c2ln", "got [token]"),
        ("secret=abc&x=1", "secret=[secret]&x=1"),
        ('"GET /wechat/callback/c?openid=o&x=1"', '"GET /wechat/callback/c?[query]"'),
        ("at https://a.example/b?o_1, twice", "at https://a.example/b?[query] twice"),
        ("url?access_token=abc", "url?[query]"),
        ("what?", "what?"),
        ("mongodb://u:p@host/db", "mongodb://[secret]@host/db"),
        ("call 13800001111 or +86 138-0000-1111", "call [phone] or [phone]"),
        ("11010519491231002X", "[id number]"),
        ("order 2138000011112", "order 2138000011112"),
        ("issue_01h455vb4pex5vsknk084sn02q", "issue_01h455vb4pex5vsknk084sn02q"),
    ],
)
def test_a_value_that_looks_secret_is_hidden_anywhere(text: str, shown: str) -> None:
    assert redact(None, "", {"said": text}) == {"said": shown}
    assert redact(None, "", {"said": [(text,)]}) == {"said": [[shown]]}


def test_an_object_is_shown_as_its_redacted_text() -> None:
    assert redact(None, "", {"error": ValueError("13800001111")}) == {"error": "[phone]"}
    assert redact(None, "", {"n": 1, "no": None, "token_valid": True}) == {
        "n": 1,
        "no": None,
        "token_valid": True,
    }


def test_a_trace_id_is_never_taken_for_a_phone() -> None:
    line = {"trace_id": "a13800001111ab43dd8448eb211c80319", "message_id": "x13800001111x"}
    assert redact(None, "", dict(line)) == {**line, "message_id": "x[phone]x"}


def test_a_trace_goes_on_where_another_process_left_it() -> None:
    assert current_traceparent() is None
    with continue_trace(TRACE, "bake"):
        now = current_traceparent()
        assert now is not None
        assert now.split("-")[1] == TRACE.split("-")[1]
    assert current_traceparent() is None


def test_a_new_span_is_a_child_in_the_same_trace() -> None:
    tracer = TracerProvider().get_tracer("test")
    with tracer.start_as_current_span("bake"):
        outer = current_traceparent()
        with tracer.start_as_current_span("knead"):
            inner = current_traceparent()
    assert outer
    assert inner
    assert outer.split("-")[1] == inner.split("-")[1]
    assert outer.split("-")[2] != inner.split("-")[2]


def test_what_a_client_says_each_second_is_one_line_in_ten_minutes() -> None:
    now = 0.0
    seldom = Seldom("aiokafka", monotonic=lambda: now)

    def passes(name: str, message: str) -> bool:
        line = logging.LogRecord(name, logging.ERROR, "", 0, message, ("kafka:9092",), None)
        return seldom.filter(line)

    assert passes("aiokafka", "no way to %s")
    assert not passes("aiokafka", "no way to %s")
    assert passes("aiokafka.consumer", "another thing about %s")
    assert all(passes("chassis.consumer", "no way to %s") for _ in range(2))
    now = 599.0
    assert not passes("aiokafka", "no way to %s")
    now = 601.0
    assert passes("aiokafka", "no way to %s")

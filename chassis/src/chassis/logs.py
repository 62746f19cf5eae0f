"""Logs as JSON lines on stderr: structlog, the standard library's and uvicorn's alike."""

import logging
import re
import sys
import time
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any

import orjson
import structlog
from opentelemetry import trace

_SECRET_NAMES = re.compile(
    r"authorization|cookie|password|secret|token|totp|api_?key|aes_?key|private|phone|mobile|"
    r"openid|unionid|id_?card|invitation",
    re.IGNORECASE,
)
_SECRET_VALUES = (
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*"), "[token]"),
    (re.compile(r"(?i)\bbearer\s+\S+"), "Bearer [token]"),
    (
        re.compile(r"(?i)\b(access_token|secret|appsecret|password|js_code)=[^&\s\"']+"),
        r"\1=[secret]",
    ),
    (re.compile(r"(\w+://)[^/\s:@]+:[^/\s@]+@"), r"\1[secret]@"),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "[id number]"),
    (re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "[phone]"),
)
_URL = re.compile(r"://[^\s\"'<>]*")
_QUERY_OF_A_PATH = re.compile(r"(?<=[^\s?\"'<>])\?[^\s\"'<>=&?#]+=[^\s\"'<>]*")
_HIDDEN_QUERY = "?[query]"
# Made by machines, of digits that may look like a phone number.
_NEVER_SECRET = frozenset({"trace_id", "traceparent", "timestamp", "error_id"})
# uvicorn and websockets tell the whole address of every socket at INFO and DEBUG.
_QUIET = ("httpx", "httpcore", "aiokafka", "pymongo", "faststream", "uvicorn", "websockets")


_SELDOM_SECONDS = 600.0
_MESSAGES_REMEMBERED = 100


def configure_logs(process: str, level: str) -> None:
    """Send every log line of this process through one JSON formatter that hides secrets."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_trace,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _named(process),
            redact,
            structlog.processors.JSONRenderer(serializer=_to_json),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(Seldom("aiokafka"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _QUIET:
        quieted(name)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


class Seldom(logging.Filter):
    """Lets each message of a library through once in ten minutes.

    A client says each second that its broker is away, and a Pod may wait for it for days.
    """

    def __init__(self, library: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._library = library
        self._monotonic = monotonic
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether this line is written."""
        if record.name.partition(".")[0] != self._library:
            return True
        message, now = record.getMessage(), self._monotonic()
        if now - self._said.get(message, -_SELDOM_SECONDS) < _SELDOM_SECONDS:
            return False
        if len(self._said) >= _MESSAGES_REMEMBERED:
            self._said.clear()
        self._said[message] = now
        return True


def quieted(library: str) -> logging.Logger:
    """Give a library's logger, which says warnings alone and through the root.

    FastStream brings a handler of its own, whose lines are no JSON and hide nothing, and sets it up
    when it is imported: whoever imports it later asks again.
    """
    logger = logging.getLogger(library)
    logger.setLevel(max(logging.WARNING, logging.getLogger().level))
    logger.handlers, logger.propagate = [], True
    return logger


def hide_queries(text: str) -> str:
    """Leave of every URL in the text what stands before its query."""
    return _QUERY_OF_A_PATH.sub(_HIDDEN_QUERY, _URL.sub(_without_query, text))


def _without_query(url: re.Match[str]) -> str:
    before, _, query = url.group().partition("?")
    return f"{before}{_HIDDEN_QUERY}" if query else url.group()


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Hide what must never be in a log: by the name of a field, and by the look of a value."""
    return {name: _redacted(name, value) for name, value in event.items()}


def _redacted(name: str, value: object) -> object:
    if name in _NEVER_SECRET:
        return value
    if _SECRET_NAMES.search(name) and value is not None and not isinstance(value, bool):
        return "[hidden]"
    if isinstance(value, str):
        for pattern, shown in _SECRET_VALUES:
            value = pattern.sub(shown, value)
        return hide_queries(value)
    if isinstance(value, Mapping):
        return {key: _redacted(str(key), inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_redacted(name, inner) for inner in value]
    if isinstance(value, int | float) or value is None:
        return value
    return _redacted(name, str(value))


def _named(process: str) -> structlog.types.Processor:
    def name(
        _logger: object, _method: str, event: structlog.types.EventDict
    ) -> structlog.types.EventDict:
        event["process"] = process
        return event

    return name


def _add_trace(
    _logger: object, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = f"{context.trace_id:032x}"
    return event


def _to_json(event: object, **_options: object) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()

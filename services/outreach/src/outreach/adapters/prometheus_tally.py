"""Counts what happens, for Prometheus, and logs what should not."""

import structlog
from prometheus_client import Counter

POLLS = Counter(
    "linli_outreach_article_polls_total", "Articles polled for comments, by outcome.", ["outcome"]
)
REPLIES = Counter(
    "linli_outreach_reply_attempts_total", "Replies tried, by delivery after it.", ["delivery"]
)
NOTICES = Counter(
    "linli_outreach_notice_attempts_total",
    "Notices for a phone that were tried, by state after it.",
    ["state"],
)
LOOKUPS = Counter(
    "linli_outreach_commenter_lookups_total",
    "Times WeChat was asked who a commenter is, by outcome.",
    ["outcome"],
)
CALLBACKS = Counter(
    "linli_outreach_callbacks_total", "Callbacks of WeChat, by what became of them.", ["outcome"]
)
FAILURES = Counter(
    "linli_outreach_failures_total",
    "Pieces of work that failed in a way nobody foresaw, while the rest went on.",
    ["work"],
)
_log = structlog.stdlib.get_logger("outreach.failures")


class PrometheusTally:
    """The counters above."""

    def polled(self, outcome: str) -> None:
        """An article was polled: `ok`, or why not."""
        POLLS.labels(outcome).inc()

    def reply_attempted(self, outcome: str) -> None:
        """A reply was tried: its delivery after it."""
        REPLIES.labels(outcome).inc()

    def notice_attempted(self, outcome: str) -> None:
        """A notice was tried: its state after it."""
        NOTICES.labels(outcome).inc()

    def looked_up(self, outcome: str) -> None:
        """WeChat was asked who a commenter is: `known`, `unknown`, or why not."""
        LOOKUPS.labels(outcome).inc()

    def callback(self, outcome: str) -> None:
        """WeChat called: `stored`, `ignored`, or the code of the refusal."""
        CALLBACKS.labels(outcome).inc()

    def failed(self, work: str, about: str, error: Exception) -> None:
        """Something failed that nobody foresaw: counted, and logged with its traceback."""
        FAILURES.labels(work).inc()
        _log.error("work failed", work=work, about=about, exc_info=error)

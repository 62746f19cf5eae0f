"""Counts what happens, for Prometheus."""

from prometheus_client import Counter

POLLS = Counter(
    "linli_outreach_article_polls_total", "Articles polled for comments, by outcome.", ["outcome"]
)
REPLIES = Counter(
    "linli_outreach_reply_attempts_total", "Replies tried, by delivery after it.", ["delivery"]
)
CALLBACKS = Counter(
    "linli_outreach_callbacks_total", "Callbacks of WeChat, by what became of them.", ["outcome"]
)


class PrometheusTally:
    """The counters above."""

    def polled(self, outcome: str) -> None:
        """An article was polled: `ok`, or why not."""
        POLLS.labels(outcome).inc()

    def reply_attempted(self, outcome: str) -> None:
        """A reply was tried: its delivery after it."""
        REPLIES.labels(outcome).inc()

    def callback(self, outcome: str) -> None:
        """WeChat called: `stored`, `ignored`, or the code of the refusal."""
        CALLBACKS.labels(outcome).inc()

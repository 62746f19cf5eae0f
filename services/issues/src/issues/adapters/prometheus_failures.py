"""Counts, for Prometheus, what should not happen, and logs it."""

import structlog
from prometheus_client import Counter

FAILURES = Counter(
    "linli_issues_failures_total",
    "Pieces of work that failed in a way nobody foresaw, while the rest went on.",
    ["work"],
)
_log = structlog.stdlib.get_logger("issues.failures")


class PrometheusFailures:
    """The port `FailureTally`."""

    def failed(self, work: str, about: str, error: Exception) -> None:
        """See the port. What the error says may be a person's, so its kind alone is logged."""
        FAILURES.labels(work).inc()
        _log.error("work failed", work=work, about=about, kind=type(error).__name__)

"""What outreach tells of figures."""

from datetime import date, datetime
from typing import ClassVar

import msgspec


class MetricCaptured(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a day was noted, or corrected.

    Attributes:
        subject_id: the article or channel; None for the community itself.
        on: the day in China that the figure is of.
    """

    type: ClassVar[str] = "metric.captured.v1"

    community_id: str
    snapshot_id: str
    subject_kind: str
    subject_id: str | None
    metric: str
    value: int
    on: date
    source: str
    recorded_at: datetime

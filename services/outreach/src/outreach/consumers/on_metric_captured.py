"""A figure was noted: what stands now may be another."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import EarlyArrival, Handle

from outreach.application.metrics.keep_latest_figure import KeepLatestFigure
from outreach.domain.metrics.errors import MetricSnapshotNotFound


class MetricCaptured(msgspec.Struct, frozen=True):
    """What outreach needs of its own metric.captured; the rest is read from the snapshot."""

    type: ClassVar[str] = "metric.captured.v1"

    snapshot_id: str


def on_metric_captured(keep_latest_figure: KeepLatestFigure) -> Handle[MetricCaptured]:
    """Keep the latest."""

    async def handle(event: Received[MetricCaptured]) -> None:
        try:
            await keep_latest_figure.of_event(event.community_id, event.data.snapshot_id)
        except MetricSnapshotNotFound:
            # Told by a store that has been set back since.
            raise EarlyArrival(awaits=event.data.snapshot_id) from None

    return handle

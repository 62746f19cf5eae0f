"""The latest figure of each metric of each subject, to be read without walking the days."""

from datetime import datetime

import msgspec

from outreach.domain.metrics.snapshots import MetricSnapshot

_CORRECTIONS_OF_A_DAY_MAX = 1_000_000


class LatestFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What stands now.

    Attributes:
        published_at: of the article that the figure is about; None for another subject.
    """

    snapshot: MetricSnapshot
    published_at: datetime | None = None

    @property
    def place(self) -> int:
        """Rises by the day, and within a day by the correction: the highest one stands."""
        on, revision = self.snapshot.on, self.snapshot.revision
        return on.toordinal() * _CORRECTIONS_OF_A_DAY_MAX + revision

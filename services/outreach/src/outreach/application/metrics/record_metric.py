"""Note a figure of one day, or correct one."""

import msgspec
from chassis.requests import Request
from redaction.redactor import redact

from outreach.application.metrics.keep_latest_figure import KeepLatestFigure
from outreach.application.metrics.ports import Snapshots
from outreach.application.permit import permit
from outreach.application.ports import Articles, Channels, Now
from outreach.domain.metrics.errors import MetricSubjectNotFound
from outreach.domain.metrics.snapshots import (
    MetricSnapshot,
    Reading,
    Subject,
    SubjectKind,
    capture,
)
from outreach.domain.permissions import Actor, Operation


class RecordMetric:
    """Append a figure; nothing that was noted before is changed."""

    def __init__(
        self,
        snapshots: Snapshots,
        articles: Articles,
        channels: Channels,
        keep_latest_figure: KeepLatestFigure,
        now: Now,
    ) -> None:
        self._snapshots = snapshots
        self._articles = articles
        self._channels = channels
        self._keep_latest_figure = keep_latest_figure
        self._now = now

    async def __call__(
        self,
        actor: Actor,
        reading: Reading,
        *,
        snapshot_id: str,
        corrects: str | None,
        request: Request,
    ) -> MetricSnapshot:
        """Note a figure of an article or channel of the actor's community, or of itself.

        Args:
            corrects: the snapshot that it replaces, if any.
        Raises: Forbidden; MetricSubjectNotFound; MetricSnapshotNotFound; MetricUnfit;
            MetricValueInvalid; MetricDayInFuture; MetricHistoryInvalid;
            MetricCorrectionMismatched; MetricAlreadyRecorded; MetricAlreadyCorrected;
            RequestIdReused.
        Emits: metric.captured v1.
        """
        permit(actor, Operation.RECORD_METRIC)
        (there,) = await self._snapshots.get_many(actor.community_id, [snapshot_id])
        if there is not None:
            # A repeat gets the first outcome, whatever was corrected since.
            return await self._snapshots.add(there, request=request)
        await self._check_subject(actor.community_id, reading.subject)
        snapshot, events = capture(
            _without_numbers_of_people(reading),
            snapshot_id=snapshot_id,
            community_id=actor.community_id,
            corrected=await self._snapshots.get(actor.community_id, corrects) if corrects else None,
            at=self._now(),
            by=actor.account_id,
        )
        added = await self._snapshots.add(snapshot, events, request=request)
        # So that whoever noted it sees it; should this process end here, the event does it.
        await self._keep_latest_figure(added)
        return added

    async def _check_subject(self, community_id: str, subject: Subject) -> None:
        """Raises: MetricSubjectNotFound."""
        match subject.kind:
            case SubjectKind.ARTICLE:
                (found,) = await self._articles.get_many(community_id, [subject.id])
                known = found is not None
            case SubjectKind.CHANNEL:
                (channel,) = await self._channels.get_many(community_id, [subject.id])
                known = channel is not None
            case SubjectKind.COMMUNITY:
                known = subject.id == community_id
        if not known:
            raise MetricSubjectNotFound


def _without_numbers_of_people(reading: Reading) -> Reading:
    """Who said a historical figure is public: what points at one person is taken out."""
    if reading.history is None:
        return reading
    stated_by = redact(reading.history.stated_by)
    history = msgspec.structs.replace(reading.history, stated_by=stated_by)
    return msgspec.structs.replace(reading, history=history)

"""An event told what happened to an issue."""

from dataclasses import dataclass

from issues.application.public.ports import EntryId, Timeline
from issues.domain.timeline.entry import Happening, TimelineEntry, entry_of


@dataclass(frozen=True)
class WriteTimeline:
    """Write it down once, however often it is told."""

    timeline: Timeline
    entry_id: EntryId

    async def __call__(
        self, community_id: str, happening: Happening, *, sequence: int
    ) -> TimelineEntry:
        return await self.timeline.add(
            entry_of(
                happening,
                entry_id=self.entry_id(happening.identity),
                community_id=community_id,
                sequence=sequence,
            )
        )

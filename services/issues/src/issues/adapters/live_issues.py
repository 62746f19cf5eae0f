"""Issues as people follow them, kept fresh by this service's own events."""

from collections.abc import AsyncGenerator

from chassis.live import LiveReads
from chassis.topic_tail import Record

from issues.application.ports import Issues
from issues.domain.issue import Issue

_COMMUNITY_HEADER = "ce_communityid"


class LiveIssues:
    """The port `LiveIssues`."""

    def __init__(self, issues: Issues) -> None:
        self._issues = issues
        self._reads: LiveReads[tuple[str, str], Issue | None] = LiveReads(self._read)

    def watch(self, community_id: str, issue_id: str) -> AsyncGenerator[Issue | None, None]:
        """See the port."""
        return self._reads.watch((community_id, issue_id))

    async def on_record(self, record: Record) -> None:
        """Take notice of an event; its key is the id of what it is about."""
        community = record.headers.get(_COMMUNITY_HEADER)
        if community is not None and record.key is not None:
            self._reads.changed((community.decode(), record.key.decode()))

    def on_state(self, caught_up: bool) -> None:
        """Read everything again when the topic could be read again."""
        if caught_up:
            self._reads.all_changed()

    async def _read(self, key: tuple[str, str]) -> Issue | None:
        community_id, issue_id = key
        (issue,) = await self._issues.get_many(community_id, [issue_id])
        return issue

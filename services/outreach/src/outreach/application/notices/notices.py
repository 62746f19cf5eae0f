"""What the room of notices can do for a person, on one page."""

from dataclasses import dataclass

from outreach.application.notices.mark_notices_read import MarkNoticesRead
from outreach.application.notices.queries import NoticeQueries
from outreach.application.notices.record_grant import RecordGrant


@dataclass(frozen=True)
class Notices:
    """The use cases and reads behind the graph."""

    record_grant: RecordGrant
    mark_notices_read: MarkNoticesRead
    queries: NoticeQueries

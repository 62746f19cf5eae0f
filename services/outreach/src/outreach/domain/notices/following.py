"""Who follows an issue, by events that may come late, again, and in any order."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from outreach.domain.events import Event
from outreach.domain.notices.issue_steps import IssueStep

MARKS_KEPT = 20


class Mark(msgspec.Struct, frozen=True, order=True):
    """From when on an account follows an issue, or does so no longer."""

    at: datetime
    follows: bool


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one account and one issue.

    Whatever is asked of it depends on the marks and not on the order in which they came.

    Attributes:
        marks: the latest, by time; where two are of one moment, whoever follows does.
    """

    id: str
    community_id: str
    version: int = 0
    issue_id: str
    account_id: str
    marks: tuple[Mark, ...] = ()

    def marked(self, mark: Mark) -> "Changed":
        """Take note that the account follows the issue from then on, or does so no longer."""
        if mark in self.marks:
            return self, []
        marks = tuple(sorted((*self.marks, mark))[-MARKS_KEPT:])
        return msgspec.structs.replace(self, marks=marks), []

    def sees(self, step: IssueStep) -> bool:
        """Whether it can read of a step: of whatever happened until it left the issue."""
        if not self.marks:
            return False
        last = self.marks[-1]
        return last.follows or step.happened_at < last.at

    def hears(self, step: IssueStep) -> bool:
        """Whether it is told at once: it followed then, and did not do it itself."""
        before = [mark for mark in self.marks if mark.at <= step.happened_at]
        followed = bool(before) and before[-1].follows
        return followed and step.happening.by != self.account_id


Changed = tuple[Following, Sequence[Event]]

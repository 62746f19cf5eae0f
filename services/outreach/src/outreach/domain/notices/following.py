"""Who follows an issue, by events that may come late, again, and in any order."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from outreach.domain.events import Event
from outreach.domain.notices.issue_steps import IssueStep

MARKS_KEPT = 20


class Mark(msgspec.Struct, frozen=True, order=True):
    """From when on an account follows an issue, or does so no longer.

    Attributes:
        as_reporter: whether it does because the issue is its own.
    """

    at: datetime
    follows: bool
    as_reporter: bool = False


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
        """Whether a step is news to it: what happened while it followed.

        To the reporter everything is that happened until they left; to another, what was before
        is the issue's history, which is read there.
        """
        if not any(mark.follows and mark.as_reporter for mark in self.marks):
            return self._followed(step.happened_at)
        last = self.marks[-1]
        return last.follows or step.happened_at < last.at

    def hears(self, step: IssueStep) -> bool:
        """Whether it is told at once: it followed then, and did not do it itself."""
        return self._followed(step.happened_at) and step.happening.by != self.account_id

    def _followed(self, at: datetime) -> bool:
        before = [mark for mark in self.marks if mark.at <= at]
        return bool(before) and before[-1].follows


Changed = tuple[Following, Sequence[Event]]

"""An appointment: a post held for a term."""

from datetime import date, datetime

import msgspec

from residents.domain.china_days import beginning_of, day_of, end_of
from residents.domain.roles import Role, RoleGrant
from residents.domain.teams.posts import Post
from residents.domain.teams.terms import Term


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a membership, which keeps it when it is over.

    Attributes:
        title: the post as the team words it.
        account_id: whose it is, as was known when it was made; None without an account.
        relieved_at: when the term was cut short; the reason lies with the membership's facts.
    """

    id: str
    post: Post
    title: str
    term: Term
    estate_ids: tuple[str, ...]
    account_id: str | None
    appointed_at: datetime
    appointed_by: str
    relieved_at: datetime | None = None

    @property
    def is_stewards(self) -> bool:
        """Whether it makes a steward."""
        return self.post is Post.STEWARD

    def stands_on(self, day: date) -> bool:
        """Whether the post is held on that day."""
        return self.term.includes(day)

    def role(self, at: datetime) -> RoleGrant | None:
        """The role that goes with it from now on; None when there is none (any more)."""
        until = self._ends_at()
        is_over = self.term.is_empty or (until is not None and until <= at)
        if not self.is_stewards or is_over:
            return None
        return RoleGrant(
            Role.STEWARD,
            scope=self.estate_ids,
            since=beginning_of(self.term.from_day),
            until=until,
            source=self.id,
        )

    def _ends_at(self) -> datetime | None:
        """With the last day; at once, where the term was cut short to a day that had begun."""
        last = self.term.until_day
        if last is None:
            return None
        if self.relieved_at is not None and last <= day_of(self.relieved_at):
            return self.relieved_at
        return end_of(last)

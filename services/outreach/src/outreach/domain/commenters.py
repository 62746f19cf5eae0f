"""A commenter: one person as an official account of WeChat's knows them, and whose account that is.

WeChat gives another openid to each official account and mini-program. What they have in common is
the unionid; of that only a keyed hash is kept, which residents make alike.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from outreach.domain.events import Event
from outreach.domain.joining import Joined, JoinedBy, which_stands

ASK_AGAIN_AFTER = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""Who does not follow the account has no unionid, but may follow it later."""


class Commenter(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever stands behind one pseudonym.

    Attributes:
        channel_id: by whose account WeChat is asked; the one last written to.
        union_mark: keyed hash of the unionid; None as long as WeChat has not said it.
        asked_in_vain: how often WeChat knew no unionid.
        asked_at: when WeChat last answered.
        due_at: when there is something to find out or to do; None where there is nothing.
    """

    id: str
    community_id: str
    version: int = 0
    person_key: str
    channel_id: str
    union_mark: str | None = None
    asked_in_vain: int = 0
    asked_at: datetime | None = None
    due_at: datetime | None = None
    joined: Joined | None = None

    def wrote(self, channel_id: str, at: datetime) -> "Changed":
        """Take note that the person wrote again: by now they may follow the account."""
        here = msgspec.structs.replace(self, channel_id=channel_id)
        lately = self.asked_at is None or at < self.asked_at + ASK_AGAIN_AFTER[0]
        if self.union_mark is not None or lately:
            return here, []
        return msgspec.structs.replace(here, due_at=at), []

    def recognise(self, union_mark: str, at: datetime) -> "Changed":
        """Keep what WeChat said; it stays due until it was held against the accounts."""
        return msgspec.structs.replace(self, union_mark=union_mark, asked_at=at, due_at=at), []

    def remain_unknown(self, at: datetime) -> "Changed":
        """WeChat knows the openid and no unionid: ask again after days, then no more."""
        again = ASK_AGAIN_AFTER[self.asked_in_vain : self.asked_in_vain + 1]
        unknown = msgspec.structs.replace(
            self,
            asked_in_vain=self.asked_in_vain + 1,
            asked_at=at,
            due_at=at + again[0] if again else None,
        )
        return unknown, []

    def postpone(self, until: datetime) -> "Changed":
        """Nothing was found out this time."""
        return msgspec.structs.replace(self, due_at=until), []

    def settle(self) -> "Changed":
        """Nothing more is to be found out or done, until they write again."""
        return msgspec.structs.replace(self, due_at=None), []

    def join(self, joined: Joined) -> "Changed":
        """Join what they write from now on to an account."""
        return msgspec.structs.replace(self, joined=which_stands(self.joined, joined)), []

    def part(self, account_id: str, left_at: datetime) -> "Changed":
        """Join nothing more to an account that was left; a link opened since then counts."""
        joined = self.joined
        if joined is None or joined.account_id != account_id:
            return self, []
        if joined.how is JoinedBy.LINK and joined.at > left_at:
            return self, []
        return msgspec.structs.replace(self, joined=None), []


Changed = tuple[Commenter, Sequence[Event]]


def meet(
    *,
    commenter_id: str,
    community_id: str,
    person_key: str,
    channel_id: str,
    has_openid: bool,
    at: datetime,
) -> Commenter:
    """A commenter nobody has met yet; without an openid there is nothing to ask WeChat."""
    return Commenter(
        id=commenter_id,
        community_id=community_id,
        person_key=person_key,
        channel_id=channel_id,
        due_at=at if has_openid else None,
    )

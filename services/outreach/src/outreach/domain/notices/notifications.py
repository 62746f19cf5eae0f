"""A notice to one account of one thing that happened, and its way to the person's phone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from outreach.domain.events import Event
from outreach.domain.notices.issue_steps import Happening
from outreach.domain.notices.kinds import VOUCHER_KINDS, Template, template_of
from outreach.domain.notices.words import Words
from outreach.domain.replies import DeliveryFailure

SENT_WITHIN = timedelta(days=3)
"""What happened longer ago is read in the app alone: facts told again flood no phone."""


class DeliveryState(StrEnum):
    """How far a notice has come on its way to the phone."""

    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NO_GRANT = "no_grant"


class PhoneDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """One subscribe message to WeChat, which takes each only for a permission of the person's.

    Attributes:
        due_at: when a pending one is to be tried next.
        attempts: how often WeChat was called for it.
        grant_id: the permission that the call under way, or the last, was made with.
        failure: why it did not arrive, or why the attempt before this one did not.
    """

    state: DeliveryState
    due_at: datetime | None
    attempts: int = 0
    sending_at: datetime | None = None
    delivered_at: datetime | None = None
    grant_id: str | None = None
    failure: DeliveryFailure | None = None


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """One per thing that happened and account; the person reads it in the app in any case.

    Attributes:
        id: derived from the two.
        subject_id: the issue or the voucher.
        told_sequence: of the event that told it, to tell apart what happened at one moment.
        phone: None for what is read in the app alone.
        shown: whether the app shows it; not where the account had left the issue by then.
        read_at: when the person had read it.
    """

    id: str
    community_id: str
    version: int = 0
    account_id: str
    subject_id: str
    words: Words
    happened_at: datetime
    told_sequence: int
    phone: PhoneDelivery | None
    shown: bool = True
    read_at: datetime | None = None

    @property
    def template(self) -> Template:
        """By which template it goes to the phone."""
        return template_of(self.words.kind)

    @property
    def page(self) -> str:
        """The page of the mini-program that it opens."""
        name = "voucher" if self.words.kind in VOUCHER_KINDS else "issue"
        return f"pages/{name}?id={self.subject_id}"

    def read(self, at: datetime) -> "Changed":
        """Take note that the person has read it; the first time counts."""
        if self.read_at is not None:
            return self, []
        return msgspec.structs.replace(self, read_at=at), []

    def fitted(self, *, seen: bool, heard: bool, at: datetime) -> "Changed":
        """Follow what came to be known of who follows the issue; what was sent stays sent."""
        phone = self.phone
        if phone is None and seen and heard:
            phone = on_the_way(self.happened_at, at)
        elif phone is not None and not (seen and heard) and phone.state is DeliveryState.PENDING:
            phone = None
        return msgspec.structs.replace(self, shown=seen, phone=phone), []


def notice_of(
    happening: Happening,
    *,
    id: str,  # noqa: A002
    community_id: str,
    account_id: str,
    heard: bool,
    at: datetime,
) -> Notification:
    """The notice of something to one account; for the phone if the account is told at once."""
    return Notification(
        id=id,
        community_id=community_id,
        account_id=account_id,
        subject_id=happening.subject_id,
        words=happening.words,
        happened_at=happening.happened_at,
        told_sequence=happening.sequence,
        phone=on_the_way(happening.happened_at, at) if heard else None,
    )


def on_the_way(happened_at: datetime, at: datetime) -> PhoneDelivery | None:
    """The delivery of what has just become known; None for what happened too long ago."""
    if at - happened_at > SENT_WITHIN:
        return None
    return PhoneDelivery(state=DeliveryState.PENDING, due_at=at)


Changed = tuple[Notification, Sequence[Event]]

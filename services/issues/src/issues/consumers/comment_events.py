"""What this service needs to know of comments."""

from datetime import datetime
from typing import ClassVar

import msgspec

from issues.domain.intake import IntakeSource

OUTREACH_TOPIC = "linli.outreach.events"


class CommentReceived(msgspec.Struct, frozen=True):
    """Somebody wrote under an article or to a channel."""

    type: ClassVar[str] = "comment.received.v1"
    comment_id: str
    source: IntakeSource
    channel_id: str
    article_id: str | None
    person_key: str
    redacted_text: str
    received_at: datetime


class CommentReplied(msgspec.Struct, frozen=True):
    """The reply has reached the person."""

    type: ClassVar[str] = "comment.replied.v1"
    comment_id: str
    replied_at: datetime
    replied_by: str


class CommentEdited(msgspec.Struct, frozen=True):
    """The person wrote it otherwise."""

    type: ClassVar[str] = "comment.edited.v1"
    comment_id: str
    redacted_text: str
    edited_at: datetime


class CommentDeleted(msgspec.Struct, frozen=True):
    """The person took it back."""

    type: ClassVar[str] = "comment.deleted.v1"
    comment_id: str
    deleted_at: datetime


class CommentJoined(msgspec.Struct, frozen=True):
    """It is known whose account it is of."""

    type: ClassVar[str] = "comment.joined.v1"
    comment_id: str
    account_id: str
    joined_person_key: str | None
    joined_at: datetime

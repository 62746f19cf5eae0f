"""What outreach tells the others. Fields are the facts after it; people are a pseudonym."""

from datetime import datetime
from typing import ClassVar

import msgspec


class ArticlePublished(msgspec.Struct, frozen=True, kw_only=True):
    """An article is there for people to read and to comment on."""

    type: ClassVar[str] = "article.published.v1"

    community_id: str
    article_id: str
    channel_id: str
    title: str
    url: str
    published_at: datetime


class CommentReceived(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody wrote to us."""

    type: ClassVar[str] = "comment.received.v1"

    community_id: str
    comment_id: str
    source: str
    channel_id: str
    article_id: str | None
    person_key: str
    redacted_text: str
    received_at: datetime


class CommentReplied(msgspec.Struct, frozen=True, kw_only=True):
    """WeChat took our reply."""

    type: ClassVar[str] = "comment.replied.v1"

    community_id: str
    comment_id: str
    person_key: str
    replied_at: datetime
    replied_by: str


class CommentEdited(msgspec.Struct, frozen=True, kw_only=True):
    """The person changed the words."""

    type: ClassVar[str] = "comment.edited.v1"

    community_id: str
    comment_id: str
    redacted_text: str
    edited_at: datetime


class CommentDeleted(msgspec.Struct, frozen=True, kw_only=True):
    """The person took the comment back."""

    type: ClassVar[str] = "comment.deleted.v1"

    community_id: str
    comment_id: str
    deleted_at: datetime


class CommentJoined(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote is known to be of an account's person.

    Attributes:
        joined_person_key: the account's pseudonym; None while nobody is verified behind it.
    """

    type: ClassVar[str] = "comment.joined.v1"

    community_id: str
    comment_id: str
    person_key: str
    account_id: str
    joined_person_key: str | None
    how: str
    joined_at: datetime


Event = (
    ArticlePublished
    | CommentReceived
    | CommentReplied
    | CommentEdited
    | CommentDeleted
    | CommentJoined
)

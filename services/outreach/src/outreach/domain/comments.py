"""A comment: what one person wrote to us under an article or as a message.

Two things go on side by side. `state` is where the comment stands with the staff; the reply's
`delivery` is how far the words to the person have come. A hazard is linked before any reply.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from outreach.domain import errors, events
from outreach.domain.events import Event
from outreach.domain.join_links import JoinLink
from outreach.domain.joining import Joined, which_stands
from outreach.domain.replies import (
    COMMENT_GONE,
    MESSAGE_WINDOW,
    REPLY_MAX_LENGTH,
    Delivery,
    Reply,
)
from outreach.domain.typed_text import typed_text


class CommentSource(StrEnum):
    """How it reached us."""

    ARTICLE = "article"
    MESSAGE = "message"


class CommentState(StrEnum):
    """Where it stands with the staff."""

    RECEIVED = "received"
    REPLIED = "replied"
    LINKED = "linked"
    DISMISSED = "dismissed"
    CLOSED = "closed"


class ArticlePlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where WeChat keeps an article comment."""

    message_data_id: int
    index: int
    user_comment_id: int


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, thrice: as typed, without what names a person, as a keyed hash."""

    text: str
    redacted_text: str
    text_mark: str


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """One comment.

    Attributes:
        person_key: pseudonym of who wrote it; also names the key that encrypts their words.
        openid: whom WeChat delivers a message to; absent where WeChat does not say.
        text: as typed; encrypted at rest; None once the person's key has been destroyed.
        text_mark: keyed hash of the text, by which an edit is noticed without decrypting.
        commented_at: when WeChat says it was written.
        received_at: when it was stored here; the clock of the first reply starts.
        edited_at: when the person last changed it, or it was shown again after a deletion.
        join_link: the last link that was sent with a reply.
        joined: whose it is, as far as that is known.
    """

    id: str
    community_id: str
    version: int = 0
    channel_id: str
    source: CommentSource
    article_id: str | None = None
    place: ArticlePlace | None = None
    person_key: str
    openid: str | None
    text: str | None
    redacted_text: str
    text_mark: str
    commented_at: datetime
    received_at: datetime
    state: CommentState = CommentState.RECEIVED
    reply: Reply | None = None
    replied_at: datetime | None = None
    intake_id: str | None = None
    issue_id: str | None = None
    linked_at: datetime | None = None
    dismissed_reason: str | None = None
    dismissed_at: datetime | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    join_link: JoinLink | None = None
    joined: Joined | None = None

    @property
    def received(self) -> events.CommentReceived:
        """The fact that it is there, as it reads now."""
        return events.CommentReceived(
            community_id=self.community_id,
            comment_id=self.id,
            source=self.source.value,
            channel_id=self.channel_id,
            article_id=self.article_id,
            person_key=self.person_key,
            redacted_text=self.redacted_text,
            received_at=self.received_at,
        )

    def edit(self, words: Words, at: datetime) -> "Changed":
        """Take over the words as the person has changed them. Emits: comment.edited v1."""
        if words.text_mark == self.text_mark:
            return self, []
        edited = msgspec.structs.replace(
            self,
            text=words.text,
            redacted_text=words.redacted_text,
            text_mark=words.text_mark,
            edited_at=at,
        )
        return edited, [_edited(edited, at)]

    def delete(self, at: datetime) -> "Changed":
        """Record that the person took it back: nothing can be said there any more.

        A reply that waits, or of which nothing will be seen any more, has failed; one that is
        being sent is settled by its sender. Emits: comment.deleted v1.
        """
        if self.deleted_at is not None:
            return self, []
        deleted = msgspec.structs.replace(
            self, state=CommentState.CLOSED, deleted_at=at, reply=_given_up(self.reply)
        )
        return deleted, [_deleted(deleted, at)]

    def restore(self, words: Words, at: datetime) -> "Changed":
        """Take back a deletion: WeChat shows the comment again, with these words.

        It stands with the staff where it stood. A reply that was given up stays failed; another
        may be written. Emits: comment.edited v1, which tells the others how it reads.
        """
        if self.deleted_at is None:
            return self.edit(words, at)
        restored = msgspec.structs.replace(
            self,
            text=words.text,
            redacted_text=words.redacted_text,
            text_mark=words.text_mark,
            edited_at=at,
            deleted_at=None,
        )
        restored = msgspec.structs.replace(restored, state=_state_by_what_was_done(restored))
        return restored, [_edited(restored, at)]

    def may_be_past_reach(self, at: datetime) -> bool:
        """Whether WeChat delivers an answer only if the person has written again since."""
        return self.source is CommentSource.MESSAGE and at > self.commented_at + MESSAGE_WINDOW

    def request_reply(
        self, text: str, *, by: str, at: datetime, last_wrote_at: datetime | None = None
    ) -> "Changed":
        """Note what to answer; the worker sends it.

        Args:
            last_wrote_at: when the person last sent a message, where that is known to be later
                than this one: WeChat's 48 hours run from there.
        Raises: ReplyEmpty; ReplyTooLong; CommentDeleted; AlreadyReplied; ReplyUndetermined;
            ReplyWindowClosed.
        """
        text = typed_text(text)
        if not text:
            raise errors.ReplyEmpty
        if len(text) > REPLY_MAX_LENGTH:
            raise errors.ReplyTooLong
        if self.deleted_at is not None or self.text is None:
            raise errors.CommentDeleted
        self._refuse_second_reply()
        reached_until = (last_wrote_at or self.commented_at) + MESSAGE_WINDOW
        if self.may_be_past_reach(at) and at > reached_until:
            raise errors.ReplyWindowClosed
        reply = Reply(
            text=text, delivery=Delivery.PENDING, requested_by=by, requested_at=at, due_at=at
        )
        return msgspec.structs.replace(self, reply=reply), []

    def replied(self, at: datetime) -> "Changed":
        """Record that the person has our reply. Emits: comment.replied v1."""
        if self.reply is None or self.reply.delivery is Delivery.DELIVERED:
            return self, []
        reply = msgspec.structs.replace(
            self.reply, delivery=Delivery.DELIVERED, delivered_at=at, due_at=None, failure=None
        )
        waiting = self.state is CommentState.RECEIVED
        delivered = msgspec.structs.replace(
            self,
            reply=reply,
            replied_at=at,
            state=CommentState.REPLIED if waiting else self.state,
        )
        return delivered, _replied(delivered)

    def link(self, *, intake_id: str, issue_id: str, at: datetime) -> "Changed":
        """Record that it has become an issue."""
        if self.issue_id == issue_id:
            return self, []
        linked = msgspec.structs.replace(self, intake_id=intake_id, issue_id=issue_id, linked_at=at)
        return _now_in(linked, CommentState.LINKED), []

    def dismiss(self, *, intake_id: str, reason: str, at: datetime) -> "Changed":
        """Record that the staff found nothing to do about it. An issue made of it stands."""
        if self.dismissed_at is not None or self.issue_id is not None:
            return self, []
        dismissed = msgspec.structs.replace(
            self, intake_id=intake_id, dismissed_reason=reason, dismissed_at=at
        )
        return _now_in(dismissed, CommentState.DISMISSED), []

    def join(self, joined: Joined) -> "Changed":
        """Record whose it is; see `which_stands`. Emits: comment.joined v1."""
        stands = which_stands(self.joined, joined)
        if stands == self.joined:
            return self, []
        now_joined = msgspec.structs.replace(self, joined=stands)
        return now_joined, _joined(now_joined)

    def take_over(self, joined: Joined, *, mark: str) -> "Changed":
        """Let somebody have it who opened its link. What is theirs already stays theirs.

        Args:
            mark: keyed hash of the code that they gave.
        Raises: JoinCodeInvalid.
        Emits: comment.joined v1.
        """
        link = self.join_link
        if link is None or link.mark != mark or joined.at >= link.expires_at or self.text is None:
            raise errors.JoinCodeInvalid
        if self.joined is not None and self.joined.account_id != joined.account_id:
            raise errors.JoinCodeInvalid
        return self.join(joined)

    def facts(self) -> list[Event]:
        """All that others may know of it, as it is now."""
        told: list[Event] = [self.received]
        if self.edited_at is not None:
            told.append(_edited(self, self.edited_at))
        told += _replied(self)
        told += _joined(self)
        if self.deleted_at is not None:
            told.append(_deleted(self, self.deleted_at))
        return told

    def _refuse_second_reply(self) -> None:
        if self.reply is None or self.reply.delivery is Delivery.FAILED:
            return
        if self.reply.delivery is not Delivery.UNKNOWN:
            raise errors.AlreadyReplied
        if self.source is CommentSource.ARTICLE:
            raise errors.ReplyUndetermined
        # WeChat never says what became of a message, so a person decides to write again.


Changed = tuple[Comment, Sequence[Event]]


def receive(
    *,
    comment_id: str,
    community_id: str,
    channel_id: str,
    source: CommentSource,
    article_id: str | None = None,
    place: ArticlePlace | None = None,
    person_key: str,
    openid: str | None,
    words: Words,
    commented_at: datetime,
    at: datetime,
) -> Changed:
    """A comment nobody has seen yet. Emits: comment.received v1."""
    comment = Comment(
        id=comment_id,
        community_id=community_id,
        channel_id=channel_id,
        source=source,
        article_id=article_id,
        place=place,
        person_key=person_key,
        openid=openid,
        text=words.text,
        redacted_text=words.redacted_text,
        text_mark=words.text_mark,
        commented_at=commented_at,
        received_at=at,
    )
    return comment, [comment.received]


def _now_in(comment: Comment, state: CommentState) -> Comment:
    """Move on, unless the person has taken the comment back: closed stays closed."""
    if comment.state is CommentState.CLOSED:
        return comment
    return msgspec.structs.replace(comment, state=state)


def _state_by_what_was_done(comment: Comment) -> CommentState:
    if comment.issue_id is not None:
        return CommentState.LINKED
    if comment.dismissed_at is not None:
        return CommentState.DISMISSED
    return CommentState.REPLIED if comment.replied_at is not None else CommentState.RECEIVED


def _given_up(reply: Reply | None) -> Reply | None:
    if reply is None or reply.delivery not in {Delivery.PENDING, Delivery.UNKNOWN}:
        return reply
    return msgspec.structs.replace(
        reply, delivery=Delivery.FAILED, due_at=None, failure=COMMENT_GONE
    )


def _edited(comment: Comment, at: datetime) -> events.CommentEdited:
    return events.CommentEdited(
        community_id=comment.community_id,
        comment_id=comment.id,
        redacted_text=comment.redacted_text,
        edited_at=at,
    )


def _deleted(comment: Comment, at: datetime) -> events.CommentDeleted:
    return events.CommentDeleted(
        community_id=comment.community_id, comment_id=comment.id, deleted_at=at
    )


def _joined(comment: Comment) -> list[Event]:
    if comment.joined is None:
        return []
    joined = events.CommentJoined(
        community_id=comment.community_id,
        comment_id=comment.id,
        person_key=comment.person_key,
        account_id=comment.joined.account_id,
        joined_person_key=comment.joined.person_key,
        how=comment.joined.how.value,
        joined_at=comment.joined.at,
    )
    return [joined]


def _replied(comment: Comment) -> list[Event]:
    if comment.reply is None or comment.replied_at is None:
        return []
    replied = events.CommentReplied(
        community_id=comment.community_id,
        comment_id=comment.id,
        person_key=comment.person_key,
        replied_at=comment.replied_at,
        replied_by=comment.reply.requested_by,
    )
    return [replied]

"""The steps of a reply's delivery: each is one write, so that a crash leaves a truth behind.

`pending` → `sending` is written before WeChat is called and the outcome after it. WeChat offers
no idempotency key: a reply found `sending` without a sender becomes `unknown`, is shown, and is
not sent again.
"""

from datetime import datetime
from html import unescape

import msgspec

from outreach.domain.comments import Changed, Comment
from outreach.domain.join_links import INVITATION, JoinLink
from outreach.domain.replies import (
    ANSWERED_ELSEWHERE,
    COMMENT_GONE,
    CRASHED_AFTER,
    NOT_SHOWN_BY_WECHAT,
    RETRY_AFTER,
    SETTLED_AFTER,
    Delivery,
    DeliveryFailure,
    Reply,
)


def start(comment: Comment, at: datetime, link: JoinLink | None = None) -> Changed:
    """Mark a due reply as being sent; whoever gets this write through is its only sender.

    Args:
        link: what the person can take the matter over by, if the reply says so.
    """
    reply = comment.reply
    if reply is None or reply.delivery is not Delivery.PENDING:
        return comment, []
    if comment.deleted_at is not None:
        return _failed(comment, reply, COMMENT_GONE), []
    sending = msgspec.structs.replace(
        reply,
        delivery=Delivery.SENDING,
        sending_at=at,
        due_at=None,
        attempts=reply.attempts + 1,
        with_link=link is not None,
    )
    # An earlier link may have arrived after all: it is good until another takes its place.
    return msgspec.structs.replace(comment, reply=sending, join_link=link or comment.join_link), []


def refused(comment: Comment, failure: DeliveryFailure) -> Changed:
    """WeChat said no, for good."""
    reply = comment.reply
    if reply is None or reply.delivery is Delivery.DELIVERED:
        return comment, []
    return _failed(comment, reply, failure), []


def gone(comment: Comment, failure: DeliveryFailure, at: datetime) -> Changed:
    """WeChat said that the comment is no more. Emits: comment.deleted v1."""
    failed, _ = refused(comment, failure)
    return failed.delete(at)


def postponed(comment: Comment, failure: DeliveryFailure, at: datetime) -> Changed:
    """Nothing was sent, and it may go through later; after the last attempt it has failed."""
    reply = comment.reply
    if reply is None or reply.delivery is not Delivery.SENDING:
        return comment, []
    if comment.deleted_at is not None:
        return _failed(comment, reply, COMMENT_GONE), []
    if reply.attempts > len(RETRY_AFTER):
        return _failed(comment, reply, failure), []
    pending = msgspec.structs.replace(
        reply,
        delivery=Delivery.PENDING,
        due_at=at + RETRY_AFTER[reply.attempts - 1],
        failure=failure,
    )
    return msgspec.structs.replace(comment, reply=pending), []


def outcome_unknown(comment: Comment) -> Changed:
    """WeChat was called and what it did is not known, nor ever will be of a deleted comment."""
    reply = comment.reply
    if reply is None or reply.delivery is not Delivery.SENDING:
        return comment, []
    if comment.deleted_at is not None:
        return _failed(comment, reply, COMMENT_GONE), []
    unknown = msgspec.structs.replace(reply, delivery=Delivery.UNKNOWN)
    return msgspec.structs.replace(comment, reply=unknown), []


def abandoned(comment: Comment, at: datetime) -> Changed:
    """Settle a send whose sender is gone."""
    reply = comment.reply
    if reply is None or reply.sending_at is None or at < reply.sending_at + CRASHED_AFTER:
        return comment, []
    return outcome_unknown(comment)


def reconciled(comment: Comment, shown: str | None, at: datetime) -> Changed:
    """Settle an unknown send by what WeChat lists under the comment.

    Args:
        shown: the reply that WeChat lists; None for no reply, which says something only when
            a late send would have come through by now.
    """
    reply = comment.reply
    if reply is None or reply.delivery is not Delivery.UNKNOWN or reply.sending_at is None:
        return comment, []
    if shown is None:
        still_possible = at < reply.sending_at + SETTLED_AFTER
        return (comment if still_possible else _failed(comment, reply, NOT_SHOWN_BY_WECHAT)), []
    words_shown, _, _ = _plain(shown).partition(_plain(INVITATION))
    if reply.text is not None and words_shown != _plain(reply.text):
        return _failed(comment, reply, ANSWERED_ELSEWHERE), []
    return comment.replied(at)


def _plain(text: str) -> str:
    """The words alone: WeChat escapes and re-spaces what it is given."""
    return "".join(unescape(text).split())


def _failed(comment: Comment, reply: Reply, failure: DeliveryFailure) -> Comment:
    failed = msgspec.structs.replace(reply, delivery=Delivery.FAILED, due_at=None, failure=failure)
    return msgspec.structs.replace(comment, reply=failed)

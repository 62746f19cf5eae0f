"""What a resident sees of what they wrote themselves."""

from datetime import datetime

import strawberry
from chassis.graphql import scopes_for

from outreach.api.enums import CommentSource, CommentState
from outreach.domain import comments
from outreach.domain.replies import Delivery

RESIDENT = scopes_for("resident")


@strawberry.type(description="A reply that its person has.")
class OwnReply:
    """See `domain.replies.Reply`."""

    text: str | None = strawberry.field(
        description="What was answered; null once the person was erased."
    )
    delivered_at: datetime | None = strawberry.field(description="When WeChat took it.")


@strawberry.type(description="What the caller wrote to the community.")
class OwnComment:
    """See `domain.comments.Comment`; these are the caller's own words, so nothing is masked."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    source: CommentSource = strawberry.field(description="How it reached the community.")
    state: CommentState = strawberry.field(description="Where it stands with the staff.")
    text: str | None = strawberry.field(description="As typed; null once the person was erased.")
    commented_at: datetime = strawberry.field(description="When WeChat says it was written.")
    edited_at: datetime | None = strawberry.field(
        description="When it was last changed, or shown again."
    )
    deleted_at: datetime | None = strawberry.field(description="When it was taken back.")
    joined_at: datetime | None = strawberry.field(
        description="When it was known to be the caller's."
    )
    reply: OwnReply | None = strawberry.field(
        description="The reply, once it has arrived; null before."
    )

    @classmethod
    def of(cls, comment: comments.Comment) -> "OwnComment":
        """The graph's view for whom it is joined to."""
        reply = comment.reply
        arrived = reply is not None and reply.delivery is Delivery.DELIVERED
        return cls(
            id=strawberry.ID(comment.id),
            source=CommentSource(comment.source.value),
            state=CommentState(comment.state.value),
            text=comment.text,
            commented_at=comment.commented_at,
            edited_at=comment.edited_at,
            deleted_at=comment.deleted_at,
            joined_at=comment.joined.at if comment.joined else None,
            reply=(
                OwnReply(text=reply.text, delivered_at=reply.delivered_at)
                if reply is not None and arrived
                else None
            ),
        )

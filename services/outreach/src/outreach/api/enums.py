"""The graph's words for states and kinds; their values are the domain's."""

from enum import Enum

import strawberry


@strawberry.enum(description="What sort of channel it is.")
class ChannelKind(Enum):
    """See `domain.channels.ChannelKind`."""

    OFFICIAL_ACCOUNT = strawberry.enum_value(
        "official_account", description="A WeChat official account (公众号)."
    )
    VIDEO_ACCOUNT = strawberry.enum_value(
        "video_account", description="A WeChat video account (视频号)."
    )
    GROUP = strawberry.enum_value("group", description="A WeChat group (微信群).")


@strawberry.enum(description="Whether a channel is in use.")
class ChannelState(Enum):
    """See `domain.channels.ChannelState`."""

    ACTIVE = strawberry.enum_value("active", description="In use.")
    ARCHIVED = strawberry.enum_value(
        "archived", description="Out of use: polled no more, its callback refused."
    )


@strawberry.enum(description="How a comment reached us.")
class CommentSource(Enum):
    """See `domain.comments.CommentSource`."""

    ARTICLE = strawberry.enum_value("article", description="Written under an article.")
    MESSAGE = strawberry.enum_value("message", description="Sent to the official account.")


@strawberry.enum(description="Where a comment stands with the staff.")
class CommentState(Enum):
    """See `domain.comments.CommentState`."""

    RECEIVED = strawberry.enum_value("received", description="Nobody has dealt with it yet.")
    REPLIED = strawberry.enum_value("replied", description="A reply was delivered.")
    LINKED = strawberry.enum_value("linked", description="An issue was made of it.")
    DISMISSED = strawberry.enum_value("dismissed", description="Nothing is to be done about it.")
    CLOSED = strawberry.enum_value(
        "closed", description="The person took it back: nothing more can be said there."
    )


@strawberry.enum(description="How far a reply has come.")
class ReplyState(Enum):
    """See `domain.replies.Delivery`."""

    PENDING = strawberry.enum_value("pending", description="Waits to be sent, or to be retried.")
    SENDING = strawberry.enum_value("sending", description="WeChat is being called.")
    DELIVERED = strawberry.enum_value("delivered", description="WeChat took it.")
    FAILED = strawberry.enum_value(
        "failed", description="WeChat did not take it; another may be written."
    )
    UNKNOWN = strawberry.enum_value(
        "unknown", description="WeChat was called and gave no clear answer; not sent again."
    )

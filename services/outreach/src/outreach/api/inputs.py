"""What mutations are given."""

from datetime import datetime

import strawberry

from outreach.api.enums import ChannelKind

REQUEST_ID = "Chosen by the caller, the same in every repeat of one attempt."


@strawberry.input(description="A channel to register.")
class RegisterChannelInput:
    """The credentials are for an official account, and for nothing else."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    name: str = strawberry.field(description="What the staff call it, at most 60 characters.")
    kind: ChannelKind = strawberry.field(
        description="What sort of channel it is.", default=ChannelKind.OFFICIAL_ACCOUNT
    )
    app_id: str | None = strawberry.field(description="WeChat's AppID, wx….", default=None)
    app_secret: str | None = strawberry.field(
        description="WeChat's AppSecret; never shown again.", default=None
    )
    callback_token: str | None = strawberry.field(
        description="The token that signs callbacks, 3 to 32 letters and digits.", default=None
    )
    encoding_aes_key: str | None = strawberry.field(
        description="The EncodingAESKey, 43 letters and digits.", default=None
    )
    original_id: str | None = strawberry.field(
        description="WeChat's original id, gh_….", default=None
    )


@strawberry.input(description="A channel to take out of use.")
class ArchiveChannelInput:
    """For a channel that was given up or registered wrongly."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    channel_id: strawberry.ID = strawberry.field(description="The channel.")


@strawberry.input(description="An article that WeChat has published.")
class RegisterPublishedArticleInput:
    """What WeChat said when it published."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    channel_id: strawberry.ID = strawberry.field(description="The official account.")
    title: str = strawberry.field(description="Its title, at most 64 characters.")
    url: str = strawberry.field(description="Where it can be read, http or https.")
    message_data_id: strawberry.ID = strawberry.field(
        description="WeChat's msg_data_id of the mass message, decimal digits."
    )
    index: int = strawberry.field(description="Its place in that mass message, 0 to 7.", default=0)
    published_at: datetime = strawberry.field(
        description="When WeChat published it, with its offset from UTC."
    )


@strawberry.input(description="What to answer to whom.")
class ReplyToCommentInput:
    """A reply to one comment."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    comment_id: strawberry.ID = strawberry.field(description="The comment.")
    text: str = strawberry.field(description="The words, at most 600 characters.")


@strawberry.input(description="Which matter to take over.")
class TakeOverCommentInput:
    """By the link in a reply."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    code: str = strawberry.field(
        description="The code of the link: what follows # in its address. Case does not matter."
    )

"""The graph's types for what outreach owns."""

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.connections import AFTER, DEFAULT_FIRST, FIRST, Connection
from chassis.graphql import scopes_for

from outreach.api import loaders
from outreach.api.context import Info
from outreach.api.enums import ChannelKind, ChannelState, CommentSource, CommentState, ReplyState
from outreach.api.metrics.of_subject import latest_reads, metrics_of
from outreach.api.metrics.types import MetricSnapshot
from outreach.domain import articles, channels, comments, replies

STAFF = scopes_for("clerk", "secretary")
First = Annotated[int, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]


@strawberry.federation.type(
    keys=["id"], description="A way by which the community speaks and is spoken to."
)
class Channel:
    """See `domain.channels.Channel`; its secrets are in no field."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: ChannelKind = strawberry.field(description="What sort of channel it is.")
    name: str = strawberry.field(description="What the staff call it.")
    state: ChannelState = strawberry.field(description="Whether it is in use.")
    app_id: str | None = strawberry.field(
        description="WeChat's AppID; null for what is no official account."
    )
    original_id: str | None = strawberry.field(
        description="WeChat's original id, gh_…; null for what is no official account."
    )
    registered_at: datetime = strawberry.field(description="When it was registered.")

    @classmethod
    def of(cls, channel: channels.Channel) -> "Channel":
        """The graph's view of a channel."""
        account = channel.official_account
        return cls(
            id=strawberry.ID(channel.id),
            kind=ChannelKind(channel.kind.value),
            name=channel.name,
            state=ChannelState(channel.state.value),
            app_id=account.app_id if account else None,
            original_id=account.original_id if account else None,
            registered_at=channel.registered_at,
        )

    @strawberry.field(
        description="What to enter as server URL in WeChat; null for what is no official account."
    )
    def callback_url(self, info: Info) -> str | None:
        """Below the address by which the world reaches us."""
        if self.kind is not ChannelKind.OFFICIAL_ACCOUNT:
            return None
        return f"{info.context.application.public_base_url}/wechat/callback/{self.id}"

    @strawberry.federation.field(
        description="What was counted of it, of the latest day first.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def metrics(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[MetricSnapshot] | None:
        """One page."""
        return await metrics_of(info, self.id, first, after)

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Channel | None":  # noqa: A002
        """Read it as a direct read would."""
        found = await info.context.load(loaders.channels, id)
        return cls.of(found) if found else None


@strawberry.federation.type(
    keys=["id"], description="An article that people read in WeChat and may comment on."
)
class Article:
    """See `domain.articles.Article`."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    title: str = strawberry.field(description="Its title.")
    url: str = strawberry.field(description="Where it can be read.")
    message_data_id: strawberry.ID = strawberry.field(description="WeChat's msg_data_id.")
    index: int = strawberry.field(description="Its place in that mass message, from 0.")
    published_at: datetime = strawberry.field(description="When WeChat published it.")
    registered_at: datetime = strawberry.field(description="When it was registered here.")
    channel_id: strawberry.Private[str]

    @classmethod
    def of(cls, article: articles.Article) -> "Article":
        """The graph's view of an article."""
        return cls(
            id=strawberry.ID(article.id),
            title=article.title,
            url=article.url,
            message_data_id=strawberry.ID(str(article.message_data_id)),
            index=article.index,
            published_at=article.published_at,
            registered_at=article.registered_at,
            channel_id=article.channel_id,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Article | None":  # noqa: A002
        """Read it as a direct read would."""
        found = await info.context.load(loaders.articles, id)
        return cls.of(found) if found else None

    @strawberry.field(description="The channel that published it.")
    async def channel(self, info: Info) -> Channel | None:
        """Read together with the channels of the other items."""
        return await Channel.resolve_reference(info, strawberry.ID(self.channel_id))

    @strawberry.federation.field(
        description="What was counted of it, of the latest day first.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def metrics(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[MetricSnapshot] | None:
        """One page."""
        return await metrics_of(info, self.id, first, after)

    @strawberry.federation.field(
        description="Its latest reads, with their day and source; null while none are noted.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def reads(self, info: Info) -> MetricSnapshot | None:
        """Read together with the reads of the other articles."""
        return MetricSnapshot.of_known(await info.context.load(latest_reads, self.id))


@strawberry.type(description="Why a reply did not arrive.")
class ReplyFailure:
    """See `domain.replies.DeliveryFailure`."""

    code: str = strawberry.field(description="UPPER_SNAKE, stable: what a program decides by.")
    message: str = strawberry.field(description="One plain sentence in zh-CN for the person.")
    wechat_code: int | None = strawberry.field(
        description="WeChat's own error number, where it gave one."
    )

    @classmethod
    def of(cls, failure: replies.DeliveryFailure) -> "ReplyFailure":
        """The graph's view of a failure."""
        return cls(code=failure.code, message=failure.message, wechat_code=failure.wechat_code)


@strawberry.type(description="What the staff answered, and how far it has come.")
class Reply:
    """See `domain.replies.Reply`."""

    text: str | None = strawberry.field(
        description="What was answered; null once the person was erased."
    )
    state: ReplyState = strawberry.field(description="How far it has come.")
    failure: ReplyFailure | None = strawberry.field(
        description="Why it failed, or why the last attempt did."
    )
    with_link: bool = strawberry.field(
        description="Whether it was sent with a link by which the person takes the matter over."
    )
    requested_at: datetime = strawberry.field(description="When the staff wrote it.")
    sent_at: datetime | None = strawberry.field(description="When WeChat was last called for it.")
    delivered_at: datetime | None = strawberry.field(description="When WeChat took it.")

    @classmethod
    def of(cls, reply: replies.Reply) -> "Reply":
        """The graph's view of a reply."""
        return cls(
            text=reply.text,
            state=ReplyState(reply.delivery.value),
            failure=ReplyFailure.of(reply.failure) if reply.failure else None,
            with_link=reply.with_link,
            requested_at=reply.requested_at,
            sent_at=reply.sending_at,
            delivered_at=reply.delivered_at,
        )


@strawberry.federation.type(
    keys=["id"], description="What one person wrote to us under an article or as a message."
)
class Comment:
    """See `domain.comments.Comment`; who wrote it is in no field."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    source: CommentSource = strawberry.field(description="How it reached us.")
    state: CommentState = strawberry.field(description="Where it stands with the staff.")
    text: str | None = strawberry.federation.field(
        description="As typed, for staff alone; null once the person was erased.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    redacted_text: str = strawberry.field(description="Without phones, identity numbers and doors.")
    commented_at: datetime = strawberry.field(description="When WeChat says it was written.")
    received_at: datetime = strawberry.field(description="When it was stored here.")
    edited_at: datetime | None = strawberry.field(
        description="When the person last changed it, or showed it again."
    )
    deleted_at: datetime | None = strawberry.field(description="When the person took it back.")
    replied_at: datetime | None = strawberry.field(description="When a reply was delivered.")
    dismissed_reason: str | None = strawberry.field(
        description="Why nothing is done about it, where that was decided."
    )
    reply: Reply | None = strawberry.field(description="What was answered, if anything.")
    joined: bool = strawberry.field(
        description="Whether it is known which account's person wrote it."
    )
    channel_id: strawberry.Private[str]
    article_id: strawberry.Private[str | None]

    @classmethod
    def of(cls, comment: comments.Comment) -> "Comment":
        """The graph's view of a comment."""
        return cls(
            id=strawberry.ID(comment.id),
            source=CommentSource(comment.source.value),
            state=CommentState(comment.state.value),
            text=comment.text,
            redacted_text=comment.redacted_text,
            commented_at=comment.commented_at,
            received_at=comment.received_at,
            edited_at=comment.edited_at,
            deleted_at=comment.deleted_at,
            replied_at=comment.replied_at,
            dismissed_reason=comment.dismissed_reason,
            reply=Reply.of(comment.reply) if comment.reply else None,
            joined=comment.joined is not None,
            channel_id=comment.channel_id,
            article_id=comment.article_id,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Comment | None":  # noqa: A002
        """Read it as a direct read would."""
        found = await info.context.load(loaders.comments, id)
        return cls.of(found) if found else None

    @strawberry.field(description="The channel by which it came.")
    async def channel(self, info: Info) -> Channel | None:
        """Read together with the channels of the other items."""
        return await Channel.resolve_reference(info, strawberry.ID(self.channel_id))

    @strawberry.field(description="The article it was written under; null for a message.")
    async def article(self, info: Info) -> Article | None:
        """Read together with the articles of the other items."""
        if self.article_id is None:
            return None
        return await Article.resolve_reference(info, strawberry.ID(self.article_id))


Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]

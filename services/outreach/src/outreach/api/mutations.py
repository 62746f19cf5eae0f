"""What can be changed."""

from datetime import UTC, datetime
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from outreach.api.context import Info, actor_of
from outreach.api.errors import (
    AlreadyReplied,
    ArticleAlreadyRegistered,
    ArticleInvalid,
    ChannelAlreadyRegistered,
    ChannelArchived,
    ChannelNotFound,
    CommentDeleted,
    CommentNotFound,
    JoinCodeInvalid,
    NameInvalid,
    NotAnOfficialAccount,
    OfficialAccountInvalid,
    ReplyEmpty,
    ReplyTooLong,
    ReplyUndetermined,
    ReplyWindowClosed,
)
from outreach.api.inputs import (
    ArchiveChannelInput,
    RegisterChannelInput,
    RegisterPublishedArticleInput,
    ReplyToCommentInput,
    TakeOverCommentInput,
)
from outreach.api.metrics.mutations import MetricMutations
from outreach.api.notices.mutations import NoticeMutations
from outreach.api.own_comments import RESIDENT, OwnComment
from outreach.api.types import STAFF, Article, Channel, Comment
from outreach.domain import channels, errors

SECRETARY = scopes_for("secretary")
INPUT = "What to do."


@strawberry.type(description="The channel is registered.")
class RegisterChannelSuccess:
    """What came of it."""

    channel: Channel = strawberry.field(description="The channel.")


@strawberry.type(description="The channel is out of use.")
class ArchiveChannelSuccess:
    """What came of it."""

    channel: Channel = strawberry.field(description="The channel.")


@strawberry.type(description="The article is registered; its comments will be fetched.")
class RegisterPublishedArticleSuccess:
    """What came of it."""

    article: Article = strawberry.field(description="The article.")


@strawberry.type(description="The reply is noted and on its way.")
class ReplyToCommentSuccess:
    """What came of it."""

    comment: Comment = strawberry.field(description="The comment, with its reply.")


RegisterChannelResult = Annotated[
    RegisterChannelSuccess
    | NameInvalid
    | OfficialAccountInvalid
    | ChannelAlreadyRegistered
    | RequestIdReused,
    strawberry.union("RegisterChannelResult", description="What can come of registering."),
]
ArchiveChannelResult = Annotated[
    ArchiveChannelSuccess | ChannelNotFound | ChannelArchived | RequestIdReused,
    strawberry.union("ArchiveChannelResult", description="What can come of archiving."),
]
RegisterPublishedArticleResult = Annotated[
    RegisterPublishedArticleSuccess
    | ChannelNotFound
    | ChannelArchived
    | NotAnOfficialAccount
    | ArticleInvalid
    | ArticleAlreadyRegistered
    | RequestIdReused,
    strawberry.union(
        "RegisterPublishedArticleResult", description="What can come of registering an article."
    ),
]


@strawberry.type(description="The comment is joined to the caller's account.")
class TakeOverCommentSuccess:
    """What came of it."""

    comment: OwnComment = strawberry.field(description="The comment.")


ReplyToCommentResult = Annotated[
    ReplyToCommentSuccess
    | CommentNotFound
    | CommentDeleted
    | ReplyEmpty
    | ReplyTooLong
    | AlreadyReplied
    | ReplyUndetermined
    | ReplyWindowClosed
    | RequestIdReused,
    strawberry.union("ReplyToCommentResult", description="What can come of replying."),
]

TakeOverCommentResult = Annotated[
    TakeOverCommentSuccess | JoinCodeInvalid | RequestIdReused,
    strawberry.union("TakeOverCommentResult", description="What can come of taking a matter over."),
]


@strawberry.type(description="What can be changed.")
class Mutation(MetricMutations, NoticeMutations):
    """Every change."""

    @strawberry.federation.mutation(
        description="Make a channel known to the system.",
        authenticated=True,
        requires_scopes=SECRETARY,
    )
    async def register_channel(
        self,
        info: Info,
        input: Annotated[RegisterChannelInput, strawberry.argument(description=INPUT)],  # noqa: A002
    ) -> RegisterChannelResult | None:
        """Its id is derived from caller and request."""
        actor = actor_of(info.context)
        request = info.context.request_for(
            input.request_id,
            name=input.name,
            kind=str(input.kind.value),
            credentials=_credentials(input),
        )
        channel = await info.context.application.register_channel(
            actor,
            channel_id=derived_id("channel", actor.account_id, input.request_id),
            kind=channels.ChannelKind(str(input.kind.value)),
            name=input.name,
            official_account=_official_account(input),
            request=request,
        )
        return RegisterChannelSuccess(channel=Channel.of(channel))

    @strawberry.federation.mutation(
        description="Take a channel out of use.", authenticated=True, requires_scopes=SECRETARY
    )
    async def archive_channel(
        self,
        info: Info,
        input: Annotated[ArchiveChannelInput, strawberry.argument(description=INPUT)],  # noqa: A002
    ) -> ArchiveChannelResult | None:
        """It stays readable."""
        channel = await info.context.application.archive_channel(
            actor_of(info.context),
            input.channel_id,
            request=info.context.request_for(input.request_id, channel_id=input.channel_id),
        )
        return ArchiveChannelSuccess(channel=Channel.of(channel))

    @strawberry.federation.mutation(
        description="Make an article known that WeChat has published.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def register_published_article(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            RegisterPublishedArticleInput, strawberry.argument(description=INPUT)
        ],
    ) -> RegisterPublishedArticleResult | None:
        """Its id is derived from caller and request."""
        actor = actor_of(info.context)
        request = info.context.request_for(
            input.request_id,
            channel_id=input.channel_id,
            title=input.title,
            url=input.url,
            message_data_id=input.message_data_id,
            index=input.index,
            published_at=input.published_at.isoformat(),
        )
        article = await info.context.application.register_published_article(
            actor,
            article_id=derived_id("article", actor.account_id, input.request_id),
            channel_id=input.channel_id,
            title=input.title,
            url=input.url,
            message_data_id=_number(input.message_data_id),
            index=input.index,
            published_at=_in_utc(input.published_at),
            request=request,
        )
        return RegisterPublishedArticleSuccess(article=Article.of(article))

    @strawberry.federation.mutation(
        description="Answer a comment; the reply is sent to WeChat in the background.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def reply_to_comment(
        self,
        info: Info,
        input: Annotated[ReplyToCommentInput, strawberry.argument(description=INPUT)],  # noqa: A002
    ) -> ReplyToCommentResult | None:
        """Its delivery is shown by the comment."""
        comment = await info.context.application.reply_to_comment(
            actor_of(info.context),
            input.comment_id,
            input.text,
            request=info.context.request_for(
                input.request_id, comment_id=input.comment_id, text=input.text
            ),
        )
        return ReplyToCommentSuccess(comment=Comment.of(comment))

    @strawberry.federation.mutation(
        description="Take a matter over by the link in its reply; the first who opens it has it.",
        authenticated=True,
        requires_scopes=RESIDENT,
    )
    async def take_over_comment(
        self,
        info: Info,
        input: Annotated[TakeOverCommentInput, strawberry.argument(description=INPUT)],  # noqa: A002
    ) -> TakeOverCommentResult | None:
        """Opened again by the same person it changes nothing."""
        comment = await info.context.application.take_over_comment(
            actor_of(info.context),
            input.code,
            request=info.context.request_for(input.request_id, code=input.code),
        )
        return TakeOverCommentSuccess(comment=OwnComment.of(comment))


def _credentials(given: RegisterChannelInput) -> tuple[str | None, ...]:
    return (
        given.app_id,
        given.original_id,
        given.app_secret,
        given.callback_token,
        given.encoding_aes_key,
    )


def _official_account(given: RegisterChannelInput) -> channels.OfficialAccount | None:
    """All of the credentials or none of them. Raises: OfficialAccountInvalid."""
    credentials = [value for value in _credentials(given) if value is not None]
    if not credentials:
        return None
    if len(credentials) < len(_credentials(given)):
        raise errors.OfficialAccountInvalid
    app_id, original_id, app_secret, callback_token, encoding_aes_key = credentials
    return channels.OfficialAccount(
        app_id=app_id,
        original_id=original_id,
        app_secret=app_secret,
        callback_token=callback_token,
        encoding_aes_key=encoding_aes_key,
    )


def _number(digits: str) -> int:
    """Raises: ArticleInvalid."""
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 19):
        raise errors.ArticleInvalid
    return int(digits)


def _in_utc(at: datetime) -> datetime:
    """To the millisecond, as it is stored. Raises: ArticleInvalid."""
    if at.tzinfo is None:
        raise errors.ArticleInvalid
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        raise errors.ArticleInvalid from None
    return at.replace(microsecond=at.microsecond // 1000 * 1000)

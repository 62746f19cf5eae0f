"""An article that people read in WeChat and may comment on."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from outreach.domain.channels import Channel, ChannelState
from outreach.domain.errors import ArticleInvalid, ChannelArchived, NotAnOfficialAccount
from outreach.domain.events import ArticlePublished
from outreach.domain.typed_text import typed_text

TITLE_MAX_LENGTH = 64
URL_MAX_LENGTH = 1000
INDEX_MAX = 7
MESSAGE_DATA_ID_MAX = 2**63 - 1
_CLOCKS_DIFFER_BY = timedelta(minutes=10)


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article of one official account.

    Attributes:
        app_id: the account that published it, which outlives its channels.
        message_data_id: WeChat's `msg_data_id` of the mass message that carried it.
        index: its place in that message, from 0; WeChat allows eight.
    """

    id: str
    community_id: str
    version: int = 0
    channel_id: str
    app_id: str
    title: str
    url: str
    message_data_id: int
    index: int
    published_at: datetime
    registered_at: datetime
    registered_by: str

    @property
    def published(self) -> ArticlePublished:
        """The fact that others are told."""
        return ArticlePublished(
            community_id=self.community_id,
            article_id=self.id,
            channel_id=self.channel_id,
            title=self.title,
            url=self.url,
            published_at=self.published_at,
        )


def register_published(
    *,
    article_id: str,
    channel: Channel,
    title: str,
    url: str,
    message_data_id: int,
    index: int,
    published_at: datetime,
    at: datetime,
    by: str,
) -> tuple[Article, list[ArticlePublished]]:
    """An article that WeChat has published already.

    Raises: ChannelArchived; NotAnOfficialAccount; ArticleInvalid.
    Emits: article.published v1.
    """
    if channel.state is ChannelState.ARCHIVED:
        raise ChannelArchived
    if channel.official_account is None:
        raise NotAnOfficialAccount
    title = typed_text(title)
    usable = (
        0 < len(title) <= TITLE_MAX_LENGTH
        and _is_web_address(url)
        and 0 < message_data_id <= MESSAGE_DATA_ID_MAX
        and 0 <= index <= INDEX_MAX
        and published_at <= at + _CLOCKS_DIFFER_BY
    )
    if not usable:
        raise ArticleInvalid
    article = Article(
        id=article_id,
        community_id=channel.community_id,
        channel_id=channel.id,
        app_id=channel.official_account.app_id,
        title=title,
        url=url,
        message_data_id=message_data_id,
        index=index,
        published_at=published_at,
        registered_at=at,
        registered_by=by,
    )
    return article, [article.published]


def _is_web_address(url: str) -> bool:
    if len(url) > URL_MAX_LENGTH or any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)

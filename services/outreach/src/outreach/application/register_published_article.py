"""Register an article that WeChat has published already."""

from datetime import datetime

from chassis.requests import Request

from outreach.application.permit import permit
from outreach.application.ports import Articles, Channels, Now
from outreach.domain.articles import Article, register_published
from outreach.domain.permissions import Actor, Operation


class RegisterPublishedArticle:
    """Make an article known, so that its comments are fetched."""

    def __init__(self, channels: Channels, articles: Articles, now: Now) -> None:
        self._channels = channels
        self._articles = articles
        self._now = now

    async def __call__(
        self,
        actor: Actor,
        *,
        article_id: str,
        channel_id: str,
        title: str,
        url: str,
        message_data_id: int,
        index: int,
        published_at: datetime,
        request: Request,
    ) -> Article:
        """Register an article of one of the community's official accounts.

        Args:
            message_data_id: WeChat's `msg_data_id`.
            index: the article's place in that mass message, from 0.
            published_at: when WeChat published it, aware UTC.
        Raises: Forbidden; ChannelNotFound; ChannelArchived; NotAnOfficialAccount;
            ArticleInvalid; ArticleAlreadyRegistered; RequestIdReused.
        Emits: article.published v1.
        """
        permit(actor, Operation.REGISTER_PUBLISHED_ARTICLE)
        (there,) = await self._articles.get_many(actor.community_id, [article_id])
        if there is not None:
            # A repeat gets the first outcome, whatever has become of the channel since.
            return await self._articles.add(there, request=request)
        channel = await self._channels.get(actor.community_id, channel_id)
        article, events = register_published(
            article_id=article_id,
            channel=channel,
            title=title,
            url=url,
            message_data_id=message_data_id,
            index=index,
            published_at=published_at,
            at=self._now(),
            by=actor.account_id,
        )
        return await self._articles.add(article, events, request=request)

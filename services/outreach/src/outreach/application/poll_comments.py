"""Poll the comments of every article that people may still write under."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from chassis.errors import StoreUnavailable
from wechat.failures import WeChatOutcomeUnknown, WeChatRefused, WeChatUnreachable

from outreach.application.account_in_use import account_in_use
from outreach.application.backoff import Backoff
from outreach.application.poll_article import PollArticle
from outreach.application.ports import Articles, Channels, Comments, Now, Tally
from outreach.domain.articles import Article
from outreach.domain.channels import OfficialAccount
from outreach.domain.wechat_answers import Verdict, meaning_of

CONCURRENT_CHANNELS = 4
UNKNOWN_AT_ONCE = 500
"""How many unknown replies a round looks after, the last sent first."""


class PollComments:
    """One round over all articles, channel by channel."""

    def __init__(
        self,
        channels: Channels,
        articles: Articles,
        comments: Comments,
        poll_article: PollArticle,
        tally: Tally,
        now: Now,
        *,
        younger_than: timedelta,
    ) -> None:
        self._channels = channels
        self._articles = articles
        self._comments = comments
        self._poll_article = poll_article
        self._tally = tally
        self._now = now
        self._younger_than = younger_than
        self._backoff = Backoff()
        self._slots = asyncio.Semaphore(CONCURRENT_CHANNELS)

    async def __call__(self) -> None:
        """Poll what is due; a channel that WeChat holds off or refuses is left for a while."""
        by_channel: dict[tuple[str, str], list[Article]] = defaultdict(list)
        for article in await self._due():
            by_channel[article.community_id, article.channel_id].append(article)
        async with asyncio.TaskGroup() as tasks:
            for (community_id, channel_id), articles in by_channel.items():
                tasks.create_task(self._contained(community_id, channel_id, articles))

    async def _due(self) -> list[Article]:
        """Young articles, and older ones where a reply's outcome is still to be found out."""
        due = await self._articles.published_since(self._now() - self._younger_than)
        there = {article.id for article in due}
        unknown = await self._comments.articles_with_unknown_replies(limit=UNKNOWN_AT_ONCE)
        for community_id, article_ids in unknown.items():
            older = [article_id for article_id in article_ids if article_id not in there]
            if older:
                due += filter(None, await self._articles.get_many(community_id, older))
        return due

    async def _contained(
        self, community_id: str, channel_id: str, articles: Sequence[Article]
    ) -> None:
        """Poll one channel: whatever is wrong with it is no matter of the others."""
        try:
            await self._poll_channel(community_id, channel_id, articles)
        except Exception as error:
            self._failed("poll_channel", channel_id, error)

    def _failed(self, work: str, about: str, error: Exception) -> None:
        """Make it known, and leave alone for a while what is not merely the store's absence."""
        self._tally.failed(work, about, error)
        if not isinstance(error, StoreUnavailable):
            self._backoff.failed(about, self._now())

    async def _poll_channel(
        self, community_id: str, channel_id: str, articles: Sequence[Article]
    ) -> None:
        async with self._slots:
            if not self._backoff.may_try(channel_id, self._now()):
                return
            account = await account_in_use(self._channels, community_id, channel_id)
            if account is None:
                return
            for article in articles:
                if self._backoff.may_try(article.id, self._now()) and not await self._poll(
                    article, account
                ):
                    return

    async def _poll(self, article: Article, account: OfficialAccount) -> bool:
        """Poll one article. Returns: whether to go on with the channel's others."""
        try:
            await self._poll_article(article, account)
        except WeChatRefused as refusal:
            answer = meaning_of(refusal.wechat_code)
            self._tally.polled(answer.failure.code)
            holds_off = answer.verdict is Verdict.LATER
            self._backoff.failed(article.channel_id if holds_off else article.id, self._now())
            return not holds_off
        except (WeChatUnreachable, WeChatOutcomeUnknown):
            self._tally.polled("WECHAT_UNREACHABLE")
            self._backoff.failed(article.channel_id, self._now())
            return False
        except StoreUnavailable:
            raise
        except Exception as error:
            self._failed("poll_article", article.id, error)
            return True
        self._tally.polled("ok")
        self._backoff.succeeded(article.channel_id)
        self._backoff.succeeded(article.id)
        return True

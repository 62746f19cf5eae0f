"""Bring what is stored of one article's comments in line with what WeChat lists."""

from collections.abc import Mapping

import msgspec
from chassis.errors import StoreUnavailable

from outreach.application.backoff import Backoff
from outreach.application.ports import (
    Comments,
    Identities,
    KnownComment,
    ListedComment,
    Now,
    Tally,
    WeChat,
)
from outreach.application.words import words_of
from outreach.domain.articles import Article
from outreach.domain.channels import OfficialAccount
from outreach.domain.comments import ArticlePlace, CommentSource, receive
from outreach.domain.errors import PersonErased
from outreach.domain.sending import reconciled

PAGE_SIZE = 49
"""WeChat's page says that a count of 50 or more is refused."""
MAX_PAGES = 200


class Listing(msgspec.Struct, frozen=True):
    """What WeChat lists under an article.

    Attributes:
        complete: whether the list stood still while it was read, so that what is not in it may
            be deleted.
    """

    comments: list[ListedComment]
    complete: bool


class PollArticle:
    """Find new, edited and deleted comments of one article, and what became of replies."""

    def __init__(
        self,
        comments: Comments,
        wechat: WeChat,
        identities: Identities,
        tally: Tally,
        now: Now,
    ) -> None:
        self._comments = comments
        self._wechat = wechat
        self._identities = identities
        self._tally = tally
        self._now = now
        self._backoff = Backoff()
        self._missing: dict[str, set[str]] = {}
        """By article: what the last complete list did without."""

    async def __call__(self, article: Article, account: OfficialAccount) -> None:
        """Poll once; a repeat changes nothing.

        Raises: WeChatRefused; WeChatUnreachable; WeChatOutcomeUnknown.
        Emits: comment.received, comment.edited, comment.deleted, comment.replied v1.
        """
        known = await self._comments.known_of_article(article.community_id, article.id)
        listing = await self._read(article, account)
        left = {comment.id: comment for comment in known}
        for listed in listing.comments:
            place = _place_of(article, listed)
            comment_id = self._identities.article_comment(
                article.community_id, article.app_id, place
            )
            before = left.pop(comment_id, None)
            if self._backoff.may_try(comment_id, self._now()):
                await self._read_one(article, account, place, comment_id, before, listed)
        await self._delete(article, left, complete=listing.complete)

    async def _read(self, article: Article, account: OfficialAccount) -> Listing:
        """Read every page, oldest comment first in the result."""
        found: dict[int, ListedComment] = {}
        totals: set[int] = set()
        for number in range(MAX_PAGES):
            page = await self._wechat.list_comments(
                account,
                message_data_id=article.message_data_id,
                index=article.index,
                begin=number * PAGE_SIZE,
                count=PAGE_SIZE,
            )
            totals.add(page.total)
            found |= {comment.user_comment_id: comment for comment in page.comments}
            if not page.comments or (number + 1) * PAGE_SIZE >= page.total:
                break
        at = self._now()
        ordered = sorted(found.values(), key=lambda it: (it.created_at or at, it.user_comment_id))
        return Listing(ordered, complete=totals == {len(ordered)})

    async def _read_one(
        self,
        article: Article,
        account: OfficialAccount,
        place: ArticlePlace,
        comment_id: str,
        before: KnownComment | None,
        listed: ListedComment,
    ) -> None:
        """Take in one comment; one that cannot be must not keep those of others out."""
        try:
            if before is None:
                await self._receive(article, account, place, comment_id, listed)
            else:
                await self._update(article, before, listed)
        except PersonErased as erased:
            self._tally.polled(erased.code)  # their words are not kept
        except StoreUnavailable:
            raise
        except Exception as error:
            self._tally.failed("read_comment", comment_id, error)
            self._backoff.failed(comment_id, self._now())
        else:
            self._backoff.succeeded(comment_id)

    async def _receive(
        self,
        article: Article,
        account: OfficialAccount,
        place: ArticlePlace,
        comment_id: str,
        listed: ListedComment,
    ) -> None:
        at = self._now()
        comment, events = receive(
            comment_id=comment_id,
            community_id=article.community_id,
            channel_id=article.channel_id,
            source=CommentSource.ARTICLE,
            article_id=article.id,
            place=place,
            person_key=self._identities.person(account.app_id, listed.openid, comment_id),
            openid=listed.openid,
            words=words_of(listed.content, self._identities),
            commented_at=listed.created_at or at,
            at=at,
        )
        await self._comments.add(comment, events)

    async def _update(self, article: Article, before: KnownComment, listed: ListedComment) -> None:
        at = self._now()
        edited = self._identities.text_mark(listed.content) != before.text_mark
        if edited or before.deleted:
            words = words_of(listed.content, self._identities)
            await self._comments.change(
                article.community_id, before.id, lambda comment: comment.restore(words, at)
            )
        if before.reply_unknown:
            await self._comments.change(
                article.community_id,
                before.id,
                lambda comment: reconciled(comment, listed.reply, at),
            )

    async def _delete(
        self, article: Article, left: Mapping[str, KnownComment], *, complete: bool
    ) -> None:
        """Believe a deletion once two complete lists in a row do without the comment."""
        missing = {comment.id for comment in left.values() if not comment.deleted}
        missing_before = self._missing.pop(article.id, set())
        gone = missing & missing_before
        still_doubted = missing - gone if complete else gone
        if still_doubted:
            self._missing[article.id] = still_doubted
        if not complete:
            return
        at = self._now()
        for comment_id in gone:
            await self._comments.change(
                article.community_id, comment_id, lambda comment: comment.delete(at)
            )


def _place_of(article: Article, listed: ListedComment) -> ArticlePlace:
    return ArticlePlace(
        message_data_id=article.message_data_id,
        index=article.index,
        user_comment_id=listed.user_comment_id,
    )

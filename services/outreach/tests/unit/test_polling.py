"""Polling brings what is stored in line with what WeChat lists, however often it runs."""

from collections.abc import Sequence

import msgspec
from chassis.aggregates import Event
from chassis.requests import Request
from chassis.testing import FrozenClock
from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.memory import (
    MemoryArticles,
    MemoryChannels,
    MemoryComments,
    MemoryTally,
    MemoryWeChat,
)
from outreach.application.poll_article import PAGE_SIZE, PollArticle
from outreach.application.poll_comments import PollComments
from outreach.application.ports import (
    ListedPage,
)
from outreach.domain.articles import Article
from outreach.domain.channels import OfficialAccount
from outreach.domain.comments import Comment, CommentState
from outreach.domain.errors import PersonErased

from .listed import PLACE, comment


def told(comments: MemoryComments) -> list[str]:
    return [event.type for event in comments.events]


async def test_each_comment_is_received_once(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [comment(2, "3-2-501 没水", clock()), comment(1, "好", clock())]

    await poll()
    writes = comments.writes
    await poll()

    assert told(comments) == ["comment.received.v1", "comment.received.v1"]
    assert [it.text for it in comments.all] == ["好", "3-2-501 没水"]
    assert comments.all[1].redacted_text == "[门牌] 没水"
    assert comments.all[1].article_id == article.id
    assert comments.writes == writes


async def test_an_openid_is_in_no_pseudonym_and_the_same_person_has_one(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    one, two = comment(1, "没水", clock()), comment(2, "还没水", clock())
    wechat.listed[PLACE] = [one, msgspec.structs.replace(two, openid=one.openid)]

    await poll()

    keys = {it.person_key for it in comments.all}
    assert len(keys) == 1
    assert "openid" not in keys.pop()


async def test_without_an_openid_each_comment_has_a_pseudonym_of_its_own(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [
        msgspec.structs.replace(comment(number, "好", clock()), openid=None) for number in (1, 2)
    ]

    await poll()

    assert len({it.person_key for it in comments.all}) == 2


async def test_every_page_is_read_and_none_is_larger_than_wechat_allows(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [comment(number, f"第{number}条", clock()) for number in range(1, 121)]

    await poll()

    assert len(comments.all) == 120
    assert wechat.page_sizes == [PAGE_SIZE] * 3
    assert PAGE_SIZE < 50


async def test_an_edit_is_noticed_once(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock())]
    await poll()
    wechat.listed[PLACE] = [comment(1, "有水了", clock())]

    await poll()
    await poll()

    assert told(comments) == ["comment.received.v1", "comment.edited.v1"]
    assert comments.all[0].text == "有水了"


async def test_what_two_lists_in_a_row_do_without_is_deleted_once(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock()), comment(2, "好", clock())]
    await poll()
    wechat.listed[PLACE] = [comment(2, "好", clock())]

    await poll()
    after_one = told(comments)[2:]
    await poll()
    await poll()

    assert after_one == []
    assert told(comments)[2:] == ["comment.deleted.v1"]
    assert comments.all[0].deleted_at == clock()
    assert comments.all[1].deleted_at is None


async def test_what_one_list_did_without_and_the_next_shows_is_not_deleted(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    both = [comment(1, "没水", clock()), comment(2, "好", clock())]

    for listed in (both, both[1:], both, both[1:]):
        wechat.listed[PLACE] = listed
        await poll()

    assert told(comments) == ["comment.received.v1"] * 2


async def test_what_is_listed_again_is_there_again_and_told_with_its_words(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    for listed in ([comment(1, "没水", clock())], [], []):
        wechat.listed[PLACE] = listed
        await poll()
    deleted = comments.all[0]
    wechat.listed[PLACE] = [comment(1, "没水", clock())]

    await poll()
    await poll()

    assert deleted.deleted_at is not None
    assert (comments.all[0].state, comments.all[0].deleted_at) == (CommentState.RECEIVED, None)
    assert told(comments) == ["comment.received.v1", "comment.deleted.v1", "comment.edited.v1"]


async def test_a_list_that_moves_while_it_is_read_deletes_nothing(
    channels: MemoryChannels,
    articles: MemoryArticles,
    comments: MemoryComments,
    tally: MemoryTally,
    identities: DerivedIdentities,
    article: Article,
    clock: FrozenClock,
    wechat: MemoryWeChat,
    poll: PollComments,
) -> None:
    wechat.listed[PLACE] = [comment(number, "好", clock()) for number in range(60, 0, -1)]
    await poll()
    comments.events.clear()

    class Moving(MemoryWeChat):
        async def list_comments(
            self,
            account: OfficialAccount,
            *,
            message_data_id: int,
            index: int,
            begin: int,
            count: int,
        ) -> ListedPage:
            """Between two pages one at the front is deleted: another slips past unseen."""
            page = await super().list_comments(
                account, message_data_id=message_data_id, index=index, begin=begin, count=count
            )
            self.listed[PLACE] = self.listed[PLACE][1:]
            return page

    moving = Moving()
    moving.listed[PLACE] = wechat.listed[PLACE]
    await PollArticle(comments, moving, identities, tally, clock)(article, await _account(channels))

    assert comments.events == []


async def test_an_erased_person_holds_up_nobody_else(
    wechat: MemoryWeChat,
    identities: DerivedIdentities,
    tally: MemoryTally,
    article: Article,
    account: OfficialAccount,
    clock: FrozenClock,
) -> None:
    class Forgetful(MemoryComments):
        async def add(
            self,
            aggregate: Comment,
            events: Sequence[Event] = (),
            *,
            request: Request | None = None,
        ) -> Comment:
            if aggregate.openid == "openid_1":
                raise PersonErased
            return await super().add(aggregate, events, request=request)

    comments = Forgetful()
    wechat.listed[PLACE] = [comment(1, "又来了", clock()), comment(2, "没水", clock())]

    await PollArticle(comments, wechat, identities, tally, clock)(article, account)

    assert [it.text for it in comments.all] == ["没水"]
    assert tally.counted == ["polled PERSON_ERASED"]


async def _account(channels: MemoryChannels) -> OfficialAccount:
    account = channels.all[0].official_account
    assert account is not None
    return account

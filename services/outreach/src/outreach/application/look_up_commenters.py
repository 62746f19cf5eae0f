"""Ask WeChat who commenters are, and act on what it said."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chassis.errors import StoreUnavailable
from wechat.failures import WeChatRefused, WeChatUnavailable

from outreach.application.account_in_use import account_in_use
from outreach.application.backoff import Backoff
from outreach.application.join_by_union import JoinByUnion
from outreach.application.joining_ports import Commenters, UnionMarks
from outreach.application.ports import Channels, Comments, Now, Tally, WeChat
from outreach.domain.channels import OfficialAccount
from outreach.domain.commenters import Changed, Commenter
from outreach.domain.wechat_answers import OPENID_INVALID, meaning_of

AT_ONCE = 50
"""How many a round asks about, one after another: far below the five millions a day."""
WITHOUT_A_CHANNEL = timedelta(hours=1)
AFTER_A_FAULT = timedelta(minutes=5)


class LookUpCommenters:
    """One round over all commenters of whom something is to be found out or done."""

    def __init__(
        self,
        channels: Channels,
        commenters: Commenters,
        comments: Comments,
        wechat: WeChat,
        union_marks: UnionMarks,
        join_by_union: JoinByUnion,
        tally: Tally,
        now: Now,
    ) -> None:
        self._channels = channels
        self._commenters = commenters
        self._comments = comments
        self._wechat = wechat
        self._union_marks = union_marks
        self._join_by_union = join_by_union
        self._tally = tally
        self._now = now
        self._backoff = Backoff()

    async def __call__(self) -> None:
        """Look up what is due. An account that WeChat refuses or holds off is left for a while.

        Raises: StoreUnavailable.
        Emits: comment.joined v1.
        """
        for commenter in await self._commenters.due(self._now(), limit=AT_ONCE):
            try:
                await self._look_up(commenter)
            except StoreUnavailable:
                raise
            except Exception as error:
                self._tally.failed("look_up_commenter", commenter.id, error)
                await self._postpone(commenter, self._now() + AFTER_A_FAULT)

    async def _look_up(self, commenter: Commenter) -> None:
        if commenter.union_mark is None:
            commenter = await self._ask(commenter)
        if commenter.union_mark is not None:
            # It stays due until this is done, and is found again after a crash.
            await self._join_by_union.accounts_of(commenter)
            await self._change(commenter, Commenter.settle)

    async def _ask(self, commenter: Commenter) -> Commenter:
        now = self._now()
        account = await account_in_use(self._channels, commenter.community_id, commenter.channel_id)
        if account is None:
            return await self._postpone(commenter, now + WITHOUT_A_CHANNEL)
        if not self._backoff.may_try(account.app_id, now):
            return await self._postpone(commenter, self._backoff.until(account.app_id, now))
        openid = await self._comments.openid_of_person(commenter.community_id, commenter.person_key)
        if openid is None:
            return await self._change(commenter, Commenter.settle)
        return await self._ask_wechat(commenter, account, openid)

    async def _ask_wechat(
        self, commenter: Commenter, account: OfficialAccount, openid: str
    ) -> Commenter:
        try:
            unionid = await self._wechat.unionid_of(account, openid)
        except WeChatRefused as refusal:
            self._tally.looked_up(meaning_of(refusal.wechat_code).failure.code)
            if refusal.wechat_code == OPENID_INVALID:
                return await self._change(commenter, Commenter.settle)
            return await self._hold_off(commenter, account)
        except WeChatUnavailable:
            self._tally.looked_up("WECHAT_UNREACHABLE")
            return await self._hold_off(commenter, account)
        self._backoff.succeeded(account.app_id)
        self._tally.looked_up("known" if unionid else "unknown")
        at = self._now()
        if not unionid:
            return await self._change(commenter, lambda it: it.remain_unknown(at))
        mark = self._union_marks(unionid)
        return await self._change(commenter, lambda it: it.recognise(mark, at))

    async def _hold_off(self, commenter: Commenter, account: OfficialAccount) -> Commenter:
        now = self._now()
        self._backoff.failed(account.app_id, now)
        return await self._postpone(commenter, self._backoff.until(account.app_id, now))

    async def _postpone(self, commenter: Commenter, until: datetime) -> Commenter:
        return await self._change(commenter, lambda it: it.postpone(until))

    async def _change(
        self, commenter: Commenter, transition: Callable[[Commenter], Changed]
    ) -> Commenter:
        return await self._commenters.change(commenter.community_id, commenter.id, transition)

"""Bring one reply to WeChat."""

from collections.abc import Callable

from wechat.failures import WeChatOutcomeUnknown, WeChatRefused, WeChatUnreachable

from outreach.application.account_in_use import account_in_use
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.ports import Channels, Comments, Now, Tally, WeChat, WorkItem
from outreach.domain import sending
from outreach.domain.channels import OfficialAccount
from outreach.domain.comments import Changed, Comment
from outreach.domain.errors import ChannelArchived
from outreach.domain.replies import Delivery, DeliveryFailure
from outreach.domain.wechat_answers import UNREACHABLE, Verdict, meaning_of

CHANNEL_GONE = DeliveryFailure(ChannelArchived.code, ChannelArchived.message)
NOBODY_TO_ANSWER = DeliveryFailure("PERSON_UNKNOWN", "对方的信息已被清除，无法回复。")

Outcome = Callable[[Comment], Changed]


class SendReply:
    """Mark as sending, call WeChat, write the outcome: three steps, each of which may crash."""

    def __init__(
        self,
        channels: Channels,
        comments: Comments,
        wechat: WeChat,
        invite_to_join: InviteToJoin,
        tally: Tally,
        now: Now,
    ) -> None:
        self._channels = channels
        self._comments = comments
        self._invite_to_join = invite_to_join
        self._wechat = wechat
        self._tally = tally
        self._now = now

    async def __call__(self, item: WorkItem) -> None:
        """Send a due reply, unless somebody else does.

        Raises: CommentNotFound.
        Emits: comment.replied v1; comment.deleted v1 where WeChat says so.
        """
        # Read whatever may turn out to be unreadable before anything is marked as under way.
        comment = await self._comments.get(item.community_id, item.comment_id)
        account = await account_in_use(self._channels, comment.community_id, comment.channel_id)
        began_at = self._now()
        invitation = await self._invite_to_join(comment, began_at)
        is_sender = False

        def start(now: Comment) -> Changed:
            nonlocal is_sender
            after, events = sending.start(now, began_at, invitation.link if invitation else None)
            is_sender = after is not now
            return after, events

        comment = await self._comments.change(item.community_id, item.comment_id, start)
        reply = comment.reply
        if not is_sender or reply is None or reply.delivery is not Delivery.SENDING:
            return
        text = invitation.text if invitation else reply.text
        outcome = await self._send(comment, account, text)

        def of_this_reply(now: Comment) -> Changed:
            """Leave alone a later reply: this sender may have been frozen for a while."""
            same = now.reply is not None and now.reply.requested_at == reply.requested_at
            return outcome(now) if same else (now, [])

        after = await self._comments.change(item.community_id, item.comment_id, of_this_reply)
        if after.reply is not None:
            self._tally.reply_attempted(after.reply.delivery.value)

    async def _send(
        self, comment: Comment, account: OfficialAccount | None, text: str | None
    ) -> Outcome:
        if account is None:
            return lambda it: sending.refused(it, CHANNEL_GONE)
        try:
            reached_somebody = await self._call(comment, account, text)
        except WeChatRefused as refusal:
            return self._refusal(refusal.wechat_code)
        except WeChatUnreachable:
            at = self._now()
            return lambda it: sending.postponed(it, UNREACHABLE, at)
        except WeChatOutcomeUnknown:
            return sending.outcome_unknown
        if not reached_somebody:
            return lambda it: sending.refused(it, NOBODY_TO_ANSWER)
        at = self._now()
        return lambda it: it.replied(at)

    async def _call(self, comment: Comment, account: OfficialAccount, text: str | None) -> bool:
        """Returns: whether there was something to say and somebody to say it to."""
        if text is None:
            return False
        if comment.place is not None:
            await self._wechat.reply_to_comment(account, comment.place, text)
        elif comment.openid is not None:
            await self._wechat.send_message(account, comment.openid, text)
        else:
            return False
        return True

    def _refusal(self, wechat_code: int) -> Outcome:
        at = self._now()
        answer = meaning_of(wechat_code)
        match answer.verdict:
            case Verdict.GONE:
                return lambda it: sending.gone(it, answer.failure, at)
            case Verdict.LATER:
                return lambda it: sending.postponed(it, answer.failure, at)
            case Verdict.FAILED:
                return lambda it: sending.refused(it, answer.failure)

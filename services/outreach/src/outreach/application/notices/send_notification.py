"""Bring one notice to a person's phone."""

from collections.abc import Callable

from wechat.failures import WeChatOutcomeUnknown, WeChatRefused, WeChatUnreachable

from outreach.application.notices.ports import (
    Grants,
    MiniProgram,
    NoticeTally,
    NoticeWork,
    Notifications,
    WeChatUsers,
)
from outreach.application.notices.take_grant import TakeGrant
from outreach.application.ports import Now
from outreach.domain.notices import delivering
from outreach.domain.notices.errors import WeChatNotConfigured, WeChatUserNotFound
from outreach.domain.notices.grants import SubscriptionGrant
from outreach.domain.notices.notifications import Changed, DeliveryState, Notification
from outreach.domain.notices.subscribe_messages import Verdict, meaning_of, message_of
from outreach.domain.notices.turns import OVERTAKEN, Standing, Turn, look_again_at, turn_of
from outreach.domain.replies import DeliveryFailure
from outreach.domain.wechat_answers import UNREACHABLE

NOT_CONFIGURED = DeliveryFailure(WeChatNotConfigured.code, WeChatNotConfigured.message)
NOBODY_TO_TELL = DeliveryFailure("PERSON_UNKNOWN", "对方的信息已被清除，无法发送。")

Outcome = Callable[[Notification], Changed]


class SendNotification:
    """Take a permission, mark as sending, call WeChat, write the outcome: each step may crash.

    A permission that was certainly not used is given back before the outcome is written, so that
    a crash between the two loses a message and no permission.
    """

    def __init__(
        self,
        notifications: Notifications,
        users: WeChatUsers,
        grants: Grants,
        mini_program: MiniProgram,
        tally: NoticeTally,
        now: Now,
    ) -> None:
        self._notifications = notifications
        self._users = users
        self._grants = grants
        self._take_grant = TakeGrant(grants)
        self._mini_program = mini_program
        self._tally = tally
        self._now = now

    async def __call__(self, work: NoticeWork) -> None:
        """Send a due notice if it is its turn, unless somebody else does.

        Raises: NotificationNotFound.
        """
        notification = await self._notifications.get(work.community_id, work.notification_id)
        if not await self._has_its_turn(notification):
            return
        grant = await self._take_grant(notification)
        if grant is None:
            await self._settle(
                notification, lambda it: delivering.without_grant(it, delivering.NOTHING_ALLOWED)
            )
            return
        await self._send_with(notification, grant)

    async def _has_its_turn(self, notification: Notification) -> bool:
        standings = await self._notifications.standings(
            notification.community_id, notification.account_id, notification.subject_id
        )
        own = next((it for it in standings if it.id == notification.id), None)
        if own is None or own.state is not DeliveryState.PENDING:
            return False
        turn = turn_of(own, standings)
        if turn is Turn.LATER:
            await self._defer(notification, own, standings)
        elif turn is Turn.NEVER:
            await self._give_back_held(notification)
            await self._settle(notification, lambda it: delivering.refused(it, OVERTAKEN))
        return turn is Turn.NOW

    async def _defer(
        self, notification: Notification, own: Standing, standings: list[Standing]
    ) -> None:
        until = look_again_at(own, standings, self._now())
        await self._notifications.change(
            notification.community_id, notification.id, lambda it: delivering.deferred(it, until)
        )

    async def _send_with(self, notification: Notification, grant: SubscriptionGrant) -> None:
        # Read whatever may turn out to be unreadable before anything is marked as under way.
        openid = await self._openid_of(grant)
        began_at = self._now()
        is_sender = False

        def start(now: Notification) -> Changed:
            nonlocal is_sender
            after, events = delivering.start(now, grant.id, began_at)
            is_sender = after is not now
            return after, events

        started = await self._notifications.change(
            notification.community_id, notification.id, start
        )
        phone = started.phone
        if not is_sender or phone is None:
            if phone is None or phone.grant_id != grant.id:
                await self._give_back(grant, notification)
            return
        attempt = phone.attempts
        outcome = await self._outcome(started, openid, grant)

        def of_this_attempt(now: Notification) -> Changed:
            """Leave alone a later attempt: this sender may have been frozen for a while."""
            same = now.phone is not None and now.phone.attempts == attempt
            return outcome(now) if same else (now, [])

        await self._settle(notification, of_this_attempt)

    async def _openid_of(self, grant: SubscriptionGrant) -> str | None:
        """Read whom the permission is of; None where nobody is known (any more)."""
        try:
            user = await self._users.get(grant.community_id, grant.wechat_user_id)
        except WeChatUserNotFound:
            return None
        return user.openid

    async def _outcome(
        self, started: Notification, openid: str | None, grant: SubscriptionGrant
    ) -> Outcome:
        if openid is None:
            await self._give_back(grant, started)
            return lambda it: delivering.refused(it, NOBODY_TO_TELL)
        try:
            await self._mini_program.send(openid, message_of(started))
        except WeChatRefused as refusal:
            return await self._refusal(refusal.wechat_code, started, grant)
        except WeChatUnreachable:
            return await self._try_later(UNREACHABLE, started, grant)
        except WeChatNotConfigured:
            await self._give_back(grant, started)
            return lambda it: delivering.refused(it, NOT_CONFIGURED)
        except WeChatOutcomeUnknown:
            return delivering.outcome_unknown
        at = self._now()
        return lambda it: delivering.delivered(it, at)

    async def _refusal(
        self, wechat_code: int, started: Notification, grant: SubscriptionGrant
    ) -> Outcome:
        answer = meaning_of(wechat_code)
        match answer.verdict:
            case Verdict.LATER:
                return await self._try_later(answer.failure, started, grant)
            case Verdict.NO_GRANT:
                await self._grants.change(grant.community_id, grant.id, SubscriptionGrant.void)
                return lambda it: delivering.without_grant(it, answer.failure)
            case Verdict.FAILED:
                await self._give_back(grant, started)
                return lambda it: delivering.refused(it, answer.failure)

    async def _try_later(
        self, failure: DeliveryFailure, started: Notification, grant: SubscriptionGrant
    ) -> Outcome:
        """Keep the permission for the next attempt; give it back after the last."""
        if started.phone is not None and delivering.is_last(started.phone):
            await self._give_back(grant, started)
        at = self._now()
        return lambda it: delivering.postponed(it, failure, at)

    async def _settle(self, notification: Notification, outcome: Outcome) -> None:
        after = await self._notifications.change(
            notification.community_id, notification.id, outcome
        )
        if after.phone is not None:
            self._tally.notice_attempted(after.phone.state.value)

    async def _give_back_held(self, notification: Notification) -> None:
        held = await self._grants.held_by(notification.community_id, notification.id)
        if held is not None:
            await self._give_back(held, notification)

    async def _give_back(self, grant: SubscriptionGrant, notification: Notification) -> None:
        await self._grants.change(
            grant.community_id, grant.id, lambda it: it.give_back(notification.id)
        )

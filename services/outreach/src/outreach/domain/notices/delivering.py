"""The steps of a notice's way to the phone: each is one write, so that a crash leaves a truth.

As with a reply (`domain.sending`), `sending` is written before WeChat is called and the outcome
after it; one found `sending` without a sender is `unknown`, is shown, and is not sent again.
"""

from datetime import datetime

import msgspec

from outreach.domain.notices.notifications import (
    Changed,
    DeliveryState,
    Notification,
    PhoneDelivery,
)
from outreach.domain.replies import CRASHED_AFTER, RETRY_AFTER, DeliveryFailure

NOTHING_ALLOWED = DeliveryFailure("NO_GRANT", "居民没有可用的订阅授权，通知留在小程序内。")
"""The person has allowed no message that is left."""


def start(notification: Notification, grant_id: str, at: datetime) -> Changed:
    """Mark a due notice as being sent; whoever gets this write through is its only sender."""
    phone = notification.phone
    if phone is None or phone.state is not DeliveryState.PENDING:
        return notification, []
    return _with(
        notification,
        msgspec.structs.replace(
            phone,
            state=DeliveryState.SENDING,
            due_at=None,
            attempts=phone.attempts + 1,
            sending_at=at,
            grant_id=grant_id,
        ),
    )


def deferred(notification: Notification, until: datetime) -> Changed:
    """Look at it again later: what happened before it is still on its way."""
    phone = notification.phone
    if phone is None or phone.state is not DeliveryState.PENDING:
        return notification, []
    return _with(notification, msgspec.structs.replace(phone, due_at=until))


def delivered(notification: Notification, at: datetime) -> Changed:
    """WeChat took it: true even if its sender had been given up meanwhile."""
    phone = notification.phone
    if phone is None or phone.state is DeliveryState.DELIVERED:
        return notification, []
    return _with(
        notification,
        msgspec.structs.replace(
            phone, state=DeliveryState.DELIVERED, delivered_at=at, due_at=None, failure=None
        ),
    )


def without_grant(notification: Notification, failure: DeliveryFailure) -> Changed:
    """The person allows no message: it waits in the app."""
    return _ended(notification, DeliveryState.NO_GRANT, failure)


def refused(notification: Notification, failure: DeliveryFailure) -> Changed:
    """WeChat said no, for good; or there was nothing that could be sent."""
    return _ended(notification, DeliveryState.FAILED, failure)


def postponed(notification: Notification, failure: DeliveryFailure, at: datetime) -> Changed:
    """Nothing was sent, and it may go through later; after the last attempt it has failed."""
    phone = notification.phone
    if phone is None or phone.state is not DeliveryState.SENDING:
        return notification, []
    if is_last(phone):
        return refused(notification, failure)
    return _with(
        notification,
        msgspec.structs.replace(
            phone,
            state=DeliveryState.PENDING,
            due_at=at + RETRY_AFTER[phone.attempts - 1],
            failure=failure,
        ),
    )


def is_last(phone: PhoneDelivery) -> bool:
    """Whether no attempt follows the one under way."""
    return phone.attempts > len(RETRY_AFTER)


def outcome_unknown(notification: Notification) -> Changed:
    """WeChat was called, and whether the phone has it nobody can say."""
    phone = notification.phone
    if phone is None or phone.state is not DeliveryState.SENDING:
        return notification, []
    return _with(notification, msgspec.structs.replace(phone, state=DeliveryState.UNKNOWN))


def abandoned(notification: Notification, at: datetime) -> Changed:
    """Settle a send whose sender is gone."""
    phone = notification.phone
    if phone is None or phone.sending_at is None or at < phone.sending_at + CRASHED_AFTER:
        return notification, []
    return outcome_unknown(notification)


def _ended(notification: Notification, state: DeliveryState, failure: DeliveryFailure) -> Changed:
    phone = notification.phone
    if phone is None or phone.state not in {DeliveryState.PENDING, DeliveryState.SENDING}:
        return notification, []
    return _with(
        notification, msgspec.structs.replace(phone, state=state, due_at=None, failure=failure)
    )


def _with(notification: Notification, phone: PhoneDelivery) -> Changed:
    return msgspec.structs.replace(notification, phone=phone), []

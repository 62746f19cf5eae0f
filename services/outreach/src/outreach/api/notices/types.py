"""The graph's types of notices: as their person sees them, and as the staff do."""

from datetime import datetime

import strawberry

from outreach.api.notices.enums import NoticeDeliveryState, NoticeKind, NoticeTemplateKind
from outreach.domain import replies
from outreach.domain.notices import kinds, notifications


@strawberry.type(description="Something that the caller is told of.")
class Notice:
    """See `domain.notices.notifications.Notification`; how it went to the phone is not said."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: NoticeKind = strawberry.field(description="What happened.")
    headline: str = strawberry.field(description="At most 20 characters.")
    text: str = strawberry.field(description="One or two sentences.")
    page: str = strawberry.field(description="The page of the mini-program that it opens.")
    issue_id: strawberry.ID | None = strawberry.field(
        description="The matter that it is about; null for a voucher's."
    )
    voucher_id: strawberry.ID | None = strawberry.field(
        description="The voucher that it is about; null for a matter's."
    )
    happened_at: datetime = strawberry.field(description="When it happened.")
    read_at: datetime | None = strawberry.field(description="When the caller had read it.")

    @classmethod
    def of(cls, notification: notifications.Notification) -> "Notice":
        """The graph's view for whom it is for."""
        is_voucher = notification.words.kind in kinds.VOUCHER_KINDS
        subject_id = strawberry.ID(notification.subject_id)
        return cls(
            id=strawberry.ID(notification.id),
            kind=NoticeKind(notification.words.kind.value),
            headline=notification.words.headline,
            text=notification.words.text,
            page=notification.page,
            issue_id=None if is_voucher else subject_id,
            voucher_id=subject_id if is_voucher else None,
            happened_at=notification.happened_at,
            read_at=notification.read_at,
        )


@strawberry.type(description="Why a notice did not reach the phone.")
class NoticeFailure:
    """See `domain.replies.DeliveryFailure`."""

    code: str = strawberry.field(description="UPPER_SNAKE, stable: what a program decides by.")
    message: str = strawberry.field(description="One plain sentence in zh-CN for the staff.")
    wechat_code: int | None = strawberry.field(
        description="WeChat's own error number, where it gave one."
    )

    @classmethod
    def of(cls, failure: replies.DeliveryFailure) -> "NoticeFailure":
        """The graph's view of a failure."""
        return cls(code=failure.code, message=failure.message, wechat_code=failure.wechat_code)


@strawberry.type(description="A notice's way to the phone.")
class NoticeDelivery:
    """See `domain.notices.notifications.PhoneDelivery`."""

    state: NoticeDeliveryState = strawberry.field(description="How far it has come.")
    failure: NoticeFailure | None = strawberry.field(
        description="Why it did not arrive, or why the last attempt did not."
    )
    attempts: int = strawberry.field(description="How often WeChat was called for it.")
    due_at: datetime | None = strawberry.field(description="When it is to be tried next.")
    sent_at: datetime | None = strawberry.field(description="When WeChat was last called for it.")
    delivered_at: datetime | None = strawberry.field(description="When WeChat took it.")

    @classmethod
    def of(cls, phone: notifications.PhoneDelivery) -> "NoticeDelivery":
        """The graph's view of a delivery."""
        return cls(
            state=NoticeDeliveryState(phone.state.value),
            failure=NoticeFailure.of(phone.failure) if phone.failure else None,
            attempts=phone.attempts,
            due_at=phone.due_at,
            sent_at=phone.sending_at,
            delivered_at=phone.delivered_at,
        )


@strawberry.type(description="What an account was told of a matter, as the staff see it.")
class Notification:
    """See `domain.notices.notifications.Notification`; whether it was read is not said."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    account_id: strawberry.ID = strawberry.field(description="The account that it is for.")
    kind: NoticeKind = strawberry.field(description="What happened.")
    headline: str = strawberry.field(description="At most 20 characters.")
    text: str = strawberry.field(description="One or two sentences.")
    happened_at: datetime = strawberry.field(description="When it happened.")
    delivery: NoticeDelivery | None = strawberry.field(
        description="Its way to the phone; null for what is read in the app alone."
    )

    @classmethod
    def of(cls, notification: notifications.Notification) -> "Notification":
        """The graph's view for the staff."""
        phone = notification.phone
        return cls(
            id=strawberry.ID(notification.id),
            account_id=strawberry.ID(notification.account_id),
            kind=NoticeKind(notification.words.kind.value),
            headline=notification.words.headline,
            text=notification.words.text,
            happened_at=notification.happened_at,
            delivery=NoticeDelivery.of(phone) if phone else None,
        )


@strawberry.type(description="A template that the mini-program asks permission for.")
class NoticeTemplate:
    """See `domain.notices.kinds.Template`."""

    kind: NoticeTemplateKind = strawberry.field(description="What it is for.")
    wechat_template_id: str = strawberry.field(
        description="WeChat's id of it, for wx.requestSubscribeMessage."
    )

"""The graph's words for notices; their values are the domain's."""

from enum import Enum

import strawberry


@strawberry.enum(description="What a person is told of.")
class NoticeKind(Enum):
    """See `domain.notices.kinds.NoticeKind`."""

    ISSUE_ACKNOWLEDGED = strawberry.enum_value(
        "issue_acknowledged", description="The staff have taken notice of a matter."
    )
    ISSUE_ASSIGNED = strawberry.enum_value(
        "issue_assigned", description="Somebody is named to work on it."
    )
    ISSUE_STARTED = strawberry.enum_value("issue_started", description="Somebody is at work.")
    ISSUE_WAITING = strawberry.enum_value(
        "issue_waiting", description="It depends on somebody outside."
    )
    ISSUE_RESUMED = strawberry.enum_value("issue_resumed", description="It no longer does.")
    ISSUE_ESCALATED = strawberry.enum_value(
        "issue_escalated", description="A higher level deals with it."
    )
    ISSUE_REJECTED = strawberry.enum_value(
        "issue_rejected", description="Nothing will be done about it."
    )
    ISSUE_DUPLICATE = strawberry.enum_value(
        "issue_duplicate", description="It goes on as another issue, which it repeats."
    )
    ROUND_RECORDED = strawberry.enum_value(
        "round_recorded", description="Somebody outside was spoken to."
    )
    PROMISE_SETTLED = strawberry.enum_value(
        "promise_settled", description="What they promised was kept, late or broken."
    )
    ISSUE_RESOLVED = strawberry.enum_value("issue_resolved", description="The work is done.")
    ISSUE_CONFIRMED = strawberry.enum_value("issue_confirmed", description="It is over.")
    ISSUE_REOPENED = strawberry.enum_value("issue_reopened", description="It was not over.")
    VOUCHER_CLAIMED = strawberry.enum_value(
        "voucher_claimed", description="A voucher is theirs, claimed or as thanks."
    )
    VOUCHER_REDEEMED = strawberry.enum_value(
        "voucher_redeemed", description="Some of it was spent."
    )
    VOUCHER_REVERSED = strawberry.enum_value(
        "voucher_reversed", description="What was spent is back."
    )
    VOUCHER_EXPIRED = strawberry.enum_value(
        "voucher_expired", description="What was not spent in time is gone."
    )


@strawberry.enum(description="What the mini-program may ask a person's permission to send.")
class NoticeTemplateKind(Enum):
    """See `domain.notices.kinds.Template`."""

    ISSUE_PROGRESS = strawberry.enum_value(
        "issue_progress", description="How a matter goes that they reported or follow."
    )
    VOUCHER = strawberry.enum_value("voucher", description="What happened to their vouchers.")


@strawberry.enum(description="How far a notice has come on its way to the phone.")
class NoticeDeliveryState(Enum):
    """See `domain.notices.notifications.DeliveryState`."""

    PENDING = strawberry.enum_value("pending", description="Waits to be sent, or to be retried.")
    SENDING = strawberry.enum_value("sending", description="WeChat is being called.")
    DELIVERED = strawberry.enum_value("delivered", description="WeChat took it.")
    FAILED = strawberry.enum_value("failed", description="It did not go; it is in the app.")
    UNKNOWN = strawberry.enum_value(
        "unknown", description="WeChat was called and gave no clear answer; not sent again."
    )
    NO_GRANT = strawberry.enum_value(
        "no_grant", description="The person allows no such message; it is in the app."
    )

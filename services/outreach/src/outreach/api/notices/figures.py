"""A community's figures of notices."""

from collections.abc import Mapping
from datetime import datetime

import strawberry

from outreach.api.context import Info, actor_of
from outreach.domain.notices.notifications import DeliveryState


@strawberry.type(description="How far the notices of a period came on their way to phones.")
class NotificationFigures:
    """By state; what is read in the app alone is in none of them."""

    delivered: int = strawberry.field(description="WeChat took them.")
    no_grant: int = strawberry.field(
        description="Their people allowed no message; they are in the app."
    )
    failed: int = strawberry.field(description="They did not go; they are in the app.")
    unknown: int = strawberry.field(
        description="WeChat gave no clear answer; they were not sent again."
    )
    on_the_way: int = strawberry.field(description="They wait to be sent, or are being sent.")

    @classmethod
    def of(cls, counted: Mapping[DeliveryState, int]) -> "NotificationFigures":
        """The graph's view of them."""
        return cls(
            delivered=counted[DeliveryState.DELIVERED],
            no_grant=counted[DeliveryState.NO_GRANT],
            failed=counted[DeliveryState.FAILED],
            unknown=counted[DeliveryState.UNKNOWN],
            on_the_way=counted[DeliveryState.PENDING] + counted[DeliveryState.SENDING],
        )


@strawberry.type(description="A community's figures of notices.")
class NoticeFigures:
    """What OutreachFigures has of notices."""

    received_from: datetime = strawberry.field(description="The start of the period.")
    received_until: datetime = strawberry.field(description="Its end, itself not included.")

    @strawberry.field(description="Notices for phones of what happened in the period.")
    async def notifications(self, info: Info) -> NotificationFigures | None:
        """Count."""
        counted = await info.context.application.notices.queries.figures(
            actor_of(info.context), self.received_from, self.received_until
        )
        return NotificationFigures.of(counted)

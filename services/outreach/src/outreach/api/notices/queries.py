"""What can be asked about notices."""

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of

from outreach.api.context import Info, actor_of, place_after
from outreach.api.notices.enums import NoticeTemplateKind
from outreach.api.notices.followers import FOLLOWERS
from outreach.api.notices.types import Notice, NoticeTemplate, Notification
from outreach.api.types import STAFF, After, First


@strawberry.type(description="What can be asked about notices.")
class NoticeQueryFields:
    """The part of Query that is about notices."""

    @strawberry.federation.field(
        description="What the caller is told of, latest happened first.",
        authenticated=True,
        requires_scopes=FOLLOWERS,
    )
    async def my_notices(
        self,
        info: Info,
        first: First = DEFAULT_FIRST,
        after: After = None,
        unread_only: Annotated[
            bool, strawberry.argument(description="Only those that the caller has not read.")
        ] = False,
    ) -> Connection[Notice] | None:
        """One page."""
        page = await info.context.application.notices.queries.own(
            actor_of(info.context),
            unread_only=unread_only,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Notice.of, after=after)

    @strawberry.federation.field(
        description=(
            "How many of them the caller has not read; counted up to 100, which stands for 100 "
            "or more."
        ),
        authenticated=True,
        requires_scopes=FOLLOWERS,
    )
    async def unread_notices(self, info: Info) -> int | None:
        """Count."""
        return await info.context.application.notices.queries.unread(actor_of(info.context))

    @strawberry.federation.field(
        description="What the mini-program may ask the caller's permission to send.",
        authenticated=True,
        requires_scopes=FOLLOWERS,
    )
    async def notice_templates(self, info: Info) -> list[NoticeTemplate] | None:
        """Those that this installation has at WeChat."""
        templates = info.context.application.notices.queries.templates(actor_of(info.context))
        return [
            NoticeTemplate(kind=NoticeTemplateKind(template.value), wechat_template_id=known_as)
            for template, known_as in templates.items()
        ]

    @strawberry.federation.field(
        description="Who was told what of a matter, latest happened first.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def notifications(
        self,
        info: Info,
        issue_id: Annotated[strawberry.ID, strawberry.argument(description="The matter.")],
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Notification] | None:
        """One page; empty for a matter of which nobody was told, or that is unknown."""
        page = await info.context.application.notices.queries.of_issue(
            actor_of(info.context),
            issue_id,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Notification.of, after=after)

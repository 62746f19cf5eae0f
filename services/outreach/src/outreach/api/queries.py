"""What can be asked."""

from typing import Annotated

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    checked_first,
    connection_of,
)

from outreach.api import loaders
from outreach.api.context import Info, actor_of, place_after
from outreach.api.enums import CommentState
from outreach.api.figures import Community
from outreach.api.notices.queries import NoticeQueryFields
from outreach.api.own_comments import RESIDENT, OwnComment
from outreach.api.types import STAFF, After, Article, Channel, Comment, First, Id
from outreach.domain import comments


@strawberry.type(description="What can be asked.")
class Query(NoticeQueryFields):
    """Every read."""

    @strawberry.federation.field(
        description="A community, as far as the caller belongs to it.",
        shareable=True,
        authenticated=True,
    )
    def community(self, info: Info, id: Id) -> Community | None:  # noqa: A002
        """Its fields are answered by every service that has some."""
        return Community.resolve_reference(info, id)

    @strawberry.federation.field(
        description="The community's channels, newest first.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def channels(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Channel] | None:
        """One page."""
        page = await info.context.application.queries.channels(
            actor_of(info.context), first=checked_first(first), after=place_after(after)
        )
        return connection_of(page, Channel.of, after=after)

    @strawberry.federation.field(
        description="The community's articles, latest published first.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def articles(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Article] | None:
        """One page."""
        page = await info.context.application.queries.articles(
            actor_of(info.context), first=checked_first(first), after=place_after(after)
        )
        return connection_of(page, Article.of, after=after)

    @strawberry.federation.field(
        description="One article of the caller's community.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def article(self, info: Info, id: Id) -> Article | None:  # noqa: A002
        """Null for an id that the community does not have."""
        found = await info.context.load(loaders.articles, id)
        return Article.of(found) if found else None

    @strawberry.federation.field(
        description="What people wrote, latest received first.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def comments(
        self,
        info: Info,
        first: First = DEFAULT_FIRST,
        after: After = None,
        state: Annotated[
            CommentState | None, strawberry.argument(description="Only those in this state.")
        ] = None,
    ) -> Connection[Comment] | None:
        """One page."""
        page = await info.context.application.queries.comments(
            actor_of(info.context),
            state=comments.CommentState(str(state.value)) if state else None,
            first=checked_first(first),
            after=place_after(after),
        )
        return connection_of(page, Comment.of, after=after)

    @strawberry.federation.field(
        description="One comment of the caller's community.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def comment(self, info: Info, id: Id) -> Comment | None:  # noqa: A002
        """Null for an id that the community does not have."""
        found = await info.context.load(loaders.comments, id)
        return Comment.of(found) if found else None

    @strawberry.federation.field(
        description="What the caller wrote, as far as it is joined to their account, latest first.",
        authenticated=True,
        requires_scopes=RESIDENT,
    )
    async def my_comments(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[OwnComment] | None:
        """One page."""
        page = await info.context.application.queries.own_comments(
            actor_of(info.context), first=checked_first(first), after=place_after(after)
        )
        return connection_of(page, OwnComment.of, after=after)

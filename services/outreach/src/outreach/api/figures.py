"""The part of a community that outreach answers for: its figures."""

from datetime import datetime
from typing import Annotated

import strawberry

from outreach.api.context import Info, actor_of
from outreach.api.metrics.figures import MetricFigures
from outreach.api.notices.figures import NoticeFigures
from outreach.api.types import STAFF
from outreach.application.queries import Figures


@strawberry.type(description="What a community's channels brought in over a period.")
class OutreachFigures(MetricFigures, NoticeFigures):
    """See `application.queries.Figures`."""

    comments_received: int = strawberry.field(
        description="Comments and messages received in the period."
    )
    unanswered_comments: int = strawberry.field(
        description=(
            "Those open now, not taken back, and without a delivered reply, whenever they came; "
            "counted up to 1000, which stands for 1000 or more."
        )
    )
    articles_published: int = strawberry.field(
        description="Registered articles that were published in the period."
    )

    @classmethod
    def of(cls, figures: Figures) -> "OutreachFigures":
        """The graph's view of the figures."""
        return cls(
            received_from=figures.period.start,
            received_until=figures.period.end,
            comments_received=figures.comments_received,
            unanswered_comments=figures.unanswered_comments,
            articles_published=figures.articles_published,
        )


@strawberry.federation.type(keys=["id"], description="A community.")
class Community:
    """The part of a community that outreach knows."""

    id: strawberry.ID = strawberry.field(description="Its id.")

    @classmethod
    def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Community | None":  # noqa: A002
        """The caller's own community; another is as unknown as one that never was."""
        return cls(id=id) if id == info.context.require_principal().community_id else None

    @strawberry.federation.field(
        description="What its channels brought in over a period.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def outreach_figures(
        self,
        info: Info,
        received_from: Annotated[
            datetime | None,
            strawberry.argument(
                description="Start of the period; 30 days before its end if left out."
            ),
        ] = None,
        received_until: Annotated[
            datetime | None,
            strawberry.argument(
                description="End of the period, itself not included; left out: now."
            ),
        ] = None,
    ) -> OutreachFigures | None:
        """Count."""
        figures = await info.context.application.queries.figures(
            actor_of(info.context), self.id, received_from, received_until
        )
        return OutreachFigures.of(figures) if figures else None

"""Every room of this service, each built from the foundation and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chassis.clock import Now, utc_now
from chassis.rooms import Plan, Room

from outreach.application.archive_channel import ArchiveChannel
from outreach.application.notices.notices import Notices
from outreach.application.outreach import Outreach
from outreach.application.queries import Queries
from outreach.application.register_channel import RegisterChannel
from outreach.application.register_published_article import RegisterPublishedArticle
from outreach.application.reply_to_comment import ReplyToComment
from outreach.application.take_over_comment import TakeOverComment
from outreach.bootstrap import conversation, joining, metrics, notices
from outreach.bootstrap.conversation import Conversation
from outreach.bootstrap.foundation import Foundation
from outreach.bootstrap.joining import Joining
from outreach.bootstrap.metrics import Metrics
from outreach.settings import OutreachSettings

PLANS: Sequence[Plan] = (conversation.PLAN, joining.PLAN, metrics.PLAN, notices.PLAN)


@dataclass(frozen=True)
class Rooms:
    """What api, worker and commands have in common."""

    foundation: Foundation
    conversation: Conversation
    joining: Joining
    metrics: Metrics
    notices: Room[Notices]

    @property
    def all(self) -> Sequence[Room[Any]]:
        """Each room."""
        return (self.conversation.room, self.joining.room, self.metrics.room, self.notices)

    @property
    def edge(self) -> Outreach:
        """What the graph calls."""
        said, now = self.conversation, self.foundation.now
        return Outreach(
            register_channel=RegisterChannel(said.channels, now),
            archive_channel=ArchiveChannel(said.channels, now),
            register_published_article=RegisterPublishedArticle(said.channels, said.articles, now),
            reply_to_comment=ReplyToComment(said.comments, now),
            take_over_comment=TakeOverComment(
                self.joining.accounts, said.comments, said.join_links, now
            ),
            record_metric=self.metrics.record_metric,
            metrics=self.metrics.queries,
            notices=self.notices.use_cases,
            queries=Queries(said.channels, said.articles, said.comments, now),
            public_base_url=self.foundation.settings.public_base_url,
        )


def build(settings: OutreachSettings, now: Now = utc_now) -> Rooms:
    """Build everything; the store need not be there yet."""
    return build_on(Foundation.laid(settings, now))


def build_on(foundation: Foundation) -> Rooms:
    """Build everything on what is there already, such as a store that a test listens to."""
    conversation_room = conversation.build(foundation)
    joining_room = joining.build(foundation, conversation_room)
    return Rooms(
        foundation=foundation,
        conversation=conversation_room,
        joining=joining_room,
        metrics=metrics.build(foundation, conversation_room),
        notices=notices.build(foundation, joining_room),
    )

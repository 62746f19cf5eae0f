"""What outreach can do for a person, on one page."""

from dataclasses import dataclass

from outreach.application.archive_channel import ArchiveChannel
from outreach.application.metrics.queries import MetricQueries
from outreach.application.metrics.record_metric import RecordMetric
from outreach.application.notices.notices import Notices
from outreach.application.queries import Queries
from outreach.application.register_channel import RegisterChannel
from outreach.application.register_published_article import RegisterPublishedArticle
from outreach.application.reply_to_comment import ReplyToComment
from outreach.application.take_over_comment import TakeOverComment


@dataclass(frozen=True)
class Outreach:
    """The use cases and reads behind the graph.

    Attributes:
        public_base_url: by which the world reaches us, without a slash at the end.
    """

    register_channel: RegisterChannel
    archive_channel: ArchiveChannel
    register_published_article: RegisterPublishedArticle
    reply_to_comment: ReplyToComment
    take_over_comment: TakeOverComment
    record_metric: RecordMetric
    queries: Queries
    metrics: MetricQueries
    notices: Notices
    public_base_url: str

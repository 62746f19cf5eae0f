"""The graph's words for figures; their values are the domain's."""

from enum import Enum

import strawberry


@strawberry.enum(description="What a figure is about.")
class MetricSubjectKind(Enum):
    """See `domain.metrics.snapshots.SubjectKind`."""

    ARTICLE = strawberry.enum_value("article", description="One article.")
    CHANNEL = strawberry.enum_value("channel", description="One channel.")
    COMMUNITY = strawberry.enum_value("community", description="The community as a whole.")


@strawberry.enum(description="What is counted.")
class Metric(Enum):
    """See `domain.metrics.snapshots.Metric`."""

    READS = strawberry.enum_value("reads", description="How often it was read.")
    LIKES = strawberry.enum_value("likes", description="How often it was liked.")
    SHARES = strawberry.enum_value("shares", description="How often it was passed on.")
    VIEWS = strawberry.enum_value("views", description="How often a film was watched.")
    FOLLOWERS = strawberry.enum_value("followers", description="How many follow.")
    ARTICLES_PUBLISHED = strawberry.enum_value(
        "articles_published", description="Articles published in the year, up to the day."
    )


@strawberry.enum(description="Where a figure comes from that somebody types in.")
class TypedMetricSource(Enum):
    """Those of `domain.metrics.snapshots.Source` that are a person's to name."""

    HAND = strawberry.enum_value("hand", description="Counted or read off by somebody.")
    HISTORICAL = strawberry.enum_value(
        "historical", description="Stated by others of a time before; see `since` and `statedBy`."
    )


@strawberry.enum(description="Where a figure comes from.")
class MetricSource(Enum):
    """See `domain.metrics.snapshots.Source`."""

    HAND = strawberry.enum_value("hand", description="Counted or read off by somebody.")
    CSV = strawberry.enum_value("csv", description="From a table that was handed over.")
    WECHAT = strawberry.enum_value(
        "wechat", description="As WeChat's console or data interface shows it."
    )
    HISTORICAL = strawberry.enum_value(
        "historical", description="Stated by others of a time before; see `since` and `statedBy`."
    )

"""Dated figures: what was counted of articles, channels and the community."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.aggregates import Event
from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan, Room

from outreach.adapters.metrics import mongo_latest_figures, mongo_snapshots
from outreach.adapters.metrics.mongo_latest_figures import MongoLatestFigures
from outreach.adapters.metrics.mongo_snapshots import MongoSnapshots
from outreach.adapters.topics import EVENTS
from outreach.application.metrics.keep_latest_figure import KeepLatestFigure
from outreach.application.metrics.queries import MetricQueries
from outreach.application.metrics.record_metric import RecordMetric
from outreach.bootstrap.conversation import Conversation
from outreach.bootstrap.foundation import Foundation
from outreach.consumers.on_metric_captured import MetricCaptured, on_metric_captured
from outreach.domain.metrics.snapshots import MetricSnapshot

PLAN = Plan(
    outboxes=(mongo_snapshots.COLLECTION,),
    indexes=(*mongo_snapshots.INDEXES, *mongo_latest_figures.INDEXES),
)


@dataclass(frozen=True)
class Metrics:
    """Built once a process: what the graph calls, and what it adds to the worker."""

    record_metric: RecordMetric
    queries: MetricQueries
    room: Room[None]


def build(foundation: Foundation, said: Conversation) -> Metrics:
    """Build it; the store need not be there yet."""
    snapshots = MongoSnapshots(foundation.store)
    figures = MongoLatestFigures(foundation.store)
    keep = KeepLatestFigure(snapshots, said.articles, figures)
    return Metrics(
        record_metric=RecordMetric(snapshots, said.articles, said.channels, keep, foundation.now),
        queries=MetricQueries(snapshots, figures, said.articles, said.channels, foundation.now),
        room=Room(
            use_cases=None,
            listeners=[Listener(EVENTS, MetricCaptured, on_metric_captured(keep))],
            facts=[Facts(snapshots, snapshot_facts)],
        ),
    )


def snapshot_facts(snapshot: MetricSnapshot) -> Sequence[Event]:
    """All that others may know of a figure."""
    return [snapshot.captured]

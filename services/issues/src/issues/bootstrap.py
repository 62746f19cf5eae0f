"""The one place that builds this service's objects."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import typer
from chassis.clock import utc_now
from chassis.event_plumbing import EventPlumbing
from chassis.graph_service import add_graph, add_issuer_keys
from chassis.key_commands import mount_key_commands
from chassis.listening import Listener
from chassis.mongo import Index, Store
from chassis.person_keys import PersonKeys
from chassis.republish import Facts
from chassis.rewrapping import Rewrapping
from chassis.server import Service
from chassis.service_commands import Processes, mount_service_commands
from chassis.settings import load
from chassis.topic_tail import TopicTail
from chassis.topics import Topic

from chassis import commands
from issues.adapters import mongo_hazard_rule_sets, mongo_intakes, mongo_issues
from issues.adapters.indexes import INDEXES
from issues.adapters.live_issues import LiveIssues
from issues.adapters.mongo_hazard_rule_sets import MongoHazardRuleSets, rule_set_id
from issues.adapters.mongo_intakes import MongoIntakes
from issues.adapters.mongo_issues import MongoIssues
from issues.api.schema import build as build_schema
from issues.application.acknowledge_issue import AcknowledgeIssue
from issues.application.confirm_hazard import ConfirmHazard
from issues.application.decline_hazard import DeclineHazard
from issues.application.dismiss_intake import DismissIntake
from issues.application.edit_hazard_rules import EditHazardRules
from issues.application.follow_issue import FollowIssue
from issues.application.hazard_rules_in_force import HazardRulesInForce
from issues.application.issue_figures import ReadIssueFigures
from issues.application.matters import Matters
from issues.application.note_deletion import NoteDeletion
from issues.application.note_edit import NoteEdit
from issues.application.note_join import NoteJoin
from issues.application.note_reply import NoteReply
from issues.application.open_issue import OpenIssue
from issues.application.queries import Queries
from issues.application.receive_comment import ReceiveComment
from issues.application.remove_hazard_rule import RemoveHazardRule
from issues.application.report_issue import ReportIssue
from issues.application.set_hazard_rule import SetHazardRule
from issues.application.triage_issue import TriageIssue
from issues.consumers import comment_events
from issues.consumers.comment_events import OUTREACH_TOPIC
from issues.consumers.on_comment_deleted import on_comment_deleted
from issues.consumers.on_comment_edited import on_comment_edited
from issues.consumers.on_comment_joined import on_comment_joined
from issues.consumers.on_comment_received import on_comment_received
from issues.consumers.on_comment_replied import on_comment_replied
from issues.consumers.on_intake_accepted import ISSUES_TOPIC, IntakeAccepted, on_intake_accepted
from issues.domain.intake import facts_of_intake
from issues.domain.issue import facts_of_issue
from issues.settings import IssuesSettings

OUTBOXES = (
    mongo_intakes.COLLECTION,
    mongo_issues.COLLECTION,
    mongo_hazard_rule_sets.COLLECTION,
)


@dataclass(frozen=True)
class Kept:
    """The store and what is kept in it."""

    store: Store
    intakes: MongoIntakes
    issues: MongoIssues
    rule_sets: MongoHazardRuleSets


def open_store(settings: IssuesSettings) -> Kept:
    """Prepare the store; it need not be there yet."""
    store = Store.connect(
        settings.mongodb_uri.get_secret_value(),
        settings.mongodb_database,
        driver=settings.mongodb_driver,
    )
    return Kept(
        store=store,
        intakes=MongoIntakes(store, topic=ISSUES_TOPIC, now=utc_now),
        issues=MongoIssues(store, topic=ISSUES_TOPIC, now=utc_now),
        rule_sets=MongoHazardRuleSets(store, topic=ISSUES_TOPIC, now=utc_now),
    )


def event_plumbing(settings: IssuesSettings) -> EventPlumbing:
    """Describe what this service owns of the event path."""
    return EventPlumbing(
        service=settings.service_name,
        bootstrap_servers=settings.kafka_bootstrap_servers,
        topics=[Topic(ISSUES_TOPIC)],
        outboxes=OUTBOXES,
    )


def build_matters(kept: Kept, live: LiveIssues) -> Matters:
    """Build the use cases behind the graph."""
    in_force = HazardRulesInForce(kept.rule_sets, rule_set_id)
    edit_rules = EditHazardRules(kept.rule_sets, rule_set_id)
    return Matters(
        open_issue=OpenIssue(kept.intakes, utc_now),
        dismiss_intake=DismissIntake(kept.intakes, utc_now),
        acknowledge_issue=AcknowledgeIssue(kept.issues, utc_now),
        triage_issue=TriageIssue(kept.issues, utc_now),
        confirm_hazard=ConfirmHazard(kept.issues, utc_now),
        decline_hazard=DeclineHazard(kept.issues, utc_now),
        set_hazard_rule=SetHazardRule(edit_rules),
        remove_hazard_rule=RemoveHazardRule(edit_rules),
        follow_issue=FollowIssue(live),
        queries=Queries(kept.intakes, kept.issues, in_force),
        figures=ReadIssueFigures(kept.intakes, kept.issues, utc_now),
        now=utc_now,
    )


def listeners(kept: Kept) -> list[Listener[Any]]:
    """Say what is done on which event."""
    rules = HazardRulesInForce(kept.rule_sets, rule_set_id)
    return [
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentReceived,
            on_comment_received(ReceiveComment(kept.intakes, rules, utc_now)),
        ),
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentReplied,
            on_comment_replied(NoteReply(kept.intakes)),
        ),
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentEdited,
            on_comment_edited(NoteEdit(kept.intakes, rules, utc_now)),
        ),
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentDeleted,
            on_comment_deleted(NoteDeletion(kept.intakes)),
        ),
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentJoined,
            on_comment_joined(NoteJoin(kept.intakes)),
        ),
        Listener(
            ISSUES_TOPIC,
            IntakeAccepted,
            on_intake_accepted(ReportIssue(kept.intakes, kept.issues)),
        ),
    ]


async def build_api(settings: IssuesSettings) -> Service:
    """Build the process that answers people."""
    kept = open_store(settings)
    live = LiveIssues(kept.issues)
    own_events = TopicTail(
        settings.kafka_bootstrap_servers,
        ISSUES_TOPIC,
        live.on_record,
        start="end",
        on_state=live.on_state,
    )
    service = Service("issues-api", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=kept.store.ping, stop=kept.store.close)
    add_graph(
        service,
        settings,
        build_schema(introspection=not settings.is_production),
        application=build_matters(kept, live),
        keys=add_issuer_keys(service, settings, settings.state_folder / "issues" / "jwks.json"),
    )
    service.add("own events", run=own_events.run)
    return service


async def build_worker(settings: IssuesSettings) -> Service:
    """Build the process that publishes events and listens to others."""
    kept = open_store(settings)
    plumbing = event_plumbing(settings)
    relay = plumbing.relay(kept.store)
    consumer = plumbing.consumer(kept.store, listeners(kept))
    service = Service("issues-worker", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=kept.store.ping, stop=kept.store.close)
    service.add("relay", run=relay.run)
    service.add("consumers", run=consumer.run, ready=consumer.ready)
    return service


@asynccontextmanager
async def open_events() -> AsyncIterator[commands.OpenEvents]:
    """Open what the event commands need."""
    settings = load(IssuesSettings)
    kept = open_store(settings)
    try:
        yield commands.OpenEvents(
            plumbing=event_plumbing(settings),
            store=kept.store,
            listens_to=[OUTREACH_TOPIC, ISSUES_TOPIC],
            facts=[Facts(kept.intakes, facts_of_intake), Facts(kept.issues, facts_of_issue)],
        )
    finally:
        await kept.store.close()


@asynccontextmanager
async def open_rewrapping() -> AsyncIterator[Rewrapping]:
    """Open what the wrapping keys lock: this service keeps no secret of its own."""
    settings = load(IssuesSettings)
    store, wrapping = open_store(settings).store, settings.wrapping_keys()
    try:
        yield Rewrapping(store, wrapping, PersonKeys(store, wrapping, now=utc_now))
    finally:
        await store.close()


def indexes(settings: IssuesSettings) -> list[Index]:
    """All that the store must have."""
    return [*INDEXES, *PersonKeys.indexes(), *event_plumbing(settings).indexes()]


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""
    mount_service_commands(
        app, Processes(IssuesSettings, build_api, build_worker, build_schema, indexes)
    )
    commands.mount_event_commands(app, open_events)
    mount_key_commands(app, open_rewrapping)

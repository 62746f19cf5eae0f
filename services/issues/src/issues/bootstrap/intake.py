"""The room where comments become issues: intakes, hazards, and the issue up to its triage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan, Room

from issues.adapters import mongo_hazard_rule_sets, mongo_intakes, mongo_issues
from issues.adapters.live_issues import LiveIssues
from issues.adapters.mongo_hazard_rule_sets import MongoHazardRuleSets, rule_set_id
from issues.adapters.mongo_intakes import INTAKE_INDEXES
from issues.adapters.mongo_issues import ISSUE_INDEXES
from issues.application.acknowledge_issue import AcknowledgeIssue
from issues.application.confirm_hazard import ConfirmHazard
from issues.application.decline_hazard import DeclineHazard
from issues.application.dismiss_intake import DismissIntake
from issues.application.edit_hazard_rules import EditHazardRules
from issues.application.follow_issue import FollowIssue
from issues.application.handling.note_issue_reporter import NoteIssueReporter
from issues.application.hazard_rules_in_force import HazardRulesInForce
from issues.application.intake_desk import IntakeDesk
from issues.application.issue_figures import ReadIssueFigures
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
from issues.bootstrap.foundation import Foundation
from issues.consumers import comment_events
from issues.consumers.comment_events import OUTREACH_TOPIC
from issues.consumers.on_comment_deleted import on_comment_deleted
from issues.consumers.on_comment_edited import on_comment_edited
from issues.consumers.on_comment_joined import on_comment_joined
from issues.consumers.on_comment_received import on_comment_received
from issues.consumers.on_comment_replied import on_comment_replied
from issues.consumers.on_intake_accepted import ISSUES_TOPIC, IntakeAccepted, on_intake_accepted
from issues.domain.handling.facts import facts_of_issue
from issues.domain.intake import facts_of_intake

PLAN = Plan(
    outboxes=(
        mongo_intakes.COLLECTION,
        mongo_issues.COLLECTION,
        mongo_hazard_rule_sets.COLLECTION,
    ),
    indexes=(*INTAKE_INDEXES, *ISSUE_INDEXES),
)


@dataclass(frozen=True)
class IntakeRoom:
    """What the others need of it."""

    room: Room[IntakeDesk]
    live: LiveIssues


def build(foundation: Foundation) -> IntakeRoom:
    """Build the room."""
    rule_sets = MongoHazardRuleSets(foundation.store, topic=ISSUES_TOPIC, now=foundation.now)
    rules = HazardRulesInForce(rule_sets, rule_set_id)
    live = LiveIssues(foundation.issues)
    room = Room(
        use_cases=_desk(foundation, rules, EditHazardRules(rule_sets, rule_set_id), live),
        listeners=_listeners(foundation, rules),
        facts=(
            Facts(foundation.intakes, facts_of_intake),
            Facts(foundation.issues, facts_of_issue),
        ),
    )
    return IntakeRoom(room, live)


def _desk(
    foundation: Foundation, rules: HazardRulesInForce, edit_rules: EditHazardRules, live: LiveIssues
) -> IntakeDesk:
    intakes, issues, now = foundation.intakes, foundation.issues, foundation.now
    return IntakeDesk(
        open_issue=OpenIssue(intakes, now),
        dismiss_intake=DismissIntake(intakes, now),
        acknowledge_issue=AcknowledgeIssue(issues, now),
        triage_issue=TriageIssue(issues, now),
        confirm_hazard=ConfirmHazard(issues, now),
        decline_hazard=DeclineHazard(issues, now),
        set_hazard_rule=SetHazardRule(edit_rules),
        remove_hazard_rule=RemoveHazardRule(edit_rules),
        follow_issue=FollowIssue(live),
        queries=Queries(intakes, issues, rules),
        figures=ReadIssueFigures(intakes, issues, now),
    )


def _listeners(foundation: Foundation, rules: HazardRulesInForce) -> Sequence[Listener[Any]]:
    intakes, now = foundation.intakes, foundation.now
    note_reporter = NoteIssueReporter(foundation.issues, now)
    return (
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentReceived,
            on_comment_received(ReceiveComment(intakes, rules, now)),
        ),
        Listener(
            OUTREACH_TOPIC, comment_events.CommentReplied, on_comment_replied(NoteReply(intakes))
        ),
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentEdited,
            on_comment_edited(NoteEdit(intakes, rules, now)),
        ),
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentDeleted,
            on_comment_deleted(NoteDeletion(intakes)),
        ),
        Listener(
            OUTREACH_TOPIC,
            comment_events.CommentJoined,
            on_comment_joined(NoteJoin(intakes), note_reporter),
        ),
        Listener(
            ISSUES_TOPIC,
            IntakeAccepted,
            on_intake_accepted(ReportIssue(intakes, foundation.issues, note_reporter)),
        ),
    )

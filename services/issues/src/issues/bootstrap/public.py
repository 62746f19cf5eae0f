"""The room that residents look into: what happened to an issue, and who hears of it."""

from collections.abc import Sequence
from typing import Any, TypeVar

from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan, Room

from issues.adapters.public import mongo_followers, mongo_timeline
from issues.adapters.public.mongo_followers import MongoFollowers
from issues.adapters.public.mongo_timeline import MongoTimeline
from issues.application.public.carry_followers import CarryFollowers
from issues.application.public.follow_public_issue import FollowPublicIssue
from issues.application.public.note_reporter import NoteReporter
from issues.application.public.public_desk import PublicDesk
from issues.application.public.public_issues import PublicIssues
from issues.application.public.unfollow_public_issue import UnfollowPublicIssue
from issues.application.public.write_timeline import WriteTimeline
from issues.bootstrap.foundation import Foundation
from issues.consumers import issue_history
from issues.consumers.issue_history import Telling
from issues.consumers.on_duplicate import on_duplicate
from issues.consumers.on_intake_accepted import ISSUES_TOPIC
from issues.consumers.on_issue_history import on_issue_history
from issues.consumers.on_reporter_joined import on_reporter_joined
from issues.derived_ids import entry_id_of, follower_id_of
from issues.domain.followers.follower import facts_of_follower

PLAN = Plan(
    outboxes=(mongo_followers.COLLECTION,),
    indexes=(*mongo_followers.INDEXES, *mongo_timeline.INDEXES),
)
E = TypeVar("E")


def build(foundation: Foundation) -> Room[PublicDesk]:
    """Build the room."""
    store, now = foundation.store, foundation.now
    followers = MongoFollowers(store, topic=ISSUES_TOPIC, now=now)
    timeline = MongoTimeline(store, topic=ISSUES_TOPIC, now=now)
    public = PublicIssues(foundation.issues, followers, timeline, follower_id_of)
    carry_followers = CarryFollowers(foundation.issues, followers, follower_id_of)
    note_reporter = NoteReporter(foundation.issues, followers, follower_id_of)
    reporter_joined = Listener(
        ISSUES_TOPIC,
        issue_history.IssueUpdated,
        on_reporter_joined(note_reporter, carry_followers),
    )
    duplicate = Listener(ISSUES_TOPIC, issue_history.IssueUpdated, on_duplicate(carry_followers))
    return Room(
        use_cases=PublicDesk(
            issues=public,
            follow_issue=FollowPublicIssue(public, followers, follower_id_of, now),
            unfollow_issue=UnfollowPublicIssue(public, followers, now),
        ),
        listeners=(*_history(WriteTimeline(timeline, entry_id_of)), reporter_joined, duplicate),
        facts=(Facts(followers, facts_of_follower),),
    )


def _history(write: WriteTimeline) -> Sequence[Listener[Any]]:
    """Every event that tells what happened to an issue."""
    tell = issue_history

    def written(event: type[E], telling: Telling[E]) -> Listener[E]:
        return Listener(ISSUES_TOPIC, event, on_issue_history(write, telling))

    return (
        written(tell.IssueReported, tell.of_report),
        written(tell.IssueAcknowledged, tell.of_acknowledgement),
        written(tell.IssueAssigned, tell.of_assignment),
        written(tell.IssueUpdated, tell.of_update),
        written(tell.CoordinationRecorded, tell.of_round),
        written(tell.IssueResolved, tell.of_resolution),
        written(tell.IssueConfirmed, tell.of_confirmation),
        written(tell.IssueReopened, tell.of_reopening),
        written(tell.IssueSlaAtRisk, tell.of_risk),
        written(tell.IssueSlaBreached, tell.of_breach),
    )

"""Every event that this service hears, repeated and out of order: the same state as once."""

import uuid
from datetime import datetime
from functools import partial
from pathlib import Path

from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from chassis.testing import FrozenClock
from chassis.testing_redelivery import check_same_state, instances, opened, seed_of_run
from chassis.testing_streams import Said, Stream, example
from issues.adapters.public.mongo_followers import MongoFollowers
from issues.bootstrap.processes import HOUSE
from issues.bootstrap.rooms import PLANS, Rooms, build
from issues.derived_ids import follower_id_of
from issues.domain.followers.follower import Follower
from issues.domain.handling.close import mark_duplicate
from issues.domain.handling.join import note_reporter
from issues.domain.issue import Issue
from issues.domain.reporter import Reporter
from issues.settings import IssuesSettings

from ..conftest import MakeIssue
from ..handling_stages import CLERK, HOUR, NEIGHBOUR, REPORTER, triaged

OUTREACH = "linli.outreach.events"
ISSUES = "linli.issues.events"
RESIDENTS = "linli.residents.events"
_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

a = partial(example, Contracts(Path(__file__).parents[4] / "contracts/events"))


def comment(community_id: str, name: str, text: str) -> Stream:
    """All that can be told of a comment; taken back, and shown again."""
    comment_id = derived_id("comment", name)

    def said(event_type: str, number: int = 0, /, **changed: object) -> Said:
        return a(event_type, number, comment_id=comment_id, **changed)

    return Stream(
        OUTREACH,
        comment_id,
        community_id,
        [
            said("comment.received.v1", redacted_text=text),
            said("comment.replied.v1"),
            said("comment.edited.v1", redacted_text=f"{text}，急"),
            said("comment.joined.v1", 1),
            said("comment.deleted.v1"),
            said("comment.edited.v1", redacted_text=f"{text}，很急"),
            said("comment.joined.v1", joined_at="2026-11-24T03:05:00Z"),
        ],
    )


def account(community_id: str, name: str) -> Stream:
    """A clerk who becomes a steward and is shut."""
    account_id = derived_id("account", name)
    changes: tuple[list[tuple[str, list[str] | None]], ...] = (
        [("clerk", None)],
        [("clerk", None), ("steward", [derived_id("estate", "1")])],
        [],
    )
    return Stream(
        RESIDENTS,
        account_id,
        community_id,
        [
            a(
                "account.roles_changed.v1",
                account_id=account_id,
                roles=[{"role": role, "scope": scope} for role, scope in roles],
            )
            for roles in changes
        ],
    )


def history(community_id: str, issue_id: str) -> Stream:
    """All that can happen to an issue, told after its own beginning."""
    happened = [
        a("issue.reported.v1", issue_id=issue_id),
        a("issue.acknowledged.v1", issue_id=issue_id),
        a("issue.updated.v1", issue_id=issue_id),
        a("issue.assigned.v1", issue_id=issue_id),
        *[a("coordination.recorded.v1", number, issue_id=issue_id) for number in range(3)],
        a("issue.updated.v1", issue_id=issue_id, change="escalated", level="district"),
        a("issue.sla_at_risk.v1", issue_id=issue_id),
        a("issue.sla_breached.v1", issue_id=issue_id),
        a("issue.resolved.v1", issue_id=issue_id),
        a("issue.reopened.v1", issue_id=issue_id),
        a("issue.resolved.v1", issue_id=issue_id, resolved_at="2026-11-30T08:00:00Z"),
        a("issue.confirmed.v1", 2, issue_id=issue_id),
    ]
    return Stream(ISSUES, issue_id, community_id, happened)


async def one_repeats_another(rooms: Rooms, original: Issue, copy: Issue, at: datetime) -> None:
    """Two issues; a neighbour follows the second, which is then marked as a duplicate."""
    issues = rooms.foundation.issues
    followers = MongoFollowers(rooms.foundation.store, topic=ISSUES, now=rooms.foundation.now)
    await issues.add(original)
    await issues.add(copy)
    follower = Follower(
        id=follower_id_of(copy.id, NEIGHBOUR),
        community_id=copy.community_id,
        issue_id=copy.id,
        account_id=NEIGHBOUR,
    )
    await followers.add(follower)
    await followers.change(copy.community_id, follower.id, lambda known: known.follow(at))
    reporter = Reporter(account_id=REPORTER, person_key=None, joined_at=at, sequence=2)
    await issues.change(
        copy.community_id, copy.id, lambda issue: note_reporter(issue, reporter, at)
    )
    await issues.change(
        copy.community_id,
        copy.id,
        lambda issue: mark_duplicate(issue, original, by=CLERK, at=at),
    )


async def test_told_again_and_out_of_order_is_as_told_once(
    mongodb_uri: str,
    clock: FrozenClock,
    community_id: str,
    an_issue: MakeIssue,
) -> None:
    settings = IssuesSettings.model_validate(
        {
            "environment": "development",
            "mongodb_uri": mongodb_uri,
            "mongodb_database": f"issues_{uuid.uuid4().hex}",
            "kafka_bootstrap_servers": "127.0.0.1:9",
            "key_wrapping_keys": f"test:{_KEY}",
            "lookup_hash_key": _KEY,
            "photo_url_key": _KEY,
        }
    )
    original = triaged(an_issue(received_at=clock() - HOUR))
    async with opened(lambda: build(settings, clock)) as rooms:
        await rooms.foundation.store.create_indexes(HOUSE.indexes(settings))
        await one_repeats_another(rooms, original, triaged(an_issue()), clock() + HOUR)

    streams = [
        *(account(community_id, name) for name in ("clerk", "secretary")),
        *(
            comment(community_id, name, text)
            for name, text in (("lamp", "楼道灯坏了"), ("box", "配电箱漏电"), ("lid", "井盖松了"))
        ),
        *(history(community_id, derived_id("issue", name)) for name in ("one", "two")),
    ]
    await check_same_state(
        instances(lambda: build(settings, clock), PLANS, ISSUES),
        streams,
        seed=seed_of_run(),
        shuffles=3,
    )

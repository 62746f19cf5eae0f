"""The reporter of an issue becomes its first follower by an event."""

from datetime import UTC, datetime

import msgspec
import pytest
from chassis.events import Received
from chassis.listening import EarlyArrival
from issues.application.public.carry_followers import CarryFollowers
from issues.application.public.note_reporter import NoteReporter
from issues.consumers.issue_history import IssueUpdated
from issues.consumers.on_reporter_joined import on_reporter_joined
from issues.derived_ids import follower_id_of
from issues.domain.followers.events import IssueFollowed, IssueUnfollowed
from issues.domain.followers.follower import FollowerRole
from issues.domain.handling.decisions import Duplication
from issues.domain.issue import Change, Issue, Level

from ..asking import Api
from .conftest import PutIssue, reporter_of


async def tell(api: Api, issue_id: str, change: Change = Change.REPORTER_JOINED) -> None:
    note = NoteReporter(api.issues, api.followers, follower_id_of)
    at = datetime(2026, 11, 23, tzinfo=UTC)
    carry = CarryFollowers(api.issues, api.followers, follower_id_of)
    await on_reporter_joined(note, carry)(
        Received(
            id="event_1",
            type=IssueUpdated.type,
            subject=issue_id,
            sequence=2,
            community_id=api.community_id,
            time=at,
            data=IssueUpdated(
                issue_id=issue_id, change=change, level=Level.COMMUNITY, updated_at=at
            ),
        )
    )


async def test_who_reported_an_issue_follows_it_once(api: Api, put_issue: PutIssue) -> None:
    issue = await put_issue(public=False, reporter="account_a")
    for _ in range(3):
        await tell(api, issue.id)
    (follower,) = api.followers.all
    assert (follower.account_id, follower.role) == ("account_a", FollowerRole.REPORTER)
    (followed,) = api.followers.events
    assert isinstance(followed, IssueFollowed)
    assert (followed.role, followed.followed_at) == ("reporter", issue.reported_at)


async def test_one_who_followed_before_becomes_the_reporter(
    api: Api, put_issue: PutIssue, nine: datetime
) -> None:
    issue = await put_issue()
    follow = (
        'mutation($id: ID!) { followIssue(input: {requestId: "1", issueId: $id}) { __typename } }'
    )
    await api.ask(follow, "resident", account_id="account_a", id=issue.id)
    await _report(api, issue, "account_a", nine)
    await tell(api, issue.id)
    (follower,) = api.followers.all
    assert follower.is_reporter
    assert [getattr(event, "role", None) for event in api.followers.events] == [
        "follower",
        "reporter",
    ]


async def test_another_who_turns_out_to_be_the_reporter_takes_the_place(
    api: Api, put_issue: PutIssue, nine: datetime
) -> None:
    issue = await put_issue(reporter="account_a")
    await tell(api, issue.id)
    await _report(api, issue, "account_b", nine)
    await tell(api, issue.id)
    (reporter,) = await api.followers.reporters_of(api.community_id, issue.id)
    assert reporter.account_id == "account_b"
    assert await api.followers.count_of(api.community_id, [issue.id]) == {issue.id: 1}
    assert isinstance(api.followers.events[-1], IssueUnfollowed)


@pytest.mark.parametrize(
    "change", [change for change in Change if change != Change.REPORTER_JOINED]
)
async def test_other_changes_make_nobody_follow(
    api: Api, put_issue: PutIssue, change: Change
) -> None:
    issue = await put_issue(reporter="account_a")
    await tell(api, issue.id, change)
    assert api.followers.all == []


async def test_the_reporter_of_a_duplicate_follows_the_original_as_well(
    api: Api, put_issue: PutIssue, nine: datetime
) -> None:
    original, issue = await put_issue(), await put_issue(reporter="account_a")
    marked = msgspec.structs.replace(
        issue,
        duplication=Duplication(original_id=original.id, marked_at=nine, marked_by="account_b"),
    )
    await api.issues.change(api.community_id, issue.id, lambda _: (marked, ()))
    for _ in range(2):
        await tell(api, issue.id)
    assert [(one.issue_id, one.role) for one in api.followers.all] == [
        (issue.id, FollowerRole.REPORTER),
        (original.id, FollowerRole.FOLLOWER),
    ]


async def test_told_of_an_issue_that_is_not_there_it_waits(api: Api) -> None:
    with pytest.raises(EarlyArrival) as waiting:
        await tell(api, "issue_unknown")
    assert waiting.value.awaits == "issue_unknown"
    assert api.followers.all == []


async def _report(api: Api, issue: Issue, account_id: str, at: datetime) -> None:
    reported = msgspec.structs.replace(issue, reporter=reporter_of(account_id, at))
    await api.issues.change(api.community_id, issue.id, lambda _: (reported, ()))

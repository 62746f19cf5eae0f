"""Who hears of an issue: followers come and go, the reporter stays."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues.domain.followers.errors import ReporterAlwaysHears
from issues.domain.followers.events import IssueFollowed, IssueUnfollowed
from issues.domain.followers.follower import Follower, FollowerRole, facts_of_follower

NOBODY_YET = Follower(
    id="follower_1", community_id="community_1", issue_id="issue_1", account_id="account_1"
)


def followed(role: str, at: datetime) -> IssueFollowed:
    return IssueFollowed(
        community_id="community_1",
        issue_id="issue_1",
        account_id="account_1",
        role=role,
        followed_at=at,
    )


def unfollowed(role: str, at: datetime) -> IssueUnfollowed:
    return IssueUnfollowed(
        community_id="community_1",
        issue_id="issue_1",
        account_id="account_1",
        role=role,
        unfollowed_at=at,
    )


def test_one_follows_and_leaves(nine: datetime) -> None:
    later = nine + timedelta(hours=1)
    follower, told = NOBODY_YET.follow(nine)
    assert told == (followed("follower", nine),)
    gone, told = follower.unfollow(later)
    assert told == (unfollowed("follower", later),)
    assert not gone.following


def test_to_follow_twice_or_leave_twice_changes_nothing(nine: datetime) -> None:
    follower, _ = NOBODY_YET.follow(nine)
    assert follower.follow(nine + timedelta(hours=1)) == (follower, ())
    assert NOBODY_YET.unfollow(nine) == (NOBODY_YET, ())


def test_a_follower_who_turns_out_to_be_the_reporter_is_told_of_again(nine: datetime) -> None:
    follower, _ = NOBODY_YET.follow(nine)
    reporter, told = follower.be_reporter(nine)
    assert told == (followed("reporter", nine),)
    assert reporter.be_reporter(nine) == (reporter, ())
    assert reporter.follow(nine) == (reporter, ())


def test_the_reporter_cannot_leave(nine: datetime) -> None:
    reporter, _ = NOBODY_YET.be_reporter(nine)
    with pytest.raises(ReporterAlwaysHears):
        reporter.unfollow(nine)


def test_one_taken_for_the_reporter_hears_no_longer_and_may_follow(nine: datetime) -> None:
    reporter, _ = NOBODY_YET.be_reporter(nine)
    gone, told = reporter.no_longer_reporter(nine)
    assert told == (unfollowed("reporter", nine),)
    assert gone.unfollow(nine) == (gone, ())
    again, told = gone.follow(nine)
    assert told == (followed("follower", nine),)
    assert again.role is FollowerRole.FOLLOWER


def test_nothing_is_told_of_one_who_never_began() -> None:
    assert facts_of_follower(NOBODY_YET) == ()


@given(st.lists(st.sampled_from(["follow", "unfollow", "be_reporter", "no_longer_reporter"])))
def test_what_was_told_last_is_what_is(steps: list[str]) -> None:
    follower, last = NOBODY_YET, ()
    at = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    for step in steps:
        at += timedelta(seconds=1)
        try:
            follower, told = getattr(follower, step)(at)
        except ReporterAlwaysHears:
            assert follower.is_reporter
            continue
        last = tuple(told) or last
    assert facts_of_follower(follower) == last

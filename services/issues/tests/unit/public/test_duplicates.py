"""A duplicate ends in no silence: whoever heard of it hears of the issue that goes on."""

from datetime import UTC, datetime

import msgspec
import pytest
from chassis.events import Received
from chassis.listening import EarlyArrival
from issues.application.public import carry_followers
from issues.application.public.carry_followers import CarryFollowers
from issues.consumers.issue_history import IssueUpdated
from issues.consumers.on_duplicate import on_duplicate
from issues.derived_ids import follower_id_of
from issues.domain.followers.follower import Follower, FollowerRole
from issues.domain.handling.decisions import Duplication
from issues.domain.issue import Change, Issue, IssueState, Level

from ..asking import Api
from .conftest import PutIssue

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
ONE = "query($id: ID!) { publicIssue(id: $id) { originalId } }"


async def tell(api: Api, issue_id: str, change: Change = Change.DUPLICATE) -> None:
    carry = CarryFollowers(api.issues, api.followers, follower_id_of)
    await on_duplicate(carry)(
        Received(
            id="event_1",
            type=IssueUpdated.type,
            subject=issue_id,
            sequence=2,
            community_id=api.community_id,
            time=AT,
            data=IssueUpdated(
                issue_id=issue_id, change=change, level=Level.COMMUNITY, updated_at=AT
            ),
        )
    )


async def repeats(api: Api, issue: Issue, original: Issue) -> None:
    marked = msgspec.structs.replace(
        issue,
        state=IssueState.DUPLICATE,
        duplication=Duplication(original_id=original.id, marked_at=AT, marked_by="account_clerk"),
    )
    await api.issues.change(api.community_id, issue.id, lambda _: (marked, ()))


async def follows(api: Api, issue: Issue, account_id: str, *, reporter: bool = False) -> Follower:
    follower = await api.followers.add(
        Follower(
            id=follower_id_of(issue.id, account_id),
            community_id=api.community_id,
            issue_id=issue.id,
            account_id=account_id,
        )
    )
    return await api.followers.change(
        api.community_id,
        follower.id,
        lambda one: one.be_reporter(AT) if reporter else one.follow(AT),
    )


async def of(api: Api, issue: Issue) -> dict[str, FollowerRole]:
    page = await api.followers.of_issue(api.community_id, issue.id, first=100, after=None)
    return {one.account_id: one.role for one in page.items}


async def test_its_reporter_and_followers_follow_the_original_however_often_it_is_told(
    api: Api, put_issue: PutIssue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry_followers, "_AT_ONCE", 2)
    original, issue = await put_issue(reporter="zhao"), await put_issue(reporter="tian")
    await follows(api, original, "zhao", reporter=True)
    await follows(api, issue, "tian", reporter=True)
    for account_id in ("a", "b", "c", "zhao"):
        await follows(api, issue, account_id)
    await repeats(api, issue, original)
    for _ in range(2):
        await tell(api, issue.id)
    role = FollowerRole.FOLLOWER
    assert await of(api, original) == {
        "zhao": FollowerRole.REPORTER,
        "tian": role,
        "a": role,
        "b": role,
        "c": role,
    }
    assert (await of(api, issue))["tian"] is FollowerRole.REPORTER
    followed = [event for event in api.followers.events if event.issue_id == original.id]  # type: ignore[attr-defined]
    assert len(followed) == 5


async def test_who_left_the_original_is_not_made_to_follow_it_again(
    api: Api, put_issue: PutIssue
) -> None:
    original, issue = await put_issue(), await put_issue()
    left = await follows(api, original, "a")
    await api.followers.change(api.community_id, left.id, lambda one: one.unfollow(AT))
    await follows(api, issue, "a")
    await repeats(api, issue, original)
    await tell(api, issue.id)
    assert await of(api, original) == {}


async def test_nobody_follows_an_original_that_they_could_not_open(
    api: Api, put_issue: PutIssue
) -> None:
    original, issue = await put_issue(public=False), await put_issue()
    await follows(api, issue, "a")
    await repeats(api, issue, original)
    await tell(api, issue.id)
    assert await of(api, original) == {}
    data, _ = await api.ask(ONE, "resident", id=issue.id)
    assert data["publicIssue"]["originalId"] is None


async def test_a_duplicate_names_the_original_that_is_public(api: Api, put_issue: PutIssue) -> None:
    original, issue = await put_issue(), await put_issue()
    data, _ = await api.ask(ONE, "resident", id=issue.id)
    assert data["publicIssue"]["originalId"] is None
    await repeats(api, issue, original)
    data, _ = await api.ask(ONE, "resident", id=issue.id)
    assert data["publicIssue"]["originalId"] == original.id


@pytest.mark.parametrize("change", [change for change in Change if change != Change.DUPLICATE])
async def test_other_changes_carry_nobody(api: Api, put_issue: PutIssue, change: Change) -> None:
    original, issue = await put_issue(), await put_issue()
    await follows(api, issue, "a")
    await repeats(api, issue, original)
    await tell(api, issue.id, change)
    assert await of(api, original) == {}


async def test_one_that_was_reopened_meanwhile_carries_nobody(
    api: Api, put_issue: PutIssue
) -> None:
    issue = await put_issue()
    await follows(api, issue, "a")
    await tell(api, issue.id)
    assert len(api.followers.all) == 1


async def test_told_of_an_issue_that_is_not_there_it_waits(api: Api) -> None:
    with pytest.raises(EarlyArrival) as waiting:
        await tell(api, "issue_unknown")
    assert waiting.value.awaits == "issue_unknown"

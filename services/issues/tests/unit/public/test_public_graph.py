"""What residents see of issues: what is public, and their own; nothing that is anybody's else."""

from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock

import msgspec
import pytest
from chassis.ids import new_id
from chassis.testing import FrozenClock
from issues.derived_ids import follower_id_of
from issues.domain.followers.follower import Follower
from issues.domain.handling.decisions import Resolution
from issues.domain.issue import Issue
from issues.domain.photos.photo import Photo, Picture, request_photo
from issues.domain.timeline.entry import EntryKind, Happening, entry_of

from ..asking import SCHEMA, Api
from .conftest import PutIssue

MEMBERS = ("resident", "steward", "partner", "clerk", "secretary")
OTHERS = ("merchant", "auditor")
ME = "account_01jd8f6v5tev4b8f4z9x7m2k20"
UNKNOWN = "issue_01jd8f6v5tev4b8f4z9x7m2k10"

FIELDS = """
id state category { code } publicText reportedAt updatedAt clock { state } rating mine role
resolutionNote rejectionReason followerCount
photos { id url thumbnailUrl width } ownPhotos { id } timeline { nodes { kind text public } }
"""
ONE = f"query($id: ID!) {{ publicIssue(id: $id) {{ {FIELDS} }} }}"
LATEST = (
    "query($first: Int! = 20, $after: String) { publicIssues(first: $first, after: $after) "
    f"{{ nodes {{ {FIELDS} }} pageInfo {{ hasNextPage endCursor }} }} }}"
)
MINE = LATEST.replace("publicIssues", "myIssues")
WRITE = """
mutation($id: ID!, $request: ID! = "r1") {
  %s(input: {requestId: $request, issueId: $id}) {
    __typename
    ... on UserError { code message }
    ... on %sSuccess { issue { id role mine followerCount } }
  }
}
"""
FOLLOW = WRITE % ("followIssue", "FollowIssue")
UNFOLLOW = WRITE % ("unfollowIssue", "UnfollowIssue")


async def read(api: Api, document: str, *roles: str, **variables: Any) -> Any:
    """The one field of an answer without errors."""
    given = {"account_id": ME, **variables}
    data, codes = await api.ask(document, *(roles or ("resident",)), **given)
    assert codes == []
    (answer,) = data.values()
    return answer


@pytest.mark.parametrize("role", MEMBERS)
async def test_members_see_a_public_issue(api: Api, put_issue: PutIssue, role: str) -> None:
    issue = await put_issue()
    seen = await read(api, ONE, role, id=issue.id)
    assert (seen["id"], seen["publicText"]) == (issue.id, "二号楼楼道灯不亮")
    assert (seen["mine"], seen["role"], seen["followerCount"]) == (False, None, 0)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("document", [ONE, LATEST, MINE, FOLLOW, UNFOLLOW])
async def test_others_see_and_do_nothing(
    api: Api, put_issue: PutIssue, document: str, role: str
) -> None:
    issue = await put_issue()
    variables = {"id": issue.id} if "$id" in document else {}
    data, codes = await api.ask(document, role, **variables)
    assert codes == ["FORBIDDEN"]
    assert list(data.values()) == [None]
    assert api.followers.all == []


async def test_an_issue_that_is_not_public_is_its_reporters_alone(
    api: Api, put_issue: PutIssue
) -> None:
    issue = await put_issue(public=False, reporter=ME)
    seen = await read(api, ONE, id=issue.id)
    assert (seen["mine"], seen["publicText"]) == (True, None)
    for others in ({"account_id": new_id("account")}, {"community_id": "community_other"}):
        assert await read(api, ONE, "clerk", id=issue.id, **others) is None


@pytest.mark.parametrize("document", [ONE, FOLLOW, UNFOLLOW])
@pytest.mark.parametrize("which", ["unknown", "not public", "of another community"])
async def test_what_one_may_not_see_is_as_unknown_as_what_is_not_there(
    api: Api, put_issue: PutIssue, document: str, which: str
) -> None:
    issue = await put_issue(
        public=which != "not public",
        **({"community_id": "community_other"} if which == "of another community" else {}),
    )
    answer = await read(api, document, id=UNKNOWN if which == "unknown" else issue.id)
    assert answer is None or (answer["__typename"], answer["code"]) == (
        "IssueNotFound",
        "ISSUE_NOT_FOUND",
    )
    assert api.followers.all == []


def test_no_field_of_a_public_issue_is_anybodys() -> None:
    """Nor a place, which may be a door, nor what was said in private."""
    public = SCHEMA.get_type_by_name("PublicIssue")
    assert {field.python_name for field in public.fields} == {  # type: ignore[union-attr]
        "id",
        "state",
        "category",
        "public_text",
        "reported_at",
        "updated_at",
        "clock",
        "rating",
        "resolution_note",
        "rejection_reason",
        "original_id",
        "mine",
        "role",
        "timeline",
        "photos",
        "own_photos",
        "follower_count",
    }


async def test_one_follows_and_leaves_once(api: Api, put_issue: PutIssue) -> None:
    issue = await put_issue()
    for _ in range(2):
        answer = await read(api, FOLLOW, id=issue.id)
        assert answer["issue"] == {
            "id": issue.id,
            "role": "FOLLOWER",
            "mine": False,
            "followerCount": 1,
        }
    for request in ("r2", "r2", "r3"):
        answer = await read(api, UNFOLLOW, id=issue.id, request=request)
        assert answer["issue"]["role"] is None
    assert len(api.followers.events) == 2
    again = await read(api, FOLLOW, id=issue.id, request="r4")
    assert again["issue"]["role"] == "FOLLOWER"
    assert len(api.followers.all) == 1


async def test_a_request_id_with_another_input_is_refused(api: Api, put_issue: PutIssue) -> None:
    issue = await put_issue()
    await read(api, FOLLOW, id=issue.id)
    before, events = api.followers.all, list(api.followers.events)
    answer = await read(api, UNFOLLOW, id=issue.id)
    assert answer["__typename"] == "RequestIdReused"
    assert (api.followers.all, api.followers.events) == (before, events)


async def test_who_never_followed_leaves_without_a_trace(api: Api, put_issue: PutIssue) -> None:
    issue = await put_issue()
    answer = await read(api, UNFOLLOW, id=issue.id)
    assert answer["__typename"] == "UnfollowIssueSuccess"
    assert api.followers.all == []


async def test_the_reporter_always_hears(api: Api, put_issue: PutIssue, clock: FrozenClock) -> None:
    issue = await put_issue(reporter=ME)
    follower = await api.followers.add(
        Follower(
            id=follower_id_of(issue.id, ME),
            community_id=api.community_id,
            issue_id=issue.id,
            account_id=ME,
        )
    )
    await api.followers.change(api.community_id, follower.id, lambda one: one.be_reporter(clock()))
    before, events = api.followers.all, list(api.followers.events)
    answer = await read(api, UNFOLLOW, id=issue.id)
    assert (answer["__typename"], answer["code"]) == (
        "ReporterAlwaysHears",
        "REPORTER_ALWAYS_HEARS",
    )
    assert answer["message"].endswith("。")
    assert (api.followers.all, api.followers.events) == (before, events)
    assert (await read(api, ONE, id=issue.id))["role"] == "REPORTER"


async def test_public_issues_are_listed_with_how_one_follows_them(
    api: Api, put_issue: PutIssue
) -> None:
    issues = [await put_issue() for _ in range(3)]
    await put_issue(public=False)
    await put_issue(community_id="community_other")
    await read(api, FOLLOW, id=issues[1].id)
    page = await read(api, LATEST, first=2)
    rest = await read(api, LATEST, first=2, after=page["pageInfo"]["endCursor"])
    assert page["pageInfo"]["hasNextPage"]
    seen = {node["id"]: node["role"] for node in (*page["nodes"], *rest["nodes"])}
    assert seen == {issues[0].id: None, issues[1].id: "FOLLOWER", issues[2].id: None}


@pytest.mark.parametrize(("asked", "reads"), [("id mine followerCount", 0), ("id role", 1)])
async def test_how_one_follows_them_is_read_at_once_where_it_is_asked_for(
    api: Api, put_issue: PutIssue, monkeypatch: pytest.MonkeyPatch, asked: str, reads: int
) -> None:
    issues = [await put_issue() for _ in range(3)]
    await read(api, FOLLOW, id=issues[0].id)
    counted = AsyncMock(wraps=api.followers.get_many)
    monkeypatch.setattr(api.followers, "get_many", counted)

    page = await read(api, f"{{ publicIssues {{ nodes {{ {asked} }} }} }}")

    assert len(page["nodes"]) == 3
    assert counted.await_count == reads


async def test_ones_own_are_read_at_once_and_so_are_their_followers(
    api: Api, put_issue: PutIssue, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    issues = [await put_issue() for _ in range(4)]
    for number, issue in enumerate(issues[:3]):
        clock.advance(minutes=1)
        await read(api, FOLLOW, id=issue.id, request=f"r{number}")
    await read(api, UNFOLLOW, id=issues[0].id, request="r9")
    await api.ask(FOLLOW, "resident", account_id="account_b", id=issues[3].id)
    api.issues.reads = 0
    counted = AsyncMock(wraps=api.followers.count_of)
    monkeypatch.setattr(api.followers, "count_of", counted)
    page = await read(api, MINE)
    assert [node["id"] for node in page["nodes"]] == [issues[2].id, issues[1].id]
    assert [node["followerCount"] for node in page["nodes"]] == [1, 1]
    assert api.issues.reads == 1
    assert counted.await_count == 1


@pytest.mark.parametrize("document", [LATEST, MINE])
@pytest.mark.parametrize("after", ["x", "AAAA"])
async def test_a_cursor_that_nobody_made_is_bad_input(api: Api, document: str, after: str) -> None:
    _, codes = await api.ask(document, "resident", after=after)
    assert codes == ["BAD_USER_INPUT"]


async def test_staff_read_the_whole_timeline_and_residents_what_is_public(
    api: Api, put_issue: PutIssue, clock: FrozenClock
) -> None:
    issue = await put_issue()
    for number, kind in enumerate((EntryKind.SLA_AT_RISK, EntryKind.STARTED, EntryKind.RESOLVED)):
        happening = Happening(issue_id=issue.id, kind=kind, at=clock() + timedelta(minutes=number))
        await api.timeline.add(
            entry_of(
                happening,
                entry_id=new_id("entry"),
                community_id=api.community_id,
                sequence=number,
            )
        )
    document = """query($id: ID!, $after: String) { issue(id: $id) {
      timeline(first: 2, after: $after) { nodes { kind public } pageInfo { hasNextPage endCursor } }
      publicTimeline { nodes { kind } } } }"""
    seen = await read(api, document, "clerk", id=issue.id)
    assert seen["timeline"]["nodes"] == [
        {"kind": "SLA_AT_RISK", "public": False},
        {"kind": "STARTED", "public": True},
    ]
    rest = await read(
        api, document, "clerk", id=issue.id, after=seen["timeline"]["pageInfo"]["endCursor"]
    )
    assert rest["timeline"]["nodes"] == [{"kind": "RESOLVED", "public": True}]
    assert not rest["timeline"]["pageInfo"]["hasNextPage"]
    public = [{"kind": "STARTED"}, {"kind": "RESOLVED"}]
    assert seen["publicTimeline"]["nodes"] == public
    resident = await read(api, ONE, id=issue.id)
    assert resident["timeline"]["nodes"] == [
        {"kind": "STARTED", "text": "处理人员已开始处理。", "public": True},
        {"kind": "RESOLVED", "text": "已办结。", "public": True},
    ]


async def test_residents_see_the_proof_and_what_they_sent_themselves(
    api: Api, put_issue: PutIssue, clock: FrozenClock
) -> None:
    issue = await put_issue(reporter=ME)
    proof, mine, others = [
        await _kept_photo(api, issue, by, clock) for by in ("account_a", ME, "account_b")
    ]
    resolution = Resolution(
        note="已换新灯。",
        photo_ids=(mine.id, proof.id),  # mine is from before it was asked who took it
        in_time=True,
        resolved_at=clock(),
        resolved_by="account_a",
    )
    resolved = msgspec.structs.replace(issue, resolution=resolution)
    await api.issues.change(api.community_id, issue.id, lambda _: (resolved, ()))
    seen = await read(api, ONE, id=issue.id)
    assert [photo["id"] for photo in seen["photos"]] == [proof.id]
    assert [photo["id"] for photo in seen["ownPhotos"]] == [mine.id]
    assert seen["resolutionNote"] == "已换新灯。"
    assert seen["photos"][0]["url"].startswith(f"http://photos.test/photos/{proof.id}/full?until=")
    staff = await read(
        api, "query($id: ID!) { issue(id: $id) { photos { id } } }", "clerk", id=issue.id
    )
    assert [photo["id"] for photo in staff["photos"]] == [proof.id, mine.id, others.id]


async def _kept_photo(api: Api, issue: Issue, by: str, clock: FrozenClock) -> Photo:
    asked = request_photo(
        new_id("photo"), community_id=api.community_id, issue_id=issue.id, by=by, at=clock()
    )
    picture = Picture(
        width=4,
        height=3,
        size_bytes=9,
        sha256="aa",
        attempt=1,
        uploaded_at=clock.advance(seconds=1),
    )
    photo, _ = asked.keep(picture)
    return await api.photos.add(photo)

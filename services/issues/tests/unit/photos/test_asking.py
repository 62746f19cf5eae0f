"""Who may send a photo of which issue, and how many there may be."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.ids import new_id
from issues.application.photos.take_place import TakePlace
from issues.derived_ids import photo_places_id_of
from issues.domain.errors import IssueNotFound
from issues.domain.handling.decisions import Assignment
from issues.domain.issue import Issue
from issues.domain.permissions import Actor
from issues.domain.photos.errors import TooManyPhotos
from issues.domain.photos.photo import Refusal
from issues.domain.photos.places import (
    MAX_PHOTOS_OF_HANDLER,
    MAX_PHOTOS_OF_ISSUE,
    MAX_PHOTOS_OF_REPORTER,
)
from issues.domain.reporter import Reporter

from ..asking import Api
from .desk import Desk, ticket_of

MakeActor = Callable[..., Actor]
CREATE = """
mutation($id: ID!, $request: ID! = "r1") {
  createPhotoUpload(input: {requestId: $request, issueId: $id}) {
    __typename
    ... on CreatePhotoUploadSuccess { photoId uploadUrl expiresAt maxBytes }
    ... on UserError { code message }
  }
}
"""


async def changed(desk: Desk, issue: Issue, **changes: Any) -> Issue:
    """The issue, after somebody else changed it."""
    after = msgspec.structs.replace(issue, **changes)
    return await desk.issues.change(issue.community_id, issue.id, lambda _: (after, ()))


@pytest.mark.parametrize("role", ["clerk", "secretary"])
async def test_the_staff_may_send_photos_of_any_issue(
    desk: Desk, issue: Issue, actor_as: MakeActor, role: str
) -> None:
    photo = await desk.ask(actor_as(role), issue.id)
    assert photo.issue_id == issue.id


@pytest.mark.parametrize("role", ["steward", "partner", "resident"])
async def test_others_may_not_where_it_is_not_theirs(
    desk: Desk, issue: Issue, actor_as: MakeActor, role: str
) -> None:
    with pytest.raises(IssueNotFound):
        await desk.ask(actor_as(role), issue.id)
    assert desk.photos.all == []


@pytest.mark.parametrize("role", ["merchant", "auditor"])
async def test_some_never_may(desk: Desk, issue: Issue, actor_as: MakeActor, role: str) -> None:
    with pytest.raises(Forbidden):
        await desk.ask(actor_as(role), issue.id)
    assert desk.photos.all == []


@pytest.mark.parametrize("role", ["steward", "partner"])
async def test_who_is_to_work_on_it_may(
    desk: Desk, issue: Issue, actor_as: MakeActor, role: str
) -> None:
    actor = actor_as(role)
    assignment = Assignment(
        assignee_ids=(actor.account_id,), assigned_at=desk.clock(), assigned_by="account_1"
    )
    await changed(desk, issue, assignment=assignment)
    assert (await desk.ask(actor, issue.id)).taken_by == actor.account_id


async def test_who_was_a_steward_when_it_was_assigned_and_is_none_now_may_not(
    desk: Desk, issue: Issue, actor_as: MakeActor
) -> None:
    actor = actor_as("resident")
    assignment = Assignment(
        assignee_ids=(actor.account_id,), assigned_at=desk.clock(), assigned_by="account_1"
    )
    await changed(desk, issue, assignment=assignment)
    with pytest.raises(IssueNotFound):
        await desk.ask(actor, issue.id)
    assert desk.photos.all == []


async def test_who_reported_it_may(desk: Desk, issue: Issue, actor_as: MakeActor) -> None:
    actor = actor_as("resident")
    reporter = Reporter(
        account_id=actor.account_id, person_key=None, joined_at=desk.clock(), sequence=1
    )
    await changed(desk, issue, reporter=reporter)
    assert (await desk.ask(actor, issue.id)).taken_by == actor.account_id


async def test_an_issue_of_another_community_is_unknown(
    desk: Desk, issue: Issue, actor_as: MakeActor
) -> None:
    with pytest.raises(IssueNotFound):
        await desk.ask(actor_as("clerk", community_id="community_other"), issue.id)
    assert desk.photos.all == []


async def test_a_repeat_is_the_same_photo_and_another_input_is_refused(
    desk: Desk, issue: Issue, clerk: Actor, an_issue: Callable[..., Issue]
) -> None:
    other = await desk.issues.add(an_issue())
    first = await desk.ask(clerk, issue.id, request_id="r1")
    desk.clock.advance(minutes=3)
    assert await desk.ask(clerk, issue.id, request_id="r1") == first
    with pytest.raises(RequestIdReused):
        await desk.ask(clerk, other.id, request_id="r1")
    assert desk.photos.all == [first]


async def test_a_reporter_cannot_take_the_places_of_the_proof(
    desk: Desk, issue: Issue, clerk: Actor, actor_as: MakeActor
) -> None:
    resident = actor_as("resident")
    reporter = Reporter(
        account_id=resident.account_id, person_key=None, joined_at=desk.clock(), sequence=1
    )
    await changed(desk, issue, reporter=reporter)
    photos = [
        await desk.ask(resident, issue.id, request_id=f"r{number}")
        for number in range(MAX_PHOTOS_OF_REPORTER)
    ]
    with pytest.raises(TooManyPhotos):
        await desk.ask(resident, issue.id)
    assert desk.photos.all == photos
    assert await desk.ask(resident, issue.id, request_id="r7") == photos[7]

    for _ in range(MAX_PHOTOS_OF_HANDLER):
        await desk.ask(clerk, issue.id)
    with pytest.raises(TooManyPhotos):
        await desk.ask(clerk, issue.id)
    assert len(desk.photos.all) == MAX_PHOTOS_OF_REPORTER + MAX_PHOTOS_OF_HANDLER
    await desk.ask(actor_as("secretary"), issue.id)


async def test_an_issue_has_a_hundred_photos_whoever_asks(
    desk: Desk, issue: Issue, actor_as: MakeActor
) -> None:
    people = [actor_as("clerk") for _ in range(5)]
    for number in range(MAX_PHOTOS_OF_ISSUE):
        await desk.ask(people[number % 5], issue.id)
    with pytest.raises(TooManyPhotos):
        await desk.ask(people[0], issue.id)
    assert len(desk.photos.all) == MAX_PHOTOS_OF_ISSUE


async def test_the_place_of_a_photo_that_never_came_is_free_again(
    desk: Desk, issue: Issue, clerk: Actor
) -> None:
    photos = [await desk.ask(clerk, issue.id) for _ in range(MAX_PHOTOS_OF_HANDLER)]
    await desk.photos.change(
        clerk.community_id, photos[0].id, lambda known: known.refuse(Refusal.TOO_LARGE)
    )
    await desk.ask(clerk, issue.id)
    with pytest.raises(TooManyPhotos):
        await desk.ask(clerk, issue.id)


async def test_who_was_stopped_between_place_and_photo_has_the_place_for_ten_minutes(
    desk: Desk, issue: Issue, clerk: Actor
) -> None:
    for _ in range(MAX_PHOTOS_OF_HANDLER - 1):
        await desk.ask(clerk, issue.id)
    take = TakePlace(desk.places, desk.photos, photo_places_id_of)
    await take(
        issue, "photo_lost", by=clerk.account_id, limit=MAX_PHOTOS_OF_HANDLER, at=desk.clock()
    )
    with pytest.raises(TooManyPhotos):
        await desk.ask(clerk, issue.id)
    desk.clock.advance(minutes=10)
    await desk.ask(clerk, issue.id)


async def test_the_graph_hands_out_a_ticket(desk: Desk, an_issue: Callable[..., Issue]) -> None:
    issue = an_issue()
    api = Api(desk.clock, issue.community_id)
    await api.issues.add(issue)
    answers = [(await api.ask(CREATE, "clerk", id=issue.id))[0] for _ in range(2)]
    assert answers[0] == answers[1]
    given = answers[0]["createPhotoUpload"]
    (photo,) = api.photos.all
    assert given == {
        "__typename": "CreatePhotoUploadSuccess",
        "photoId": photo.id,
        "uploadUrl": f"http://photos.test/photos/{photo.id}?ticket={ticket_of(given['uploadUrl'])}",
        "expiresAt": "2026-11-23T01:10:00+00:00",
        "maxBytes": 10_000_000,
    }
    data, _ = await api.ask(CREATE, "clerk", id=new_id("issue"), request="r2")
    assert data["createPhotoUpload"]["code"] == "ISSUE_NOT_FOUND"
    _, codes = await api.ask(CREATE, "merchant", id=issue.id, request="r3")
    assert codes == ["FORBIDDEN"]
    assert api.photos.all == [photo]

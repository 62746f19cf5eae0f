"""What holds for photos in memory holds for those in a store, by either driver."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import msgspec
import pytest
from chassis.ids import new_id
from chassis.mongo import DriverName
from chassis.testing import FrozenClock
from issues.adapters.memory import MemoryFailures
from issues.adapters.photos import mongo_photos
from issues.adapters.photos.grid_photo_files import GridPhotoFiles
from issues.adapters.photos.memory import MemoryPhotoFiles, MemoryPhotoPlaces, MemoryPhotos
from issues.adapters.photos.mongo_photo_places import MongoPhotoPlaces
from issues.adapters.photos.mongo_photos import MongoPhotos
from issues.application.photos.clear_photos import ClearPhotos
from issues.application.photos.ports import PhotoFiles, Photos, Places
from issues.application.photos.take_place import TakePlace
from issues.derived_ids import photo_places_id_of
from issues.domain.issue import Issue
from issues.domain.photos.errors import PhotoNotFound, TooManyPhotos
from issues.domain.photos.photo import Photo, PhotoState, Picture, Refusal, Rendition, request_photo

from .conftest import TOPIC, OpenStore

CONTENT = bytes(range(256)) * 1500


@dataclass(frozen=True)
class PhotoStores:
    """One of each kind, empty."""

    photos: Photos
    files: PhotoFiles
    places: Places


@pytest.fixture(params=["memory", "motor", "pymongo"])
async def stores(
    request: pytest.FixtureRequest, clock: FrozenClock, opened: OpenStore
) -> PhotoStores:
    if request.param == "memory":
        return PhotoStores(MemoryPhotos(), MemoryPhotoFiles(), MemoryPhotoPlaces())
    driver: DriverName = request.param
    store = await opened(driver)
    await store.create_indexes(mongo_photos.INDEXES)
    return PhotoStores(
        MongoPhotos(store, topic=TOPIC, now=clock),
        GridPhotoFiles(store),
        MongoPhotoPlaces(store, topic=TOPIC, now=clock),
    )


@pytest.fixture
def a_photo(community_id: str, clock: FrozenClock) -> Callable[..., Photo]:
    def photo(issue_id: str = "issue_1", *, community_id: str = community_id) -> Photo:
        return request_photo(
            new_id("photo"), community_id=community_id, issue_id=issue_id, by="a", at=clock()
        )

    return photo


def a_picture(clock: FrozenClock, attempt: int = 1) -> Picture:
    return Picture(
        width=4,
        height=3,
        size_bytes=99,
        sha256="aa",
        attempt=attempt,
        uploaded_at=clock.advance(seconds=1),
    )


async def kept(stores: PhotoStores, photo: Photo, clock: FrozenClock) -> Photo:
    await stores.photos.add(photo)
    return await stores.photos.change(
        photo.community_id, photo.id, lambda known: known.keep(a_picture(clock))
    )


async def test_a_photo_is_read_as_it_was_written(
    stores: PhotoStores, a_photo: Callable[..., Photo], clock: FrozenClock
) -> None:
    photo = await kept(stores, a_photo(), clock)
    assert await stores.photos.of_ticket(photo.id) == photo
    assert photo.picture is not None
    assert photo.state is PhotoState.KEPT


async def test_a_photo_that_is_not_there_is_named(stores: PhotoStores) -> None:
    with pytest.raises(PhotoNotFound):
        await stores.photos.of_ticket(new_id("photo"))


async def test_evidence_is_what_was_kept_of_this_issue_in_the_order_asked(
    stores: PhotoStores, a_photo: Callable[..., Photo], clock: FrozenClock, community_id: str
) -> None:
    first, second = [await kept(stores, a_photo(), clock) for _ in range(2)]
    of_another_issue = await kept(stores, a_photo("issue_2"), clock)
    of_another_community = await kept(stores, a_photo(community_id="community_other"), clock)
    awaited = await stores.photos.add(a_photo())
    asked = [
        second.id,
        of_another_issue.id,
        of_another_community.id,
        awaited.id,
        new_id("photo"),
        first.id,
    ]
    evidence = await stores.photos.of_issue(community_id, "issue_1", asked)
    assert evidence == [photo.evidence(photo.picture) for photo in (second, first) if photo.picture]
    assert await stores.photos.of_issue(community_id, "issue_1", []) == []


async def test_photos_of_issues_come_in_the_order_of_their_upload(
    stores: PhotoStores, a_photo: Callable[..., Photo], clock: FrozenClock, community_id: str
) -> None:
    photos = [await kept(stores, a_photo(issue), clock) for issue in ("issue_2", "issue_1") * 2]
    await stores.photos.add(a_photo())
    await kept(stores, a_photo(community_id="community_other"), clock)
    assert await stores.photos.kept_of(community_id, ["issue_1", "issue_2"]) == photos
    assert await stores.photos.kept_of(community_id, ["issue_1"]) == [photos[1], photos[3]]


async def test_what_one_person_sent_is_found_among_the_others(
    stores: PhotoStores, a_photo: Callable[..., Photo], clock: FrozenClock, community_id: str
) -> None:
    own = [await kept(stores, a_photo(issue), clock) for issue in ("issue_1", "issue_2")]
    await kept(stores, msgspec.structs.replace(a_photo(), taken_by="b"), clock)
    await kept(stores, a_photo("issue_3"), clock)
    await kept(stores, a_photo(community_id="community_other"), clock)
    await stores.photos.add(a_photo())
    assert await stores.photos.sent_by(community_id, "a", ["issue_1", "issue_2"]) == own


async def test_of_many_who_ask_at_once_as_many_find_a_place_as_there_are(
    stores: PhotoStores, clock: FrozenClock, an_issue: Callable[..., Issue]
) -> None:
    issue = an_issue()
    take = TakePlace(stores.places, stores.photos, photo_places_id_of)
    outcomes = await asyncio.gather(
        *(take(issue, f"photo_{n}", by="a", limit=3, at=clock()) for n in range(6)),
        return_exceptions=True,
    )
    places = await stores.places.get(issue.community_id, photo_places_id_of(issue.id))
    assert len(places.places) == outcomes.count(None) == 3
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert {type(outcome) for outcome in refused} == {TooManyPhotos}


async def test_what_is_due_to_be_cleared_is_found_until_it_is(
    stores: PhotoStores, a_photo: Callable[..., Photo], clock: FrozenClock
) -> None:
    photos = [
        await stores.photos.add(a_photo(community_id=community))
        for community in ("community_1", "community_2")
    ]
    due_at = clock() + timedelta(minutes=20)
    due = stores.photos.due_to_clear
    assert await due(due_at - timedelta(seconds=1), first=9, after=None) == []
    found = await due(due_at, first=9, after=None)
    assert [one.id for one in found] == sorted(one.id for one in photos)
    assert await due(due_at, first=1, after=None) == found[:1]
    assert await due(due_at, first=9, after=found[0].place) == found[1:]
    await stores.photos.change("community_1", photos[0].id, Photo.cleared)
    (left,) = await due(due_at, first=9, after=None)
    assert left.id == photos[1].id


async def test_files_are_kept_by_upload_and_rendition(stores: PhotoStores) -> None:
    await stores.files.write("photo_1", 1, Rendition.FULL, CONTENT)
    await stores.files.write("photo_1", 1, Rendition.THUMBNAIL, b"small")
    await stores.files.write("photo_1", 2, Rendition.FULL, b"other")
    assert await stores.files.read("photo_1", 1, Rendition.FULL) == CONTENT
    assert await stores.files.read("photo_1", 1, Rendition.THUMBNAIL) == b"small"
    assert await stores.files.read("photo_1", 2, Rendition.FULL) == b"other"
    assert await stores.files.read("photo_1", 2, Rendition.THUMBNAIL) is None
    assert await stores.files.read("photo_2", 1, Rendition.FULL) is None


async def test_a_file_is_never_written_over(stores: PhotoStores) -> None:
    await stores.files.write("photo_1", 1, Rendition.FULL, CONTENT)
    with pytest.raises(FileExistsError):
        await stores.files.write("photo_1", 1, Rendition.FULL, b"other")
    assert await stores.files.read("photo_1", 1, Rendition.FULL) == CONTENT


async def test_an_upload_is_deleted_alone_and_as_often_as_one_likes(stores: PhotoStores) -> None:
    for attempt in (1, 2):
        for rendition in Rendition:
            await stores.files.write("photo_1", attempt, rendition, CONTENT)
    for _ in range(2):
        await stores.files.delete("photo_1", 1)
        for rendition in Rendition:
            assert await stores.files.read("photo_1", 1, rendition) is None
            assert await stores.files.read("photo_1", 2, rendition) == CONTENT


async def test_what_an_upload_left_behind_is_cleared_and_what_is_named_stays(
    stores: PhotoStores, a_photo: Callable[..., Photo], clock: FrozenClock
) -> None:
    photo = await stores.photos.add(a_photo())
    for attempt in (1, 2):
        await stores.photos.change(photo.community_id, photo.id, lambda one: one.begin(clock()))
        await stores.files.write(photo.id, attempt, Rendition.FULL, CONTENT)
    await stores.files.write(photo.id, 2, Rendition.THUMBNAIL, b"small")
    await stores.photos.change(
        photo.community_id, photo.id, lambda one: one.keep(a_picture(clock, attempt=2))
    )
    clock.advance(minutes=20)
    for _ in range(2):
        await ClearPhotos(stores.photos, stores.files, MemoryFailures(), clock)()
        assert await stores.files.read(photo.id, 1, Rendition.FULL) is None
        assert await stores.files.read(photo.id, 2, Rendition.FULL) == CONTENT
        assert await stores.files.read(photo.id, 2, Rendition.THUMBNAIL) == b"small"
    assert (await stores.photos.of_ticket(photo.id)).state is PhotoState.KEPT


async def test_what_nobody_sent_is_closed_with_its_files(
    stores: PhotoStores, a_photo: Callable[..., Photo], clock: FrozenClock
) -> None:
    photo = await stores.photos.add(a_photo())
    await stores.photos.change(photo.community_id, photo.id, lambda one: one.begin(clock()))
    await stores.files.write(photo.id, 1, Rendition.FULL, CONTENT)
    clock.advance(minutes=20)
    await ClearPhotos(stores.photos, stores.files, MemoryFailures(), clock)()
    assert await stores.files.read(photo.id, 1, Rendition.FULL) is None
    closed = await stores.photos.of_ticket(photo.id)
    assert (closed.state, closed.refusal) == (PhotoState.REFUSED, Refusal.LAPSED)

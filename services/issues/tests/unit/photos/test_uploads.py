"""A photo is sent for its ticket, once; whatever else is sent is named and nothing is kept."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from chassis.errors import StoreUnavailable
from chassis.ids import new_id
from issues.adapters.photos.memory import MemoryPhotoFiles
from issues.domain.handling.evidence import Evidence
from issues.domain.permissions import Actor
from issues.domain.photos.photo import LARGEST_PHOTO_BYTES, Photo, PhotoState, Refusal, Rendition

from .desk import Desk, pieces, ticket_of
from .drawn import SECRET, encoded, opened, picture, png_that_says, with_gps


async def put(desk: Desk, photo: Photo, content: bytes) -> httpx.Response:
    async with desk.client() as client:
        return await client.put(desk.links.upload_url(photo), content=content)


async def assert_nothing_kept(desk: Desk, photo: Photo, state: PhotoState) -> None:
    kept = await desk.photo(photo)
    assert kept.state is state
    assert kept.picture is None
    assert desk.files.kept == {}
    assert await desk.photos.of_issue(photo.community_id, photo.issue_id, [photo.id]) == []


async def test_a_photo_is_kept_in_two_sizes_without_what_the_camera_noted(
    desk: Desk, asked: Photo
) -> None:
    answer = await put(desk, asked, with_gps((640, 480), orientation=6))
    assert answer.status_code == 201
    assert answer.json() == {"photoId": asked.id, "width": 480, "height": 640}
    photo = await desk.photo(asked)
    assert photo.state is PhotoState.KEPT
    assert photo.picture is not None
    assert (photo.picture.width, photo.picture.height) == (480, 640)
    full = desk.files.kept[photo.id, 1, Rendition.FULL]
    assert photo.picture.size_bytes == len(full)
    for content in desk.files.kept.values():
        assert SECRET not in content
        assert not opened(content).getexif()
    evidence = Evidence(
        photo_id=photo.id, taken_by=photo.taken_by, uploaded_at=photo.picture.uploaded_at
    )
    assert await desk.photos.of_issue(photo.community_id, photo.issue_id, [photo.id]) == [evidence]


async def test_the_same_bytes_again_are_the_same_answer(desk: Desk, asked: Photo) -> None:
    first = await put(desk, asked, with_gps())
    writes = desk.photos.writes
    again = await put(desk, asked, with_gps())
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert desk.photos.writes == writes
    assert len(desk.files.kept) == 2


async def test_other_bytes_for_the_same_ticket_are_refused(desk: Desk, asked: Photo) -> None:
    await put(desk, asked, with_gps())
    before, files = await desk.photo(asked), dict(desk.files.kept)
    for other in (encoded(picture((10, 10))), b"no picture at all"):
        answer = await put(desk, asked, other)
        assert answer.status_code == 409
        assert answer.json()["code"] == "PHOTO_ALREADY_UPLOADED"
    assert await desk.photo(asked) == before
    assert desk.files.kept == files


@pytest.mark.parametrize("same", [True, False], ids=["the same bytes", "other bytes"])
async def test_two_uploads_at_once_keep_one_photo(desk: Desk, asked: Photo, *, same: bool) -> None:
    contents = [encoded(picture((40 + (0 if same else n), 30))) for n in range(5)]
    answers = await asyncio.gather(*(put(desk, asked, content) for content in contents))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == ([201] * 5 if same else [201, 409, 409, 409, 409])
    photo = await desk.photo(asked)
    assert photo.picture is not None
    assert {attempt for _, attempt, _ in desk.files.kept} == {photo.picture.attempt}
    assert len(desk.files.kept) == 2


REFUSED = {
    "not a picture": (b"%PDF-1.7 invoice", 415, "PHOTO_NOT_AN_IMAGE", Refusal.NOT_AN_IMAGE),
    "nothing": (b"", 415, "PHOTO_NOT_AN_IMAGE", Refusal.NOT_AN_IMAGE),
    "broken off": (with_gps()[:-200], 415, "PHOTO_NOT_AN_IMAGE", Refusal.NOT_AN_IMAGE),
    "bomb": (png_that_says(50_000, 50_000), 422, "PHOTO_TOO_MANY_PIXELS", Refusal.TOO_MANY_PIXELS),
    "large": (bytes(LARGEST_PHOTO_BYTES + 1), 413, "PHOTO_TOO_LARGE", Refusal.TOO_LARGE),
}


@pytest.mark.parametrize("kind", REFUSED)
async def test_what_is_no_photo_is_named_and_uses_the_ticket_up(
    desk: Desk, asked: Photo, kind: str
) -> None:
    content, status, code, refusal = REFUSED[kind]
    answer = await put(desk, asked, content)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["message"].endswith("。")
    assert answer.headers["connection"] == "close"
    await assert_nothing_kept(desk, asked, PhotoState.REFUSED)
    assert (await desk.photo(asked)).refusal is refusal

    later = await put(desk, asked, with_gps())
    assert (later.status_code, later.json()["code"]) == (403, "PHOTO_TICKET_INVALID")
    await assert_nothing_kept(desk, asked, PhotoState.REFUSED)


async def test_a_body_is_cut_off_at_the_limit_whatever_it_says(desk: Desk, asked: Photo) -> None:
    read_bytes = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read_bytes
        for _ in range(1000):
            read_bytes += 100_000
            yield bytes(100_000)

    async with desk.client() as client:
        answer = await client.put(desk.links.upload_url(asked), content=endless())
    assert (answer.status_code, answer.json()["code"]) == (413, "PHOTO_TOO_LARGE")
    assert read_bytes <= LARGEST_PHOTO_BYTES + 200_000
    await assert_nothing_kept(desk, asked, PhotoState.REFUSED)


async def test_a_body_that_says_it_is_large_is_not_read(desk: Desk, asked: Photo) -> None:
    read = False

    async def watched() -> AsyncIterator[bytes]:
        nonlocal read
        read = True
        yield b""

    headers = {"content-length": str(100_000_000)}
    async with desk.client() as client:
        request = client.build_request(
            "PUT", desk.links.upload_url(asked), content=watched(), headers=headers
        )
        answer = await client.send(request)
    assert (answer.status_code, answer.json()["code"]) == (413, "PHOTO_TOO_LARGE")
    assert not read
    await assert_nothing_kept(desk, asked, PhotoState.REFUSED)


async def test_a_body_shorter_than_it_says_may_be_sent_again(desk: Desk, asked: Photo) -> None:
    content = with_gps()
    headers = {"content-length": str(len(content) + 5)}
    async with desk.client() as client:
        answer = await client.put(
            desk.links.upload_url(asked), content=pieces(content), headers=headers
        )
    assert (answer.status_code, answer.json()["code"]) == (400, "PHOTO_INCOMPLETE")
    await assert_nothing_kept(desk, asked, PhotoState.AWAITING)
    assert (await put(desk, asked, content)).status_code == 201


async def test_a_body_that_comes_too_slowly_is_let_go(desk: Desk, asked: Photo) -> None:
    waits = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"\xff\xd8"
        await waits.wait()
        yield b"never"

    async with desk.client(body_within_seconds=0.01) as client:
        answer = await client.put(desk.links.upload_url(asked), content=slow())
    assert (answer.status_code, answer.json()["code"]) == (400, "PHOTO_INCOMPLETE")
    await assert_nothing_kept(desk, asked, PhotoState.AWAITING)


async def test_a_ticket_is_good_for_ten_minutes(desk: Desk, asked: Photo) -> None:
    desk.clock.advance(minutes=10)
    answer = await put(desk, asked, with_gps())
    assert (answer.status_code, answer.json()["code"]) == (403, "PHOTO_TICKET_INVALID")
    await assert_nothing_kept(desk, asked, PhotoState.AWAITING)


async def test_wrong_tickets_all_look_the_same(desk: Desk, asked: Photo, clerk: Actor) -> None:
    other = await desk.ask(clerk, asked.issue_id)
    good, foreign = ticket_of(desk.links.upload_url(asked)), ticket_of(desk.links.upload_url(other))
    tried = [
        f"/photos/{asked.id}?ticket={foreign}",
        f"/photos/{asked.id}?ticket={good[:-1]}{'1' if good[-1] == '0' else '0'}",
        f"/photos/{asked.id}?ticket=",
        f"/photos/{asked.id}?ticket=%E7%A5%A8",
        f"/photos/{asked.id}",
        f"/photos/{new_id('photo')}?ticket={good}",
    ]
    async with desk.client() as client:
        answers = [await client.put(address, content=with_gps()) for address in tried]
    assert {(answer.status_code, answer.text) for answer in answers} == {(403, answers[0].text)}
    assert answers[0].json()["code"] == "PHOTO_TICKET_INVALID"
    for photo in (asked, other):
        await assert_nothing_kept(desk, photo, PhotoState.AWAITING)


async def test_a_ticket_writes_files_five_times_at_most(desk: Desk, asked: Photo) -> None:
    class Full(MemoryPhotoFiles):
        async def write(self, *_: object) -> None:
            raise StoreUnavailable

    desk.files = Full()
    answers = [await put(desk, asked, with_gps()) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [503] * 5 + [403]
    assert answers[0].json()["code"] == "UNAVAILABLE"
    await assert_nothing_kept(desk, asked, PhotoState.AWAITING)

"""Whoever is stopped between files and document leaves nothing to be seen, and soon nothing."""

import itertools
from typing import Any

import pytest
from issues.adapters.photos.memory import MemoryPhotoFiles
from issues.application.photos.ports import Sent
from issues.domain.issue import Issue
from issues.domain.permissions import Actor
from issues.domain.photos.photo import Photo, PhotoState, Refusal, Rendition

from .desk import Desk, pieces, ticket_of
from .drawn import with_gps


class Killed(BaseException):
    """The process is gone."""


class KilledAt(MemoryPhotoFiles):
    """Dies before it writes one of the files, and never deletes."""

    def __init__(self, rendition: Rendition) -> None:
        super().__init__()
        self._at = rendition

    async def write(
        self, photo_id: str, attempt: int, rendition: Rendition, content: bytes
    ) -> None:
        if rendition is self._at:
            raise Killed
        await super().write(photo_id, attempt, rendition, content)


async def upload(desk: Desk, photo: Photo) -> Photo:
    sent = Sent(announced_bytes=None, pieces=pieces(with_gps()))
    return await desk.upload(photo.id, ticket_of(desk.links.upload_url(photo)), sent)


async def killed_after_the_files(desk: Desk, photo: Photo) -> None:
    """Both files are written, and the document does not name them."""
    change, calls = desk.photos.change, itertools.count(1)

    async def killed(*given: Any, **named: Any) -> Photo:
        if next(calls) == 2:
            raise Killed
        return await change(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.photos, "change", killed)
        with pytest.raises(Killed):
            await upload(desk, photo)


@pytest.mark.parametrize("rendition", list(Rendition))
async def test_one_stopped_while_writing_leaves_nothing_that_is_seen(
    desk: Desk, asked: Photo, rendition: Rendition
) -> None:
    desk.files = KilledAt(rendition)
    with pytest.raises(Killed):
        await upload(desk, asked)
    photo = await desk.photo(asked)
    assert (photo.state, photo.picture) == (PhotoState.AWAITING, None)
    assert await desk.photos.kept_of(photo.community_id, [photo.issue_id]) == []


async def test_files_that_nobody_names_go_and_the_photo_is_closed(desk: Desk, asked: Photo) -> None:
    await killed_after_the_files(desk, asked)
    assert len(desk.files.kept) == 2
    assert await desk.photos.kept_of(asked.community_id, [asked.issue_id]) == []

    desk.clock.advance(minutes=19)
    await desk.clear()
    assert len(desk.files.kept) == 2

    desk.clock.advance(minutes=1)
    await desk.clear()
    assert desk.files.kept == {}
    photo = await desk.photo(asked)
    assert (photo.state, photo.refusal) == (PhotoState.REFUSED, Refusal.LAPSED)


async def test_a_second_attempt_is_kept_and_the_first_ones_files_go(
    desk: Desk, asked: Photo
) -> None:
    await killed_after_the_files(desk, asked)
    kept = await upload(desk, asked)
    assert kept.picture is not None
    assert kept.picture.attempt == 2
    assert len(desk.files.kept) == 4

    desk.clock.advance(minutes=20)
    await desk.clear()
    assert {attempt for _, attempt, _ in desk.files.kept} == {2}
    assert (await desk.photo(asked)).state is PhotoState.KEPT


async def test_a_photo_that_cannot_be_cleared_holds_up_no_other(
    desk: Desk, issue: Issue, clerk: Actor
) -> None:
    class Stuck(MemoryPhotoFiles):
        async def delete(self, photo_id: str, attempt: int) -> None:
            if photo_id in stuck:
                raise OSError
            await super().delete(photo_id, attempt)

    asked = [await desk.ask(clerk, issue.id) for _ in range(3)]
    for photo in asked:
        await killed_after_the_files(desk, photo)
    first, *_, last = sorted(asked, key=lambda photo: photo.id)
    stuck = {first.id, last.id}
    healthy, desk.files = desk.files, Stuck()
    desk.files.kept = healthy.kept
    desk.clock.advance(minutes=20)

    await desk.clear()
    assert {photo_id for photo_id, _, _ in desk.files.kept} == stuck
    assert desk.failures.counted == [
        ("clear_photos", first.id, "OSError"),
        ("clear_photos", last.id, "OSError"),
    ]

    stuck.clear()
    await desk.clear()
    assert desk.files.kept == {}


async def test_what_is_clear_is_not_looked_at_again(desk: Desk, asked: Photo) -> None:
    await upload(desk, asked)
    desk.clock.advance(minutes=20)
    await desk.clear()
    writes = desk.photos.writes
    await desk.clear()
    assert desk.photos.writes == writes
    assert len(desk.files.kept) == 2
    assert await desk.photos.due_to_clear(desk.clock(), first=10, after=None) == []


async def test_an_upload_that_outlives_its_photo_is_refused(desk: Desk, asked: Photo) -> None:
    class Slow(MemoryPhotoFiles):
        async def write(
            self, photo_id: str, attempt: int, rendition: Rendition, content: bytes
        ) -> None:
            desk.clock.advance(minutes=30)
            await desk.clear()
            await super().write(photo_id, attempt, rendition, content)

    desk.files = Slow()
    async with desk.client() as client:
        answer = await client.put(desk.links.upload_url(asked), content=with_gps())
    assert (answer.status_code, answer.json()["code"]) == (403, "PHOTO_TICKET_INVALID")
    assert desk.files.kept == {}
    assert (await desk.photo(asked)).state is PhotoState.REFUSED

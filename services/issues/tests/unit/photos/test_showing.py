"""A photo is seen by an address signed for five minutes; anything wrong is the same 404."""

from datetime import timedelta

import httpx
import pytest
from chassis.encryption import KEY_BYTES, LookupHash
from chassis.ids import new_id
from chassis.testing import FrozenClock
from hypothesis import given
from hypothesis import strategies as st
from issues.application.photos.photo_links import SHOWN_FOR, PhotoLinks
from issues.domain.permissions import Actor
from issues.domain.photos.photo import Photo, Rendition

from .desk import BASE_URL, Desk
from .drawn import opened, with_gps


@pytest.fixture
async def kept(desk: Desk, asked: Photo) -> Photo:
    async with desk.client() as client:
        await client.put(desk.links.upload_url(asked), content=with_gps((640, 480)))
    return await desk.photo(asked)


async def get(desk: Desk, address: str) -> httpx.Response:
    async with desk.client() as client:
        return await client.get(address)


@pytest.mark.parametrize(("rendition", "width"), [("full", 640), ("thumbnail", 320)])
async def test_a_signed_address_shows_the_photo(
    desk: Desk, kept: Photo, rendition: str, width: int
) -> None:
    url = desk.links.shown_url(kept, Rendition(rendition), until=desk.clock() + SHOWN_FOR)
    answer = await get(desk, url)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"].startswith("private")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert opened(answer.content).width == width


async def test_an_address_ends(desk: Desk, kept: Photo) -> None:
    url = desk.links.shown_url(kept, Rendition.FULL, until=desk.clock() + SHOWN_FOR)
    desk.clock.advance(minutes=5)
    assert (await get(desk, url)).status_code == 404


async def test_anything_wrong_is_the_same_answer(desk: Desk, kept: Photo, clerk: Actor) -> None:
    url = desk.links.shown_url(kept, Rendition.FULL, until=desk.clock() + SHOWN_FOR)
    query = url.partition("?")[2]
    waiting = await desk.ask(clerk, kept.issue_id)
    tried = [
        f"/photos/{kept.id}/full",
        f"/photos/{kept.id}/thumbnail?{query}",
        f"/photos/{kept.id}/original?{query}",
        f"/photos/{new_id('photo')}/full?{query}",
        url[:-1] + ("0" if url[-1] != "0" else "1"),
        url.replace("until=", "until=1"),
        url.replace("until=", "until=%EF%BC%91"),
        desk.links.shown_url(kept, Rendition.FULL, until=desk.clock() + timedelta(days=1)),
        desk.links.shown_url(waiting, Rendition.FULL, until=desk.clock() + SHOWN_FOR),
    ]
    answers = [await get(desk, address) for address in tried]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert answers[0].json()["code"] == "PHOTO_NOT_FOUND"


async def test_files_that_are_gone_are_the_same_answer(desk: Desk, kept: Photo) -> None:
    url = desk.links.shown_url(kept, Rendition.FULL, until=desk.clock() + SHOWN_FOR)
    desk.files.kept.clear()
    assert (await get(desk, url)).status_code == 404


async def test_an_address_that_another_api_signed_a_moment_ahead_is_good(
    desk: Desk, kept: Photo
) -> None:
    ahead = desk.clock() + timedelta(seconds=3)
    url = desk.links.shown_url(kept, Rendition.FULL, until=ahead + SHOWN_FOR)
    async with desk.client() as phone:
        assert (await phone.get(url)).status_code == 200


@given(until=st.text(max_size=15), signature=st.text(max_size=70))
def test_nobody_guesses_an_address(until: str, signature: str) -> None:
    links, at = PhotoLinks(LookupHash(bytes(KEY_BYTES)), BASE_URL), FrozenClock()()
    assert not links.is_shown("photo_x", Rendition.FULL, until, signature, at)

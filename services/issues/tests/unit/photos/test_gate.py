"""Bodies on their way in take room from nobody else."""

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
from issues.domain.issue import Issue
from issues.domain.permissions import Actor
from issues.domain.photos.photo import Photo, PhotoState

from .desk import Desk
from .drawn import with_gps


class Slow:
    """A body that begins and goes on when it is told to."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def pieces(self) -> AsyncIterator[bytes]:
        content = with_gps()
        yield content[:1]
        self.began.set()
        await self.goes_on.wait()
        yield content[1:]


async def send(desk: Desk, phone: httpx.AsyncClient, photo: Photo, slow: Slow) -> httpx.Response:
    return await phone.put(desk.links.upload_url(photo), content=slow.pieces())


async def test_one_person_holds_up_nobody_else(
    desk: Desk, issue: Issue, actor_as: Callable[..., Actor]
) -> None:
    one, other = actor_as("clerk"), actor_as("secretary")
    held = [await desk.ask(one, issue.id) for _ in range(3)]
    theirs = await desk.ask(other, issue.id)
    bodies = [Slow(), Slow()]
    async with desk.client(waits_seconds=0.05) as phone, asyncio.TaskGroup() as tasks:
        sending = [
            tasks.create_task(send(desk, phone, photo, body))
            for photo, body in zip(held, bodies, strict=False)
        ]
        for body in bodies:
            await body.began.wait()

        third = await phone.put(desk.links.upload_url(held[2]), content=with_gps())
        assert (third.status_code, third.json()["code"]) == (503, "PHOTO_BUSY")
        assert third.headers["retry-after"] == "5"
        assert third.json()["message"].endswith("。")
        assert (await desk.photo(held[2])).state is PhotoState.AWAITING
        assert (
            await phone.put(desk.links.upload_url(theirs), content=with_gps())
        ).status_code == 201

        for body in bodies:
            body.goes_on.set()
    assert [(await it).status_code for it in sending] == [201, 201]
    async with desk.client() as phone:
        again = await phone.put(desk.links.upload_url(held[2]), content=with_gps())
    assert again.status_code == 201


async def test_one_ticket_takes_room_once(desk: Desk, asked: Photo) -> None:
    body = Slow()
    async with desk.client(waits_seconds=0.05) as phone, asyncio.TaskGroup() as tasks:
        first = tasks.create_task(send(desk, phone, asked, body))
        await body.began.wait()
        second = await phone.put(desk.links.upload_url(asked), content=with_gps())
        assert (second.status_code, second.json()["code"]) == (503, "PHOTO_BUSY")
        body.goes_on.set()
    assert (await first).status_code == 201


async def test_who_waits_goes_on_when_there_is_room(desk: Desk, asked: Photo) -> None:
    body = Slow()
    async with desk.client() as phone, asyncio.TaskGroup() as tasks:
        first = tasks.create_task(send(desk, phone, asked, body))
        await body.began.wait()
        again = tasks.create_task(phone.put(desk.links.upload_url(asked), content=with_gps()))
        body.goes_on.set()
    assert [(await it).status_code for it in (first, again)] == [201, 201]


async def test_a_wrong_ticket_waits_for_nothing_while_no_room_is_left(
    desk: Desk, issue: Issue, actor_as: Callable[..., Actor]
) -> None:
    people = [actor_as("clerk") for _ in range(4)]
    photos = [await desk.ask(people[number % 4], issue.id) for number in range(9)]
    bodies = [Slow() for _ in range(8)]
    async with desk.client(waits_seconds=0.05) as phone, asyncio.TaskGroup() as tasks:
        for photo, body in zip(photos, bodies, strict=False):
            tasks.create_task(send(desk, phone, photo, body))
        for body in bodies:
            await body.began.wait()
        wrong = await phone.put(f"/photos/{photos[8].id}?ticket=0", content=with_gps())
        assert (wrong.status_code, wrong.json()["code"]) == (403, "PHOTO_TICKET_INVALID")
        full = await phone.put(desk.links.upload_url(photos[8]), content=with_gps())
        assert (full.status_code, full.json()["code"]) == (503, "PHOTO_BUSY")
        for body in bodies:
            body.goes_on.set()

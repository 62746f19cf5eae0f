"""An api that is killed while photos come in: each is there whole, or not at all."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
from chassis.clock import utc_now
from chassis.mongo import Store
from chassis.testing_graph import Graph
from chassis.testing_waits import until
from issues.adapters.memory import MemoryFailures
from issues.adapters.mongo_issues import MongoIssues
from issues.adapters.photos.grid_photo_files import BUCKET, GridPhotoFiles
from issues.adapters.photos.mongo_photos import MongoPhotos
from issues.application.photos.clear_photos import ClearPhotos
from issues.domain.issue import Issue
from issues.domain.photos.photo import Photo, Rendition
from local_stack.leash import Leash

from .person import Person
from .pictures import opened, photograph
from .processes import environment_for
from .test_outages import running
from .test_photos import ticket

TOPIC = "linli.issues.events"
UPLOADS = 8


async def test_a_killed_api_leaves_whole_photos_and_what_is_cleared_up(
    kafka_bootstrap_servers: str,
    mongodb_uri: str,
    jwks_url: str,
    leash: Leash,
    tmp_path: Path,
    clerk_at_work: Person,
    an_issue: Callable[..., Issue],
) -> None:
    environment = environment_for(mongodb_uri, kafka_bootstrap_servers, jwks_url, tmp_path)
    store = Store.connect(mongodb_uri, environment["MONGODB_DATABASE"])
    photos, files = MongoPhotos(store, topic=TOPIC, now=utc_now), GridPhotoFiles(store)
    issue = an_issue()
    await MongoIssues(store, topic=TOPIC, now=utc_now).add(issue)
    async with running(environment, leash, tmp_path, "api") as processes:
        graph = Graph(processes["api"].address)
        asked = [await ticket(graph, clerk_at_work, issue.id) for _ in range(UPLOADS)]
        sending = [asyncio.create_task(_put(graph.url, address)) for _, address in asked]
        pieces = store.collection(f"{BUCKET}.chunks")
        await until(lambda: pieces.count({}, limit=1), within_seconds=60)
        await asyncio.to_thread(processes["api"].kill)
        answers = await asyncio.gather(*sending)
        await graph.close()

    found = [await photos.of_ticket(photo_id) for photo_id, _ in asked]
    for photo, answer in zip(found, answers, strict=True):
        if answer == 201:  # what was said stands
            assert photo.picture is not None
    await _all_whole(files, found)

    await ClearPhotos(photos, files, MemoryFailures(), lambda: utc_now() + timedelta(hours=1))()
    named = {photo.id for photo in found if photo.picture}
    await _all_whole(files, found)
    lying = {piece["files_id"].split("/")[0] for piece in await pieces.find({})}
    assert lying == named
    assert await photos.due_to_clear(utc_now() + timedelta(hours=1), first=1, after=None) == []
    await store.close()


async def _put(url: str, address: str) -> int | None:
    """Send a photo. Returns: the status; None where the api was gone."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as phone:
        try:
            return (await phone.put(address, content=photograph((2000, 1500)))).status_code
        except httpx.TransportError:
            return None


async def _all_whole(files: GridPhotoFiles, photos: list[Photo]) -> None:
    for photo in photos:
        if photo.picture is not None:
            for rendition in Rendition:
                content = await files.read(photo.id, photo.picture.attempt, rendition)
                assert content is not None
                opened(content).load()

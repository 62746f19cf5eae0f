"""Photos over the real api: sent for a ticket, kept in the store, seen by a signature, as proof."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing_graph import Graph
from issues.adapters.photos import mongo_photos
from issues.adapters.photos.grid_photo_files import BUCKET
from issues.domain.photos.photo import PhotoState, Refusal

from .matters import do, done, issue_begun, issue_made
from .outreach import Outreach
from .person import Person
from .pictures import WHERE, opened, photograph
from .waiting import eventually

_CREATE = """
mutation($input: CreatePhotoUploadInput!) {
  createPhotoUpload(input: $input) {
    __typename
    ... on CreatePhotoUploadSuccess { photoId uploadUrl expiresAt maxBytes }
    ... on UserError { code }
  }
}
"""
_PHOTOS = """
query($id: ID!) {
  issue(id: $id) { state photos { id url thumbnailUrl width height } }
  publicIssue(id: $id) { photos { id } }
}
"""


@pytest.fixture
async def phone(graph: Graph) -> AsyncIterator[httpx.AsyncClient]:
    """What speaks to the edges beside the graph; it has no token."""
    async with httpx.AsyncClient(base_url=graph.url, timeout=30) as phone:
        yield phone


@pytest.fixture
async def store(environment: dict[str, str]) -> AsyncIterator[Store]:
    store = Store.connect(environment["MONGODB_URI"], environment["MONGODB_DATABASE"])
    yield store
    await store.close()


async def ticket(graph: Graph, person: Person, issue_id: str) -> tuple[str, str]:
    """Ask to send a photo. Returns: its id, and where to put it."""
    given = {"requestId": new_id("request"), "issueId": issue_id}
    answer = (await graph.ask(person, _CREATE, input=given))["createPhotoUpload"]
    assert answer["__typename"] == "CreatePhotoUploadSuccess"
    assert answer["maxBytes"] == 10_000_000
    return answer["photoId"], below(answer["uploadUrl"])


def below(url: str) -> str:
    """The address without the host, which is that of a stack and not of a test."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


async def stored(store: Store, photo_id: str) -> list[bytes]:
    """Everything that the store has of a photo's bytes."""
    pieces = await store.collection(f"{BUCKET}.chunks").find(
        {"files_id": {"$gte": photo_id, "$lt": f"{photo_id}~"}}
    )
    return [piece["data"] for piece in pieces]


async def shown(graph: Graph, clerk: Person, issue_id: str) -> Any:
    return await graph.ask(clerk, _PHOTOS, id=issue_id)


async def test_a_photo_proves_the_work_and_tells_nothing_else(
    graph: Graph,
    outreach: Outreach,
    phone: httpx.AsyncClient,
    store: Store,
    clerk_at_work: Person,
) -> None:
    clerk = clerk_at_work
    issue_id = await issue_begun(graph, outreach, clerk)
    photo_id, address = await ticket(graph, clerk, issue_id)
    content = photograph()
    assert WHERE in content
    answer = await phone.put(address, content=content)
    assert (answer.status_code, answer.json()) == (
        201,
        {"photoId": photo_id, "width": 600, "height": 800},
    )
    kept = await stored(store, photo_id)
    assert len(kept) == 2
    for piece in kept:
        assert piece.startswith(b"\xff\xd8")
        assert WHERE not in piece
        assert not opened(piece).getexif()
    assert (await phone.put(address, content=content)).status_code == 201
    assert await stored(store, photo_id) == kept

    await done(
        graph, clerk, "resolveIssue", issueId=issue_id, note="已换新灯。", photoIds=[photo_id]
    )
    seen = await shown(graph, clerk, issue_id)
    assert seen["issue"]["state"] == "RESOLVED"
    assert seen["publicIssue"]["photos"] == [{"id": photo_id}]
    (photo,) = seen["issue"]["photos"]
    assert (photo["width"], photo["height"]) == (600, 800)
    for url, size in ((photo["url"], (600, 800)), (photo["thumbnailUrl"], (240, 320))):
        served = await phone.get(below(url))
        assert served.headers["content-type"] == "image/jpeg"
        assert served.headers["cache-control"].startswith("private")
        assert opened(served.content).size == size
        forged = await phone.get(below(url)[:-4] + "0000")
        assert (forged.status_code, forged.json()["code"]) == (404, "PHOTO_NOT_FOUND")


BAD = {
    "no picture": (b"%PDF-1.7 invoice", 415, "PHOTO_NOT_AN_IMAGE"),
    "broken off": (photograph()[:-100], 415, "PHOTO_NOT_AN_IMAGE"),
}


@pytest.mark.parametrize("kind", BAD)
async def test_what_is_no_photo_is_named_and_not_kept(
    graph: Graph,
    outreach: Outreach,
    phone: httpx.AsyncClient,
    store: Store,
    clerk_at_work: Person,
    kind: str,
) -> None:
    content, status, code = BAD[kind]
    issue_id = await issue_made(graph, outreach, clerk_at_work)
    photo_id, address = await ticket(graph, clerk_at_work, issue_id)
    answer = await phone.put(address, content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    await assert_nothing_came(graph, store, clerk_at_work, issue_id, photo_id)
    later = await phone.put(address, content=photograph())
    assert (later.status_code, later.json()["code"]) == (403, "PHOTO_TICKET_INVALID")


async def test_a_forged_a_foreign_and_an_old_ticket_are_as_bad(
    graph: Graph,
    outreach: Outreach,
    phone: httpx.AsyncClient,
    store: Store,
    clerk_at_work: Person,
) -> None:
    issue_id = await issue_made(graph, outreach, clerk_at_work)
    photo_id, address = await ticket(graph, clerk_at_work, issue_id)
    _, foreign = await ticket(graph, clerk_at_work, issue_id)
    old_id, old = await ticket(graph, clerk_at_work, issue_id)
    await store.collection("photos").update_one(
        {"_id": old_id}, {"$set": {"expires_at": utc_now()}}
    )
    path = urlsplit(address).path
    tried = [address[:-4] + "0000", f"{path}?{urlsplit(foreign).query}", path, old]
    answers = [await phone.put(each, content=photograph()) for each in tried]
    assert {(answer.status_code, answer.text) for answer in answers} == {(403, answers[0].text)}
    assert answers[0].json()["code"] == "PHOTO_TICKET_INVALID"
    await assert_nothing_came(graph, store, clerk_at_work, issue_id, photo_id)


async def test_100_mb_announced_are_not_read(
    graph: Graph, outreach: Outreach, store: Store, clerk_at_work: Person
) -> None:
    issue_id = await issue_made(graph, outreach, clerk_at_work)
    photo_id, address = await ticket(graph, clerk_at_work, issue_id)
    host = urlsplit(graph.url)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    writer.write(
        f"PUT {address} HTTP/1.1\r\nHost: {host.netloc}\r\n"
        "Content-Length: 100000000\r\n\r\n".encode()
    )
    answer = await reader.read()  # the service hangs up
    writer.close()
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"PHOTO_TOO_LARGE" in answer
    await assert_nothing_came(graph, store, clerk_at_work, issue_id, photo_id)


async def test_100_mb_not_announced_are_cut_off(
    graph: Graph,
    outreach: Outreach,
    phone: httpx.AsyncClient,
    store: Store,
    clerk_at_work: Person,
) -> None:
    issue_id = await issue_made(graph, outreach, clerk_at_work)
    photo_id, address = await ticket(graph, clerk_at_work, issue_id)

    async def long() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield bytes(1_000_000)

    try:
        answer = await phone.put(address, content=long())
    except (httpx.WriteError, httpx.ReadError):  # the service reads no further and hangs up
        pass
    else:
        assert (answer.status_code, answer.json()["code"]) == (413, "PHOTO_TOO_LARGE")

    async def refused() -> bool:
        photo = await store.collection(mongo_photos.COLLECTION).find_one({"_id": photo_id})
        assert photo is not None
        return (photo["state"], photo["refusal"]) == (PhotoState.REFUSED, Refusal.TOO_LARGE)

    await eventually(refused)
    await assert_nothing_came(graph, store, clerk_at_work, issue_id, photo_id)


async def assert_nothing_came(
    graph: Graph, store: Store, clerk: Person, issue_id: str, photo_id: str
) -> None:
    assert await stored(store, photo_id) == []
    assert (await shown(graph, clerk, issue_id))["issue"]["photos"] == []


async def test_a_photo_of_another_issue_proves_nothing(
    graph: Graph, outreach: Outreach, phone: httpx.AsyncClient, clerk_at_work: Person
) -> None:
    other_issue_id = await issue_made(graph, outreach, clerk_at_work)
    issue_id = await issue_begun(graph, outreach, clerk_at_work)
    photo_id, address = await ticket(graph, clerk_at_work, other_issue_id)
    assert (await phone.put(address, content=photograph())).status_code == 201
    awaited, _ = await ticket(graph, clerk_at_work, issue_id)
    for evidence in (photo_id, awaited, new_id("photo")):
        answer = await do(
            graph,
            clerk_at_work,
            "resolveIssue",
            issueId=issue_id,
            note="已换新灯。",
            photoIds=[evidence],
        )
        assert answer["code"] == "EVIDENCE_UNKNOWN"
    assert (await shown(graph, clerk_at_work, issue_id))["issue"]["state"] == "IN_PROGRESS"

"""What is sent to the edge is refused by name when it is no ledger, and nothing of it stays."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from chassis.testing_waits import until
from residents.domain.imports.file_size import LARGEST_FILE_BYTES

from . import bad_files
from .office import IMPORT, IMPORTS, LEDGER_EDGE, XLSX, Office

ARCHIVE = ("archives", "estates", "buildings", "households", "residents", "building_figures")
IMPORT_COLLECTIONS = ("import_batches", "import_files", "import_pieces")


async def _unchanged(office: Office) -> None:
    assert await office.stored(*IMPORT_COLLECTIONS) == 0
    assert await office.stored(*ARCHIVE) == 0
    assert (await office.graph.ask(IMPORTS))["nodes"] == []


async def _refusal(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    assert body["message"].endswith("。")
    return answer.status_code, body["code"]


async def test_nobody_sends_without_a_token(office: Office, ledger: bytes) -> None:
    stranger = Office(office.address, None, office.community_id, office.rooms)

    assert await _refusal(await stranger.send(ledger)) == (401, "UNAUTHENTICATED")
    forged = await stranger.send(ledger, authorization="Bearer of.no.good")
    assert await _refusal(forged) == (401, "UNAUTHENTICATED")

    await _unchanged(office)


async def test_a_resident_sends_nothing(office: Office, resident: Office, ledger: bytes) -> None:
    for edge in (LEDGER_EDGE, "/imports/owners-register"):
        answer = await resident.send(ledger, edge=edge)
        assert await _refusal(answer) == (403, "FORBIDDEN")

    await _unchanged(office)


@pytest.mark.parametrize(
    ("headers", "refusal"),
    [
        ({"content_type": "text/csv"}, (415, "IMPORT_FILE_TYPE_UNSUPPORTED")),
        ({"content_type": "application/pdf"}, (415, "IMPORT_FILE_TYPE_UNSUPPORTED")),
        ({"content_type": "application/vnd.ms-excel"}, (415, "IMPORT_FILE_TYPE_UNSUPPORTED")),
        ({"idempotency_key": "k" * 101}, (422, "BAD_USER_INPUT")),
        ({"as_of": "2026-02-30"}, (422, "BAD_USER_INPUT")),
        ({"as_of": "yesterday"}, (422, "BAD_USER_INPUT")),
        ({"as_of": "9999-12-31"}, (422, "BAD_USER_INPUT")),
        ({"leave_out": "Idempotency-Key"}, (422, "BAD_USER_INPUT")),
    ],
)
async def test_headers_that_are_no_good(
    office: Office, ledger: bytes, headers: dict[str, str], refusal: tuple[int, str]
) -> None:
    assert await _refusal(await office.send(ledger, **headers)) == refusal

    await _unchanged(office)


@pytest.mark.parametrize("content", [b"", b"PK", b"name,door\n", b"%PDF-1.7 " + bytes(5000)])
async def test_what_is_no_workbook(office: Office, content: bytes) -> None:
    answer = await office.send(content)

    assert await _refusal(answer) == (422, "IMPORT_FILE_NOT_WORKBOOK")
    await _unchanged(office)


async def test_101_mb_announced(office: Office) -> None:
    answer = await _answer_to(
        office, headers=f"Content-Length: {LARGEST_FILE_BYTES + 1_000_000}", body=b"PK\x03\x04"
    )

    assert answer.startswith(b"HTTP/1.1 413")
    assert b"IMPORT_FILE_TOO_LARGE" in answer
    await _unchanged(office)


async def test_101_mb_not_announced(office: Office) -> None:
    async def long() -> AsyncIterator[bytes]:
        yield b"PK\x03\x04"
        for _ in range(101):
            yield bytes(1_000_000)

    try:
        answer = await office.send(long())
    except httpx.WriteError:  # the service reads no further and hangs up
        pass
    else:
        assert await _refusal(answer) == (413, "IMPORT_FILE_TOO_LARGE")

    await until(lambda: _is_empty(office), within_seconds=30)
    await _unchanged(office)


async def test_a_file_that_breaks_off(office: Office) -> None:
    body = b"PK\x03\x04" + bytes(2_000_000)
    async with _sent(office, headers=f"Content-Length: {len(body) + 1000}", body=body):
        await until(lambda: _has_a_piece(office), within_seconds=30)

    await until(lambda: _is_empty(office), within_seconds=30)
    await _unchanged(office)


async def test_the_same_key_with_another_file(office: Office, ledger: bytes) -> None:
    key = uuid.uuid4().hex
    first = await office.sent(ledger, idempotency_key=key)
    assert await office.sent(ledger, idempotency_key=key) == first

    answer = await office.send(bad_files.other_columns(), idempotency_key=key)

    assert await _refusal(answer) == (409, "REQUEST_ID_REUSED")
    assert await office.stored("import_batches") == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bad_files.other_columns(), "IMPORT_NOTHING_FOUND"),
        (bad_files.bomb(), "LEDGER_UNPACKS_TOO_LARGE"),
        (bad_files.truncated(bad_files.other_columns()), "LEDGER_DAMAGED"),
        (b"PK\x03\x04" + bytes(10_000), "LEDGER_DAMAGED"),
        (bad_files.in_old_format(), "LEDGER_IN_OLD_FORMAT"),
    ],
    ids=["other columns", "a bomb", "half a file", "no zip", "an old workbook"],
)
async def test_a_file_that_cannot_be_read_is_refused_by_its_check(
    office: Office, content: bytes, code: str
) -> None:
    batch = await office.checked(content)

    assert (batch["state"], batch["refusal"]["code"]) == ("REFUSED", code)
    assert batch["refusal"]["reason"].endswith("。")
    assert await office.stored(*ARCHIVE) == 0
    await until(lambda: _no_file(office), within_seconds=30)


async def test_another_communitys_import_is_unknown(
    office: Office, elsewhere: Office, resident: Office, ledger: bytes
) -> None:
    batch = await office.checked(ledger)

    assert await elsewhere.graph.ask(IMPORT, id=batch["id"]) is None
    for decide in (elsewhere.accept, elsewhere.discard):
        assert (await decide(batch["id"]))["code"] == "IMPORT_NOT_FOUND"
    assert await resident.graph.refusal(IMPORT, id=batch["id"]) == "FORBIDDEN"
    assert await office.look(batch["id"]) == batch


async def _is_empty(office: Office) -> bool:
    return await office.stored(*IMPORT_COLLECTIONS) == 0


async def _no_file(office: Office) -> bool:
    return await office.stored("import_files", "import_pieces") == 0


async def _has_a_piece(office: Office) -> bool:
    return await office.stored("import_pieces") > 0


async def _answer_to(office: Office, *, headers: str, body: bytes) -> bytes:
    async with _sent(office, headers=headers, body=body) as reader:
        return await asyncio.wait_for(reader.read(), 30)  # the service hangs up


@asynccontextmanager
async def _sent(
    office: Office, *, headers: str, body: bytes
) -> AsyncIterator[asyncio.StreamReader]:
    """Speak HTTP by hand: announce one thing and send another; hang up at the end."""
    url = httpx.URL(office.address)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    head = (
        f"POST {LEDGER_EDGE} HTTP/1.1\r\nHost: {url.host}\r\nContent-Type: {XLSX}\r\n"
        f"Idempotency-Key: {uuid.uuid4().hex}\r\nAuthorization: Bearer {office.token}\r\n"
    )
    writer.write(f"{head}{headers}\r\n\r\n".encode() + body)
    await writer.drain()
    try:
        yield reader
    finally:
        writer.close()

"""A workbook is sent as the service wants it, and a refusal stops the story."""

import httpx
import pytest
from story.stopped import StoryStopped
from story.uploads import Uploads

SENT_TO = "http://residents.test/imports/resident-ledger"


async def _send(answer: httpx.Response, seen: list[httpx.Request]) -> str:
    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer

    async with httpx.AsyncClient(transport=httpx.MockTransport(handle)) as client:
        uploads = Uploads(client, "http://residents.test")
        return await uploads.send("resident-ledger", b"PK", token="token", key="once")


async def test_the_body_goes_with_token_and_key_and_an_import_comes_back() -> None:
    seen: list[httpx.Request] = []
    answer = httpx.Response(202, json={"importId": "import_1"})
    assert await _send(answer, seen) == "import_1"
    (request,) = seen
    assert str(request.url) == SENT_TO
    assert request.content == b"PK"
    assert request.headers["authorization"] == "Bearer token"
    assert request.headers["idempotency-key"] == "once"
    assert "spreadsheetml" in request.headers["content-type"]


async def test_a_refused_file_stops_the_story_with_what_was_answered() -> None:
    refusal = {"code": "FILE_NOT_WORKBOOK", "message": "不是工作簿。"}
    with pytest.raises(StoryStopped, match="FILE_NOT_WORKBOOK"):
        await _send(httpx.Response(415, json=refusal), [])


async def test_a_service_that_is_away_stops_the_story() -> None:
    async with httpx.AsyncClient() as client:
        uploads = Uploads(client, "http://127.0.0.1:9")
        with pytest.raises(StoryStopped, match="POST /imports/resident-ledger answers"):
            await uploads.send("resident-ledger", b"PK", token="token", key="once")

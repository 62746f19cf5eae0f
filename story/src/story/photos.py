"""Photos go to where the graph says, and are looked at where it says."""

import httpx

from story.stopped import StoryStopped, check


class Photos:
    """A telephone's camera roll and browser."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def send(self, upload_url: str, photo: bytes) -> None:
        """Send a JPEG to the address of its ticket. Raises: StoryStopped."""
        headers = {"Content-Type": "image/jpeg"}
        answer = await self._ask("PUT", upload_url, content=photo, headers=headers)
        check(answer.is_success, "the photo is taken", answer.text)

    async def look_at(self, url: str) -> bytes:
        """Return the picture at a signed address. Raises: StoryStopped."""
        answer = await self._ask("GET", url)
        check(answer.status_code == 200, "the photo is shown", answer.text)
        return answer.content

    async def _ask(self, method: str, url: str, **given: object) -> httpx.Response:
        try:
            return await self._client.request(method, url, **given)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            raise StoryStopped(f"{method} the photo answers", repr(error)) from error

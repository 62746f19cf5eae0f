"""Workbooks are sent beside the graph, to the service that reads them."""

import httpx

from story.stopped import StoryStopped, check

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Uploads:
    """Sends files to `POST /imports/...`, each with the token of whoever sends it."""

    def __init__(self, client: httpx.AsyncClient, residents: str) -> None:
        self._client = client
        self._url = f"{residents}/imports"

    async def send(self, kind: str, body: bytes, *, token: str, key: str) -> str:
        """Send a workbook; return the id of its import.

        Args:
            kind: resident-ledger or owners-register.
            key: the same key and file again are the same import.

        Raises: StoryStopped with what was answered instead.
        """
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": _WORKBOOK,
            "Idempotency-Key": key,
        }
        try:
            answer = await self._client.post(f"{self._url}/{kind}", content=body, headers=headers)
        except httpx.HTTPError as error:
            raise StoryStopped(f"POST /imports/{kind} answers", repr(error)) from error
        check(answer.status_code == 202, f"POST /imports/{kind} takes the workbook", answer.text)
        return str(answer.json()["importId"])

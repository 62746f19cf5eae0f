"""The shop's till: it logs in by itself, and speaks to /till/v1 beside the graph."""

from typing import Any

import httpx

from story.demo_file import Till
from story.stopped import StoryStopped, check


class Shop:
    """What the till at the counter does."""

    def __init__(self, client: httpx.AsyncClient, residents: str, vouchers: str) -> None:
        self._client = client
        self._tokens_url = f"{residents}/oauth/token"
        self._till_url = f"{vouchers}/till/v1"

    async def token(self, till: Till) -> str:
        """Log the till in by its client credentials. Raises: StoryStopped."""
        answer = await self._send(
            "POST",
            self._tokens_url,
            data={"grant_type": "client_credentials"},
            auth=(till.client_id, till.client_secret),
        )
        check(answer.status_code == 200, "POST /oauth/token gives a token", answer.text)
        return str(answer.json()["access_token"])

    async def redeem(
        self, till: Till, token: str, *, code: str, bill_fen: int, key: str
    ) -> tuple[int, Any]:
        """Take a voucher at the counter; return the status and the body of the answer.

        Args:
            bill_fen: what the goods cost.
            key: the same for every retry.
        """
        answer = await self._send(
            "POST",
            f"{self._till_url}/redemptions",
            json={"code": code, "billFen": bill_fen, "storeId": till.store_id},
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
        )
        return answer.status_code, answer.json()

    async def _send(self, method: str, url: str, **given: Any) -> httpx.Response:
        try:
            return await self._client.request(method, url, **given)
        except httpx.HTTPError as error:
            raise StoryStopped(f"{method} {url} answers", repr(error)) from error

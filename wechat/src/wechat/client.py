"""WeChat's servers over HTTPS."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeVar

import httpx
import msgspec

from wechat.access_tokens import AccessTokens, IssuedToken
from wechat.credentials import AppCredentials
from wechat.failures import WeChatOutcomeUnknown, WeChatRefused, WeChatUnreachable

TOKEN_REFUSED = frozenset({40001, 40014, 42001})
_STABLE_TOKEN = "/cgi-bin/stable_token"  # noqa: S105 (a path)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_TIMEOUT = httpx.Timeout(10.0, connect=3.0)
# Shorter than any server keeps a connection: a call on one just closed looks like a call whose
# outcome is unknown.
_LIMITS = httpx.Limits(max_connections=20, keepalive_expiry=2.0)

T = TypeVar("T")


class WeChatSaid(msgspec.Struct):
    """What every answer of WeChat's may hold; 0 is success, and often left out."""

    errcode: int = 0


class WeChatClient:
    """Calls WeChat and reads what it answers.

    Raises: WeChatRefused; WeChatUnreachable, from every call; WeChatOutcomeUnknown, from `post`.
    """

    def __init__(
        self,
        base_url: str,
        now: Callable[[], datetime],
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url, timeout=_TIMEOUT, limits=_LIMITS, transport=transport
        )
        self._tokens = AccessTokens(self._issue_token, now)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def post(
        self, app: AppCredentials, path: str, body: Mapping[str, object], kind: type[T]
    ) -> T:
        """Ask for something to be done, with the app's access token."""

        async def call(token: str) -> T:
            return await self._post(path, {"access_token": token}, body, kind)

        return await self._with_token(app, call)

    async def get(
        self, app: AppCredentials, path: str, query: Mapping[str, str], kind: type[T]
    ) -> T:
        """Ask to be told something, with the app's access token."""

        async def call(token: str) -> T:
            return await self._get(path, {"access_token": token, **query}, kind)

        return await self._with_token(app, call)

    async def get_without_token(self, path: str, query: Mapping[str, str], kind: type[T]) -> T:
        """Ask to be told something where the query itself says who asks."""
        return await self._get(path, query, kind)

    async def _with_token(self, app: AppCredentials, call: Callable[[str], Awaitable[T]]) -> T:
        """Call with a token; once more with another if WeChat refuses the first."""
        token = await self._tokens.current(app)
        try:
            return await call(token)
        except WeChatRefused as refusal:
            if refusal.wechat_code not in TOKEN_REFUSED:
                raise
        return await call(await self._tokens.instead_of(app, token))

    async def _issue_token(self, app: AppCredentials, force: bool) -> IssuedToken:
        asked = {
            "grant_type": "client_credential",
            "appid": app.app_id,
            "secret": app.app_secret,
            "force_refresh": force,
        }
        try:
            return await self._post(_STABLE_TOKEN, {}, asked, IssuedToken)
        except WeChatOutcomeUnknown as unknown:
            # Without a token nothing was asked for yet.
            raise WeChatUnreachable(str(unknown)) from None

    async def _post(
        self, path: str, query: Mapping[str, str], body: Mapping[str, object], kind: type[T]
    ) -> T:
        # WeChat does not take \uXXXX: msgspec writes the characters themselves.
        content = msgspec.json.encode(body)
        return await self._answered("POST", path, query, content, kind)

    async def _get(self, path: str, query: Mapping[str, str], kind: type[T]) -> T:
        try:
            return await self._answered("GET", path, query, None, kind)
        except WeChatOutcomeUnknown as unknown:
            # A question changes nothing that matters to who asked.
            raise WeChatUnreachable(str(unknown)) from None

    async def _answered(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        content: bytes | None,
        kind: type[T],
    ) -> T:
        try:
            response = await self._client.request(method, path, params=query, content=content)
        except _NEVER_SENT as error:
            raise WeChatUnreachable(type(error).__name__) from None
        except httpx.TransportError as error:
            raise WeChatOutcomeUnknown(type(error).__name__) from None
        if response.status_code != httpx.codes.OK:
            raise WeChatOutcomeUnknown(f"HTTP {response.status_code}")
        return _read(response.content, kind)


def _read(content: bytes, kind: type[T]) -> T:
    try:
        said = msgspec.json.decode(content, type=WeChatSaid, strict=False)
        if said.errcode != 0:
            raise WeChatRefused(said.errcode)
        return msgspec.json.decode(content, type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # Not `from error`: what a decoder says may quote what it read.
        raise WeChatOutcomeUnknown("not an answer of WeChat's form") from None

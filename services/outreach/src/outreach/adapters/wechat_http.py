"""WeChat's servers over HTTPS."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

import httpx
import msgspec

from outreach.adapters.wechat_tokens import AccessTokens, IssuedToken
from outreach.application.ports import (
    ListedComment,
    ListedPage,
    WeChatOutcomeUnknown,
    WeChatRefused,
    WeChatUnreachable,
)
from outreach.domain.channels import OfficialAccount
from outreach.domain.comments import ArticlePlace

TOKEN_REFUSED = frozenset({40001, 40014, 42001})
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_TIMEOUT = httpx.Timeout(10.0, connect=3.0)
# Shorter than any server keeps a connection: a call on one just closed looks like a call whose
# outcome is unknown.
_LIMITS = httpx.Limits(max_connections=20, keepalive_expiry=2.0)

T = TypeVar("T")


class _Answer(msgspec.Struct):
    errcode: int = 0


class _Reply(msgspec.Struct):
    content: str = ""


class _Comment(msgspec.Struct):
    user_comment_id: int
    create_time: int
    content: str
    openid: str | None = None
    reply: _Reply | None = None


class _Comments(msgspec.Struct):
    total: int
    comment: list[_Comment] = msgspec.field(default_factory=list)


class HttpWeChat:
    """The few calls that outreach makes."""

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

    async def list_comments(
        self, account: OfficialAccount, *, message_data_id: int, index: int, begin: int, count: int
    ) -> ListedPage:
        """Some comments of an article, featured or not."""
        asked = {
            "msg_data_id": message_data_id,
            "index": index,
            "begin": begin,
            "count": count,
            "type": 0,
        }
        answer = await self._call(account, "/cgi-bin/comment/list", asked, _Comments)
        return ListedPage([_listed(comment) for comment in answer.comment], answer.total)

    async def reply_to_comment(
        self, account: OfficialAccount, place: ArticlePlace, text: str
    ) -> None:
        """Answer under an article, for everybody to see."""
        said = {
            "msg_data_id": place.message_data_id,
            "index": place.index,
            "user_comment_id": place.user_comment_id,
            "content": text,
        }
        await self._call(account, "/cgi-bin/comment/reply/add", said, _Answer)

    async def send_message(self, account: OfficialAccount, openid: str, text: str) -> None:
        """Answer a message, for the one who wrote it."""
        said = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        await self._call(account, "/cgi-bin/message/custom/send", said, _Answer)

    async def _call(
        self, account: OfficialAccount, path: str, body: Mapping[str, object], kind: type[T]
    ) -> T:
        """Call with a token; once more with another if WeChat refuses the first."""
        token = await self._tokens.current(account)
        try:
            return await self._post(f"{path}?access_token={token}", body, kind)
        except WeChatRefused as refusal:
            if refusal.wechat_code not in TOKEN_REFUSED:
                raise
        token = await self._tokens.instead_of(account, token)
        return await self._post(f"{path}?access_token={token}", body, kind)

    async def _issue_token(self, account: OfficialAccount, force: bool) -> IssuedToken:
        asked = {
            "grant_type": "client_credential",
            "appid": account.app_id,
            "secret": account.app_secret,
            "force_refresh": force,
        }
        try:
            return await self._post("/cgi-bin/stable_token", asked, IssuedToken)
        except WeChatOutcomeUnknown as unknown:
            # Without a token nothing was asked for yet.
            raise WeChatUnreachable from unknown

    async def _post(self, path: str, body: Mapping[str, object], kind: type[T]) -> T:
        try:
            # WeChat does not take \uXXXX: msgspec writes the characters themselves.
            response = await self._client.post(path, content=msgspec.json.encode(body))
        except _NEVER_SENT as error:
            raise WeChatUnreachable(type(error).__name__) from None
        except httpx.TransportError as error:
            raise WeChatOutcomeUnknown(type(error).__name__) from None
        if response.status_code != httpx.codes.OK:
            raise WeChatOutcomeUnknown(f"HTTP {response.status_code}")
        return _read(response.content, kind)


def _read(content: bytes, kind: type[T]) -> T:
    try:
        answer = msgspec.json.decode(content, type=_Answer, strict=False)
        if answer.errcode != 0:
            raise WeChatRefused(answer.errcode)
        return msgspec.json.decode(content, type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WeChatOutcomeUnknown("not an answer of WeChat's form") from error


def _listed(comment: _Comment) -> ListedComment:
    return ListedComment(
        user_comment_id=comment.user_comment_id,
        created_at=_time(comment.create_time),
        content=comment.content,
        openid=comment.openid or None,
        reply=(comment.reply.content or None) if comment.reply else None,
    )


def _time(seconds: int) -> datetime | None:
    """None for a time that no clock shows: the words beside it are none the worse."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None

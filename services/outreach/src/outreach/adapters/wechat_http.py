"""The few calls to WeChat that outreach makes."""

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import msgspec
from wechat.client import WeChatClient, WeChatSaid
from wechat.credentials import AppCredentials

from outreach.application.ports import ListedComment, ListedPage
from outreach.domain.channels import OfficialAccount
from outreach.domain.comments import ArticlePlace


class _Reply(msgspec.Struct):
    content: str = ""


class _Comment(msgspec.Struct):
    user_comment_id: int
    create_time: int
    content: str
    openid: str | None = None
    reply: _Reply | None = None


class _Person(msgspec.Struct):
    unionid: str | None = None


class _Comments(msgspec.Struct):
    total: int
    comment: list[_Comment] = msgspec.field(default_factory=list)


class HttpWeChat:
    """WeChat's servers, called as a community's official account."""

    def __init__(
        self,
        base_url: str,
        now: Callable[[], datetime],
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._client = WeChatClient(base_url, now, transport=transport)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()

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
        answer = await self._client.post(_app(account), "/cgi-bin/comment/list", asked, _Comments)
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
        await self._client.post(_app(account), "/cgi-bin/comment/reply/add", said, WeChatSaid)

    async def send_message(self, account: OfficialAccount, openid: str, text: str) -> None:
        """Answer a message, for the one who wrote it."""
        said = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        await self._client.post(_app(account), "/cgi-bin/message/custom/send", said, WeChatSaid)

    async def unionid_of(self, account: OfficialAccount, openid: str) -> str | None:
        """Who somebody is beyond this account; None for who does not follow it."""
        asked = {"openid": openid, "lang": "zh_CN"}
        person = await self._client.get(_app(account), "/cgi-bin/user/info", asked, _Person)
        return person.unionid or None


def _app(account: OfficialAccount) -> AppCredentials:
    return AppCredentials(account.app_id, account.app_secret)


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

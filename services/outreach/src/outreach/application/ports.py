"""What the use cases need of the world outside."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec
from chassis.requests import Request

from outreach.application.period import Period
from outreach.domain.articles import Article
from outreach.domain.channels import Channel, OfficialAccount
from outreach.domain.comments import ArticlePlace, Changed, Comment, CommentState
from outreach.domain.events import Event

Now = Callable[[], datetime]
"""The time, aware UTC, cut to milliseconds."""

Cursor = tuple[object, ...]
T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """Some of a list, each item with the cursor that leads on from it."""

    @property
    def items(self) -> Sequence[T_co]:
        """The items, in order."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Each item's keyset cursor."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class Channels(Protocol):
    """The channels of all communities."""

    async def add(
        self, aggregate: Channel, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> Channel:
        """Store once. Raises: ChannelAlreadyRegistered; RequestIdReused."""

    async def get(self, community_id: str, aggregate_id: str) -> Channel:
        """Raises: ChannelNotFound."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[Channel | None]:
        """In the order of the ids."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[Channel], tuple[Channel, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> Channel:
        """Apply a transition. Raises: ChannelNotFound; what the transition raises."""

    async def listed(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Channel]:
        """Newest first."""

    async def of_callback(self, channel_id: str) -> Channel:
        """The channel whose callback this is: WeChat names no community.

        Raises: ChannelNotFound.
        """

    async def active_of_account(self, community_id: str, app_id: str) -> Channel | None:
        """The one channel by which the community uses an official account now."""


class Articles(Protocol):
    """The articles of all communities."""

    async def add(
        self, aggregate: Article, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> Article:
        """Store once. Raises: ArticleAlreadyRegistered; RequestIdReused."""

    async def get(self, community_id: str, aggregate_id: str) -> Article:
        """Raises: ArticleNotFound."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[Article | None]:
        """In the order of the ids."""

    async def listed(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Article]:
        """Latest published first."""

    async def published_in(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Article]:
        """Those published in the period, latest first."""

    async def count(self, community_id: str, period: Period) -> int:
        """How many were published in the period."""

    async def published_since(self, since: datetime) -> list[Article]:
        """Of every community, latest first: what the worker polls."""


class KnownComment(msgspec.Struct, frozen=True):
    """What polling must know of a comment that it has seen before.

    Attributes:
        reply_unknown: whether WeChat may tell what became of our reply.
    """

    id: str
    text_mark: str
    deleted: bool
    reply_unknown: bool


class PersonsComment(msgspec.Struct, frozen=True):
    """One comment of a person, and to whose account it is joined."""

    id: str
    account_id: str | None


class WorkItem(msgspec.Struct, frozen=True):
    """A comment that the worker has something to do about."""

    community_id: str
    comment_id: str


class Comments(Protocol):
    """The comments of all communities."""

    async def add(
        self, aggregate: Comment, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> Comment:
        """Store once; a repeat gets the stored one."""

    async def get(self, community_id: str, aggregate_id: str) -> Comment:
        """Raises: CommentNotFound."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[Comment | None]:
        """In the order of the ids."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[Comment], Changed],
        *,
        request: Request | None = None,
    ) -> Comment:
        """Apply a transition. Raises: CommentNotFound; what the transition raises."""

    async def listed(
        self, community_id: str, *, state: CommentState | None, first: int, after: Cursor | None
    ) -> Page[Comment]:
        """Latest received first."""

    async def count(self, community_id: str, period: Period) -> int:
        """How many were received in the period."""

    async def count_unanswered(self, community_id: str, *, limit: int) -> int:
        """How many are open and without a delivered reply, as far as the limit."""

    async def last_message_at(self, community_id: str, person_key: str) -> datetime | None:
        """When somebody last sent a message, by WeChat's clock."""

    async def known_of_article(self, community_id: str, article_id: str) -> list[KnownComment]:
        """Every comment of an article, without decrypting any."""

    async def articles_with_unknown_replies(self, *, limit: int) -> dict[str, list[str]]:
        """Of every community: its articles, by the replies last sent, so many of them at most."""

    async def due_replies(self, at: datetime, *, limit: int) -> list[WorkItem]:
        """Of every community: replies to be sent by now, longest due first."""

    async def sending_since_before(self, before: datetime, *, limit: int) -> list[WorkItem]:
        """Of every community: replies whose sending began before this and has no outcome."""

    async def of_person(self, community_id: str, person_key: str) -> list[PersonsComment]:
        """All that one commenter wrote, without decrypting any."""

    async def openid_of_person(self, community_id: str, person_key: str) -> str | None:
        """By what name WeChat knows a commenter; None once they were erased."""

    async def of_join_mark(self, community_id: str, mark: str) -> Comment | None:
        """The comment whose link has this code."""

    async def joined_to(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Comment]:
        """What an account's person wrote, latest received first."""

    async def joined_but_not_under(
        self, community_id: str, account_id: str, person_key: str | None
    ) -> list[str]:
        """The ids of what is joined to an account under another pseudonym, or under none."""


class Identities(Protocol):
    """Ids and pseudonyms, each derived from what WeChat says, so that a repeat finds its like.

    An account keeps its comments when it is archived and registered anew: what WeChat numbers is
    named by community and account, never by channel.
    """

    def article_comment(self, community_id: str, app_id: str, place: ArticlePlace) -> str:
        """The id of an article comment."""

    def message(self, community_id: str, app_id: str, message_id: str) -> str:
        """The id of a message."""

    def person(self, app_id: str, openid: str | None, comment_id: str) -> str:
        """The pseudonym of who wrote; of the comment alone where WeChat does not say who."""

    def commenter(self, community_id: str, person_key: str) -> str:
        """The id of a commenter."""

    def text_mark(self, text: str) -> str:
        """A keyed hash of a text."""


class ListedComment(msgspec.Struct, frozen=True, kw_only=True):
    """An article comment as WeChat lists it; `created_at` is None for a time that cannot be."""

    user_comment_id: int
    created_at: datetime | None
    content: str
    openid: str | None
    reply: str | None


class ListedPage(msgspec.Struct, frozen=True):
    """Some of the comments that WeChat lists, and how many there are in all."""

    comments: list[ListedComment]
    total: int


class WeChat(Protocol):
    """WeChat's servers.

    Raises: WeChatRefused; WeChatUnreachable, from every call; WeChatOutcomeUnknown, from what
        asks for something to be done. All of `wechat.failures`.
    """

    async def list_comments(
        self, account: OfficialAccount, *, message_data_id: int, index: int, begin: int, count: int
    ) -> ListedPage:
        """Some comments of an article, featured or not."""

    async def reply_to_comment(
        self, account: OfficialAccount, place: ArticlePlace, text: str
    ) -> None:
        """Answer under an article, for everybody to see."""

    async def send_message(self, account: OfficialAccount, openid: str, text: str) -> None:
        """Answer a message, for the one who wrote it."""

    async def unionid_of(self, account: OfficialAccount, openid: str) -> str | None:
        """Who somebody is beyond this account; None for who does not follow it."""


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """A callback as it came over HTTP."""

    timestamp: str
    nonce: str
    signature: str
    encrypted: bool
    body: bytes


class InboundMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message that somebody sent to the account; what is no text is a placeholder."""

    message_id: str
    openid: str
    created_at: datetime
    text: str


class Callbacks(Protocol):
    """What WeChat signs and encrypts."""

    def check_address(self, account: OfficialAccount, envelope: Envelope) -> None:
        """Check the signature with which WeChat asks whether this address is ours.

        Raises: CallbackUnsigned; CallbackSignatureInvalid.
        """

    def open(self, account: OfficialAccount, envelope: Envelope) -> InboundMessage | None:
        """Check, decrypt and read; None for an event, which outreach does not follow.

        Raises: CallbackUnsigned; CallbackSignatureInvalid; CallbackUnreadable.
        """


class Tally(Protocol):
    """Counts what happens, for whoever operates this."""

    def polled(self, outcome: str) -> None:
        """An article was polled: `ok`, or why not."""

    def reply_attempted(self, outcome: str) -> None:
        """A reply was tried: its delivery after it."""

    def looked_up(self, outcome: str) -> None:
        """WeChat was asked who a commenter is: `known`, `unknown`, or why not."""

    def callback(self, outcome: str) -> None:
        """WeChat called: `stored`, `ignored`, or the code of the refusal."""

    def failed(self, work: str, about: str, error: Exception) -> None:
        """Something failed that nobody foresaw, and the rest of the work goes on.

        Args:
            work: what was being done: `poll_channel`, `poll_article`, `read_comment`,
                `send_reply`, `settle_reply`, `look_up_commenter`.
            about: the id of what it was done to.
        """

"""What the simulator remembers: accounts, articles, comments, phones and what was sent to them.

Times are seconds since 1970, as on WeChat's wire.
"""

from typing import Literal

from msgspec import Struct

TokenKind = Literal["plain", "stable"]
FaultKind = Literal["rate_limit", "busy", "server_error", "slow", "drop_answer", "hide_openid"]
DeliveryState = Literal["pending", "accepted", "failed"]
PhoneItemKind = Literal[
    "comment",
    "comment_reply",
    "message",
    "account_message",
    "subscribe_message",
    "followed",
    "unfollowed",
    "fault_notice",
]
CodeKind = Literal["login", "phone_number"]


class OfficialAccount(Struct, frozen=True):
    """An official account as its owner sees it in WeChat's console.

    Attributes:
        open_platform: the open-platform account that it is bound to, by which WeChat gives
            unionids.
    """

    app_id: str
    secret: str
    original_id: str
    name: str
    token: str
    encoding_aes_key: str
    comment_privilege: bool = True
    callback_url: str | None = None
    open_platform: str | None = None


class MiniProgram(Struct, frozen=True):
    """A mini-program as its owner sees it in WeChat's console.

    Attributes:
        pages: the paths of its published version; None where a test does not say.
    """

    app_id: str
    secret: str
    open_platform: str | None = None
    pages: tuple[str, ...] | None = None


App = OfficialAccount | MiniProgram


class AccessToken(Struct, frozen=True):
    value: str
    app_id: str
    kind: TokenKind
    issued_at: int
    expires_at: int
    current: bool = True


class Article(Struct, frozen=True):
    msg_data_id: int
    index: int
    app_id: str
    title: str
    url: str
    published_at: int
    comments_open: bool = True


class Reply(Struct, frozen=True):
    content: str
    create_time: int


class Comment(Struct, frozen=True):
    """A comment under an article. `with_openid` is false for one left without a WeChat identity."""

    msg_data_id: int
    index: int
    user_comment_id: int
    app_id: str
    phone: str
    content: str
    create_time: int
    with_openid: bool = True
    elected: bool = False
    deleted: bool = False
    reply: Reply | None = None


class Phone(Struct, frozen=True):
    """A resident's phone: whom it follows, and when it last wrote to whom (the 48 h window).

    Attributes:
        phone_number: the mainland number that its WeChat is bound to.
        high_risk: whether WeChat keeps the person out of mini-programs.
    """

    name: str
    follows: tuple[str, ...] = ()
    followed_at: dict[str, int] = {}
    phone_number: str | None = None
    high_risk: bool = False
    last_wrote_at: dict[str, int] = {}
    answers_since: dict[str, int] = {}


class Code(Struct, frozen=True):
    """What a mini-program gets on a phone and its server exchanges, once, within five minutes."""

    value: str
    kind: CodeKind
    app_id: str
    phone: str
    issued_at: int
    used: bool = False


class Template(Struct, frozen=True):
    """A template for one-time subscriptions: its fields' names, such as thing1, and labels."""

    template_id: str
    app_id: str
    title: str
    fields: dict[str, str]


class Subscription(Struct, frozen=True):
    """How many more messages of a template a person allows."""

    phone: str
    app_id: str
    template_id: str
    left: int = 0


class PhoneItem(Struct, frozen=True):
    """One thing on a phone's screen, in the order in which it came there."""

    number: int
    phone: str
    app_id: str
    kind: PhoneItemKind
    received: bool
    text: str
    at: int
    msg_data_id: int | None = None
    index: int | None = None
    user_comment_id: int | None = None
    template_id: str | None = None
    page: str | None = None
    withdrawn: bool = False


class Attempt(Struct, frozen=True):
    at: int
    elapsed_ms: int
    outcome: str


class Delivery(Struct, frozen=True):
    """One push to a callback address: at most three attempts, all with the same body."""

    delivery_id: str
    app_id: str
    phone: str
    openid: str
    xml: str
    state: DeliveryState = "pending"
    attempts: tuple[Attempt, ...] = ()


class Fault(Struct, frozen=True):
    """A fault that the next calls meet. `path` "*" is every path; `times` none is until cleared."""

    fault_id: str
    kind: FaultKind
    path: str = "*"
    app_id: str = "*"
    times: int | None = None
    seconds: float = 0


class Quota(Struct, frozen=True):
    """How often an account may call one path; none is without a limit."""

    app_id: str
    path: str
    per_day: int | None = None
    per_minute: int | None = None


class Usage(Struct, frozen=True):
    app_id: str
    path: str
    day: int = 0
    used_today: int = 0
    minute: int = 0
    used_this_minute: int = 0


class Counter(Struct, frozen=True):
    name: str
    last: int

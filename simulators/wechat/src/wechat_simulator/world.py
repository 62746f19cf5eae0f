"""The simulator's whole memory, and the few questions that several parts ask of it."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from wechat_simulator.records import (
    AccessToken,
    App,
    Article,
    Code,
    Comment,
    Counter,
    Delivery,
    Fault,
    MiniProgram,
    OfficialAccount,
    Phone,
    PhoneItem,
    Quota,
    Subscription,
    Template,
    Usage,
)
from wechat_simulator.state_file import StateFile, Table


def utc_now() -> datetime:
    """Return the time, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Surroundings:
    """What differs between a test and a run: the clock and the source of randomness."""

    now: Callable[[], datetime] = utc_now
    random_bytes: Callable[[int], bytes] = secrets.token_bytes

    def seconds(self) -> int:
        """Return the time in whole seconds since 1970."""
        return int(self.now().timestamp())


class World:
    """Every record, by kind."""

    def __init__(self, file: StateFile, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.accounts = Table(file, OfficialAccount)
        self.mini_programs = Table(file, MiniProgram)
        self.tokens = Table(file, AccessToken)
        self.articles = Table(file, Article)
        self.comments = Table(file, Comment, group_of=lambda c: article_key(c.msg_data_id, c.index))
        self.phones = Table(file, Phone)
        self.codes = Table(file, Code)
        self.templates = Table(file, Template)
        self.subscriptions = Table(file, Subscription)
        self.items = Table(file, PhoneItem, group_of=lambda item: item.phone)
        self.deliveries = Table(file, Delivery)
        self.faults = Table(file, Fault)
        self.quotas = Table(file, Quota)
        self.usage = Table(file, Usage)
        self._counters = Table(file, Counter)

    def app(self, app_id: str) -> App | None:
        """Return the official account or mini-program."""
        return self.accounts.get(app_id) or self.mini_programs.get(app_id)

    def phone_of(self, app_id: str, openid: str) -> Phone | None:
        """Return the phone that has this openid for the app."""
        for phone in self.phones.all():
            if openid_of(app_id, phone.name) == openid:
                return phone
        return None

    def next_number(self, name: str, *, first: int = 1) -> int:
        """Return the next number of a sequence; none is given twice, restarts included."""
        counter = self._counters.get(name)
        number = first if counter is None else counter.last + 1
        self._counters.put(name, Counter(name, number))
        return number

    def show(self, item: PhoneItem) -> PhoneItem:
        """Put an item on its phone's screen."""
        return self.items.put(f"{item.number:012d}", item)

    def next_item_number(self) -> int:
        """Return the number of the next item on any screen."""
        return self.next_number("item")

    def screen(self, phone: str) -> list[PhoneItem]:
        """Return what is on a phone's screen, oldest first."""
        return [item for item in self.items.group(phone) if not item.withdrawn]


def article_key(msg_data_id: int, index: int) -> str:
    """Return the key of an article."""
    return f"{msg_data_id}:{index}"


def comment_key(msg_data_id: int, index: int, user_comment_id: int) -> str:
    """Return the key of a comment, whose number counts within its article."""
    return f"{msg_data_id}:{index}:{user_comment_id:012d}"


def subscription_key(phone: str, template_id: str) -> str:
    """Return the key of what a person allows of a template."""
    return f"{template_id}:{phone}"


def openid_of(app_id: str, phone: str) -> str:
    """Return the openid of a phone for one app: 28 characters, another for each app."""
    return "o" + _digest_of(app_id, phone)


def unionid_of(open_platform: str, phone: str) -> str:
    """Return the unionid of a phone: the same for every app of an open-platform account."""
    return "oU" + _digest_of(f"open platform {open_platform}", phone)[:26]


def _digest_of(whose: str, phone: str) -> str:
    digest = hashlib.sha256(f"{whose}\n{phone}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:27]

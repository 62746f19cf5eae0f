"""Everything that the scenes act with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from story.demo_file import Demo, DemoFile
from story.graph import Answer, Graph
from story.narrator import Narrator
from story.phones import Phones
from story.photos import Photos
from story.shop import Shop
from story.stopped import check
from story.uploads import Uploads
from story.workbooks import Workbooks


@dataclass(frozen=True)
class Places:
    """Where the doors are, without a slash at the end."""

    gateway: str
    simulator: str
    residents: str
    vouchers: str


@dataclass(frozen=True)
class MiniProgram:
    """The community's mini-program, as WeChat's console shows its owner."""

    app_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Founding:
    """What the operator's command is told, and its password by standard input."""

    name: str
    secretary_username: str
    secretary_name: str
    secretary_password: str
    request_id: str


@dataclass(frozen=True)
class Founded:
    """What the operator's command says."""

    community_id: str
    totp_secret: str


@dataclass(frozen=True)
class VerifiedTrail:
    """What the operator's command found of a community's audit trail."""

    entries: int
    is_whole: bool


@dataclass(frozen=True)
class VerifiedLedger:
    """What the operator's command found of a community's ledger of money.

    Attributes:
        waiting: entries that are not posted or not sealed yet.
        is_whole: whether the chain holds, each entry balances, and all equals the vouchers.
    """

    entries: int
    waiting: int
    is_whole: bool
    budget_fen: int
    claimed_fen: int
    used_fen: int
    booked_used_fen: int


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in.

    Attributes:
        refresh_token: good once, for the next pair of tokens.
    """

    who: str
    account_id: str
    token: str = field(repr=False)
    refresh_token: str = field(repr=False)

    def with_tokens(self, token: str, refresh_token: str) -> "Person":
        """Return the same person with the next pair of tokens."""
        return replace(self, token=token, refresh_token=refresh_token)


@dataclass(frozen=True)
class Office:
    """Who works in the office today."""

    secretary: Person
    clerk: Person


@dataclass
class Stage:
    """The graph, the phones, what is remembered, and the narrator."""

    places: Places
    graph: Graph
    phones: Phones
    uploads: Uploads
    photos: Photos
    shop: Shop
    mini_program: MiniProgram
    workbooks: Workbooks
    file: DemoFile
    demo: Demo
    narrator: Narrator
    create_community: Callable[[Founding], Awaitable[Founded]]
    verify_audit: Callable[[str], Awaitable[VerifiedTrail]]
    verify_ledger: Callable[[str], Awaitable[VerifiedLedger]]
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    _requests: int = 0

    @property
    def day(self) -> int:
        """Which day of the demo this is, from 1."""
        return self.demo.days_played + 1

    @property
    def community_id(self) -> str:
        """The demo community. Raises: StoryStopped before it was founded."""
        check(self.demo.community_id is not None, "a founded community", "none")
        return str(self.demo.community_id)

    def remember(self) -> None:
        """Write down what is known now."""
        self.file.write(self.demo)

    def request_id(self, name: str) -> str:
        """Return a request id of this play."""
        self._requests += 1
        return f"story-{self.started_at:%Y%m%dT%H%M%S.%f}-{self._requests}-{name}"

    async def ask(self, person: Person | None, name: str, /, **variables: object) -> Answer:
        """Send an operation as this person, or as nobody."""
        token = None if person is None else person.token
        return await self.graph.ask(name, variables, token=token)

    def once(self, name: str) -> str:
        """Return the request id of what is done once for this community, in whichever play."""
        return f"{self.demo.request_id}-{name}"

    async def do(self, person: Person, name: str, field: str, /, **given: object) -> Any:
        """Send a mutation with a request id of its own; return its outcome."""
        asked = {"requestId": self.request_id(name), **given}
        return (await self.ask(person, name, input=asked)).field(field)

    async def do_once(
        self, person: Person, name: str, field: str, once: str, /, **given: object
    ) -> Any:
        """Send a mutation that a later play repeats without effect; return its outcome."""
        asked = {"requestId": self.once(once), **given}
        return (await self.ask(person, name, input=asked)).field(field)

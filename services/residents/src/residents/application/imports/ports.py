"""What the use cases of imports need from outside."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import date, datetime
from enum import Enum, auto
from typing import Generic, Protocol, TypeVar

import msgspec

from residents.application.ports import Cursor, Kept
from residents.domain.imports.batch import ImportBatch, ImportFile, Kind, Phase
from residents.domain.imports.rows import (
    ApplyOutcome,
    CheckOutcome,
    Difference,
    DifferingRow,
    RefusedRow,
)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
DerivedId = Callable[..., str]
"""The one id that belongs to these parts: (prefix, *parts)."""
NewId = Callable[[str], str]
"""An id that nobody can derive again: (prefix)."""


class PageOf(Protocol[T_co]):
    """Some of a list."""

    @property
    def items(self) -> Sequence[T_co]:
        """The items."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each is in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class RowPage(msgspec.Struct, Generic[T], frozen=True):
    """One page of rows."""

    items: list[T]
    cursors: list[Cursor]
    has_next_page: bool


class ImportBatches(Kept[ImportBatch], Protocol):
    """get and change raise ImportNotFound.

    add raises RequestIdReused for a request mark that made another batch.
    """

    async def of_request(self, community_id: str, request_mark: str) -> ImportBatch | None:
        """The batch that this request made."""

    async def latest_of_file(
        self, community_id: str, kind: Kind, file_mark: str
    ) -> ImportBatch | None:
        """The last attempt with this file."""

    async def of_file(self, community_id: str, file_id: str) -> ImportBatch | None:
        """The batch that names these bytes."""

    async def latest_applied(self, community_id: str, kind: Kind) -> ImportBatch | None:
        """The one applied last."""

    async def in_progress(self, community_id: str) -> Sequence[ImportBatch]:
        """Those accepted or applying."""

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[ImportBatch]:
        """A community's imports."""

    async def received_since(self, community_id: str, at: datetime) -> int:
        """How many came at or after that."""

    async def with_work(self, *, limit: int) -> Sequence[ImportBatch]:
        """Those of all communities that wait for work or are at it, the oldest first."""

    async def with_leftovers(self, *, limit: int) -> Sequence[ImportBatch]:
        """Those of all communities that ended, and whose file is not known to be gone."""

    async def lapsed(self, received_before: datetime, *, limit: int) -> Sequence[ImportBatch]:
        """Those of all communities that came before that and were not accepted."""


class UnnamedFile(msgspec.Struct, frozen=True):
    """Bytes that perhaps no batch names, because what took them in was stopped."""

    community_id: str
    file_id: str


class ImportFiles(Protocol):
    """The bytes of files, sealed piece by piece; never in clear in the store."""

    async def keep(
        self, community_id: str, file_id: str, pieces: AsyncIterator[bytes]
    ) -> ImportFile:
        """Take a file in as it comes, never whole in memory.

        Raises: what the pieces raise; nothing of the file is kept then.
        """

    async def read(self, community_id: str, file_id: str) -> bytes:
        """The whole file again. Raises: ImportFileGone."""

    async def drop(self, community_id: str, file_id: str) -> None:
        """Forget it, once or five times."""

    async def unnamed(self, since_before: datetime, *, limit: int) -> Sequence[UnnamedFile]:
        """Those of all communities of which nobody said yet that a batch names them.

        They came whole before that, or began to come before that and never did.
        """

    async def named(self, community_id: str, file_id: str) -> None:
        """Say that a batch names it, which forgets it in its time."""


class ImportFileGone(Exception):
    """The bytes are not there any more. It never leaves the application."""


class ImportRows(Protocol):
    """What a run of a check found, as documents of their own."""

    async def add_refused(
        self, batch: ImportBatch, rows: Sequence[RefusedRow], *, first_number: int
    ) -> None:
        """Keep them for the batch's run, numbered in their order; twice is once."""

    async def add_differing(
        self, batch: ImportBatch, rows: Sequence[DifferingRow], *, first_number: int
    ) -> None:
        """Keep them for the batch's run, numbered in their order; twice is once."""

    async def refused(
        self, batch: ImportBatch, *, first: int, after: Cursor | None
    ) -> PageOf[RefusedRow]:
        """In the order of the file."""

    async def differing(
        self, batch: ImportBatch, difference: Difference, *, first: int, after: Cursor | None
    ) -> PageOf[DifferingRow]:
        """In the order in which they were found."""

    async def drop(self, batch: ImportBatch, *, keep_run: int | None = None) -> None:
        """Forget what the runs of a batch found, but for this one."""


class ImportJournal(Protocol):
    """Where the work on a file writes what it finds and how far it is."""

    async def refused(self, rows: Sequence[RefusedRow]) -> None:
        """Keep refused rows."""

    async def differs(self, rows: Sequence[DifferingRow]) -> None:
        """Keep differences."""

    async def progress(self, phase: Phase, done: int, total: int | None = None) -> None:
        """Say how far it is, as often as one likes: at most one write a second comes of it.

        Raises: WorkSuperseded when another process works on the batch; it is to be passed on.
        """


class ImportKind(Protocol):
    """What is done with files of one kind.

    A named error (`ResidentsError`) that `check` or `apply` raises refuses the file.
    """

    async def check(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> CheckOutcome:
        """Read it and compare it with what is there; nothing but the journal is written."""

    async def apply(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> ApplyOutcome:
        """Do what it says, in steps under ids derived from the batch, shown by one write.

        It is killed at any moment and called again until it returns.
        """

    async def abandon(self, batch: ImportBatch) -> bool:
        """Take back what was begun and not shown yet.

        Returns: False when it is shown already and can only be brought to its end.
        """


class WorkEnd(Enum):
    """How a process ended that worked on a batch."""

    DONE = auto()
    STOPPED = auto()
    """The store was away, or another process took over: it may go on later."""
    CRASHED = auto()
    """Anything else: memory, time, a fault."""


class ImportProcesses(Protocol):
    """Processes that work on one batch each and give their memory back."""

    async def work(self, batch: ImportBatch) -> WorkEnd:
        """Work on this run of a batch in a process of its own, and wait for its end."""


class Claims(Protocol):
    """Who works on a batch: one process at a time, and nobody for long who is gone."""

    async def while_claimed(self, batch_id: str, work: Callable[[], Awaitable[None]]) -> bool:
        """Do the work unless another has the batch; it is cancelled when the claim is lost.

        Returns: whether the work came to its end. Raises: what the work raises.
        """


class ReceivedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that somebody sends.

    Attributes:
        request_id: the same in every repeat.
        as_of: the day that it speaks of, where the sender says so.
        pieces: its bytes as they come.
    """

    kind: Kind
    request_id: str
    as_of: date | None
    pieces: AsyncIterator[bytes]

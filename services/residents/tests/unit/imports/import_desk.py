"""Imports in memory, with a kind of file of the tests' own."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date

from chassis.ids import derived_id
from chassis.testing import FrozenClock
from residents.adapters.imports.memory import (
    MemoryImportBatches,
    MemoryImportFiles,
    MemoryImportRows,
)
from residents.adapters.memory import MemoryHourlyCounts
from residents.adapters.privacy.memory import MemoryAuditTrail
from residents.application.imports.imports import ImportPorts, Imports
from residents.application.imports.ports import ImportJournal, ImportKind, ReceivedFile, WorkEnd
from residents.domain.errors import ResidentsError
from residents.domain.imports.batch import ImportBatch, Kind
from residents.domain.imports.rows import (
    ApplyOutcome,
    CheckOutcome,
    Difference,
    DifferingRow,
    RefusedRow,
)
from residents.domain.roles import Actor, Role, RoleGrant

HERE, THERE = "community_here", "community_there"
CRASH = RuntimeError("the machine was out of memory")


class UnreadableFile(ResidentsError):
    """What a kind says of a file that it cannot read."""

    code = "UNREADABLE"
    message = "读不了。"


class FakeKind:
    """A kind that finds what the file says: "N refused rows".

    Attributes:
        fails: raised by check and apply, the first first.
        meanwhile: done when a check has read the file and not said yet what it found.
    """

    def __init__(self) -> None:
        self.fails: list[Exception] = []
        self.applied: list[str] = []
        self.abandoned: list[str] = []
        self.is_shown = False
        self.meanwhile: Callable[[], Awaitable[object]] | None = None

    async def check(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> CheckOutcome:
        if self.meanwhile is not None:
            await self.meanwhile()
        rows = [RefusedRow("一", number, "BAD", "坏行。") for number in range(int(file))]
        await journal.refused(rows)
        await journal.differs([DifferingRow(Difference.NEW, None, "一", 7)])
        self._fail()
        return CheckOutcome(
            as_of=date(2026, 11, 1),
            rows_read=10,
            rows_refused=len(rows),
            counts={"residents": 9},
            differences={Difference.NEW: 1},
        )

    async def apply(self, batch: ImportBatch, file: bytes, journal: ImportJournal) -> ApplyOutcome:
        del file, journal
        self._fail()
        self.applied.append(batch.id)
        return ApplyOutcome(edition=1)

    async def abandon(self, batch: ImportBatch) -> bool:
        if self.is_shown:
            return False
        self.abandoned.append(batch.id)
        return True

    def _fail(self) -> None:
        if self.fails:
            raise self.fails.pop(0)


class SameProcess:
    """Works here; whatever is not expected is a crash."""

    def __init__(self) -> None:
        self.imports: Imports | None = None

    async def work(self, batch: ImportBatch) -> WorkEnd:
        assert self.imports is not None
        try:
            await self.imports.work_on_batch(batch.community_id, batch.id, batch.run)
        except ResidentsError:
            return WorkEnd.STOPPED
        except RuntimeError:
            return WorkEnd.CRASHED
        return WorkEnd.DONE


class OneAtATime:
    """Claims in memory.

    Attributes:
        taken: batches that somebody else works on.
    """

    def __init__(self) -> None:
        self.taken: set[str] = set()

    async def while_claimed(self, batch_id: str, work: Callable[[], object]) -> bool:
        if batch_id in self.taken:
            return False
        self.taken.add(batch_id)
        try:
            await work()  # type: ignore[misc]
        finally:
            self.taken.discard(batch_id)
        return True


class ImportDesk:
    """The use cases of imports in memory, and what people do with them."""

    def __init__(self, kind: ImportKind | None = None) -> None:
        self.now = FrozenClock()
        self.batches = MemoryImportBatches()
        self.files = MemoryImportFiles(self.now)
        self.rows = MemoryImportRows()
        self.audit = MemoryAuditTrail()
        self.uploads = MemoryHourlyCounts()
        self.kind = FakeKind()
        self.claims = OneAtATime()
        self._numbers = itertools.count(1)
        processes = SameProcess()
        self.imports = Imports(
            ImportPorts(
                batches=self.batches,
                files=self.files,
                rows=self.rows,
                audit=self.audit,
                upload_counts=self.uploads,
                kinds=dict.fromkeys(Kind, kind or self.kind),
                claims=self.claims,
                processes=processes,
                derived_id=derived_id,
                new_id=lambda prefix: f"{prefix}_{next(self._numbers)}",
                now=self.now,
            )
        )
        processes.imports = self.imports

    async def send(
        self, content: bytes, *, by: Actor | None = None, key: str | None = None,
        kind: Kind = Kind.RESIDENT_LEDGER, as_of: date | None = None,
    ) -> ImportBatch:  # fmt: skip
        """Send a file in two pieces."""
        sent = ReceivedFile(
            kind=kind,
            request_id=key or f"key-{next(self._numbers)}",
            as_of=as_of,
            pieces=as_it_comes(content),
        )
        return await self.imports.receive_file(by or clerk(), sent)

    async def checked(self, content: bytes = b"2") -> ImportBatch:
        """A file that was sent and checked."""
        sent = await self.send(content)
        await self.imports.work_through()
        return await self.batches.get(HERE, sent.id)

    async def accept(self, batch: ImportBatch) -> ImportBatch:
        """Accept it as the secretary."""
        return await self.imports.accept_import(secretary(), batch.id)

    async def applied(self, content: bytes = b"2") -> ImportBatch:
        """A file that was sent, checked, accepted and applied."""
        batch = await self.accept(await self.checked(content))
        await self.imports.work_through()
        self.now.advance(seconds=1)
        return await self.batches.get(HERE, batch.id)

    async def now_of(self, batch: ImportBatch) -> ImportBatch:
        """The batch as it is now."""
        return await self.batches.get(batch.community_id, batch.id)


async def as_it_comes(content: bytes) -> AsyncIterator[bytes]:
    """Content in two pieces."""
    yield content[:1]
    yield content[1:]


def secretary(community_id: str = HERE) -> Actor:
    return _actor("account_secretary", community_id, Role.SECRETARY)


def clerk(community_id: str = HERE) -> Actor:
    return _actor("account_clerk", community_id, Role.CLERK)


def resident() -> Actor:
    return _actor("account_resident", HERE, Role.RESIDENT)


def _actor(account_id: str, community_id: str, role: Role) -> Actor:
    return Actor(account_id, community_id, "session_1", (RoleGrant(role),))

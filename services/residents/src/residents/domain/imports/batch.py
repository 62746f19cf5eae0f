"""An import: a file taken in, checked, accepted by a person, and applied as a whole."""

from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from residents.domain.china_days import day_of
from residents.domain.imports.errors import (
    ImportNotChecked,
    ImportUnderway,
    WorkSuperseded,
)
from residents.domain.imports.rows import ApplyOutcome, CheckOutcome

ACCEPTED_WITHIN = timedelta(days=14)
CRASHES_BORNE = 3
"""A process that works on a file may end badly this often; then it is the file's doing."""

Events = tuple[()]
_NOTHING_TO_TELL: Events = ()


class Kind(StrEnum):
    """What kind of file it is."""

    RESIDENT_LEDGER = "resident_ledger"
    OWNERS_REGISTER = "owners_register"


class ImportState(StrEnum):
    """received → checking → checked → accepted → applying → applied.

    Before it is accepted it may be discarded or expire; what cannot be read, or be worked off, is
    refused.
    """

    RECEIVED = "received"
    CHECKING = "checking"
    CHECKED = "checked"
    ACCEPTED = "accepted"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"
    DISCARDED = "discarded"
    EXPIRED = "expired"


WORK_TO_DO = (
    ImportState.RECEIVED,
    ImportState.CHECKING,
    ImportState.ACCEPTED,
    ImportState.APPLYING,
)
IN_PROGRESS = (ImportState.ACCEPTED, ImportState.APPLYING)
NOT_ACCEPTED = (ImportState.RECEIVED, ImportState.CHECKING, ImportState.CHECKED)
ENDED = (
    ImportState.APPLIED,
    ImportState.REFUSED,
    ImportState.DISCARDED,
    ImportState.EXPIRED,
)


class Phase(StrEnum):
    """What the work is at."""

    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"
    SETTLING = "settling"


class Progress(msgspec.Struct, frozen=True):
    """How far the work is.

    Attributes:
        done: rows or documents of this phase.
        total: how many there will be, where that is known.
    """

    phase: Phase
    done: int
    total: int | None
    at: datetime


class ImportFile(msgspec.Struct, frozen=True):
    """What is kept of a file besides its bytes. Its name may name people, and is not.

    Attributes:
        id: where its bytes lie until they are not needed any more.
        mark: a keyed hash of its bytes.
    """

    id: str
    mark: str
    size_bytes: int


class Refusal(msgspec.Struct, frozen=True):
    """Why the whole file was refused, for the program and, in zh-CN, for the person."""

    code: str
    reason: str


_CRASHED = Refusal("IMPORT_CRASHED", "处理该文件时多次异常中断，可能文件过大或已损坏。")


class ImportBatch(msgspec.Struct, frozen=True, kw_only=True):
    """An import of one file.

    Attributes:
        attempt: the same file may come again after it was discarded or another was applied.
        request_mark: of the caller and the key by which a repeated upload is known.
        as_of: the day that the file speaks of, as its sender said.
        run: the number of the process that works on it; what a former one says is refused.
        crashes: how often a process that worked on this state ended badly.
        checked_run: the run whose findings count.
        has_leftovers: whether its file, or what a former run found, may still lie in the store.
    """

    id: str
    community_id: str
    kind: Kind
    file: ImportFile
    attempt: int
    request_mark: str
    as_of: date | None
    state: ImportState
    received_at: datetime
    received_by: str
    run: int = 0
    crashes: int = 0
    checked_run: int | None = None
    has_leftovers: bool = True
    progress: Progress | None = None
    outcome: CheckOutcome | None = None
    refusal: Refusal | None = None
    accepted_at: datetime | None = None
    accepted_by: str | None = None
    edition: int | None = None
    ended_at: datetime | None = None
    version: int = 0

    @classmethod
    def receive(
        cls, batch_id: str, *, community_id: str, kind: Kind, file: ImportFile, attempt: int,
        request_mark: str, as_of: date | None, by: str, at: datetime,
    ) -> "ImportBatch":  # fmt: skip
        """A file that has come, whole."""
        return cls(
            id=batch_id,
            community_id=community_id,
            kind=kind,
            file=file,
            attempt=attempt,
            request_mark=request_mark,
            as_of=as_of,
            state=ImportState.RECEIVED,
            received_at=at,
            received_by=by,
        )

    @property
    def received_on(self) -> date:
        """The day on which it came, in China: the same whenever it is checked and applied."""
        return day_of(self.received_at)

    @property
    def has_ended(self) -> bool:
        """Whether nothing will come of it any more."""
        return self.state in ENDED

    @property
    def expires_at(self) -> datetime | None:
        """When it lapses unless somebody accepts it."""
        return self.received_at + ACCEPTED_WITHIN if self.state in NOT_ACCEPTED else None

    def begin_check(self) -> tuple["ImportBatch", Events]:
        """Let a new process read it; a former one is superseded. Raises: WorkSuperseded."""
        if self.state not in {ImportState.RECEIVED, ImportState.CHECKING}:
            raise WorkSuperseded
        return self._begun(ImportState.CHECKING)

    def begin_apply(self) -> tuple["ImportBatch", Events]:
        """Let a new process apply it; a former one is superseded. Raises: WorkSuperseded."""
        if self.state not in IN_PROGRESS:
            raise WorkSuperseded
        return self._begun(ImportState.APPLYING)

    def progressed(self, run: int, progress: Progress) -> tuple["ImportBatch", Events]:
        """Note how far the work is. Raises: WorkSuperseded."""
        self._check_run(run)
        return msgspec.structs.replace(self, progress=progress), _NOTHING_TO_TELL

    def checked(self, run: int, outcome: CheckOutcome) -> tuple["ImportBatch", Events]:
        """It was read and compared; a person decides now. Raises: WorkSuperseded."""
        self._check_run(run, ImportState.CHECKING)
        checked = msgspec.structs.replace(
            self,
            state=ImportState.CHECKED,
            outcome=outcome,
            checked_run=run,
            progress=None,
            crashes=0,
        )
        return checked, _NOTHING_TO_TELL

    def accept(self, by: str, at: datetime) -> tuple["ImportBatch", Events]:
        """A person wants it; once is enough, and the first stands. Raises: ImportNotChecked."""
        if self.state in IN_PROGRESS or self.state is ImportState.APPLIED:
            return self, _NOTHING_TO_TELL
        if self.state is not ImportState.CHECKED or self._has_lapsed(at):
            raise ImportNotChecked
        accepted = msgspec.structs.replace(
            self, state=ImportState.ACCEPTED, accepted_by=by, accepted_at=at
        )
        return accepted, _NOTHING_TO_TELL

    def withdraw_acceptance(self) -> tuple["ImportBatch", Events]:
        """Another was accepted at the same moment; once it is being applied it goes on."""
        if self.state is not ImportState.ACCEPTED:
            return self, _NOTHING_TO_TELL
        back = msgspec.structs.replace(
            self, state=ImportState.CHECKED, accepted_by=None, accepted_at=None
        )
        return back, _NOTHING_TO_TELL

    def applied(
        self, run: int, outcome: ApplyOutcome, at: datetime
    ) -> tuple["ImportBatch", Events]:
        """Everybody sees it now. Raises: WorkSuperseded."""
        self._check_run(run, ImportState.APPLYING)
        applied = msgspec.structs.replace(
            self,
            state=ImportState.APPLIED,
            edition=outcome.edition,
            progress=None,
            ended_at=at,
        )
        return applied, _NOTHING_TO_TELL

    def refuse(self, run: int, refusal: Refusal, at: datetime) -> tuple["ImportBatch", Events]:
        """The file cannot be worked off. Raises: WorkSuperseded."""
        self._check_run(run)
        return self._ended(ImportState.REFUSED, at, refusal), _NOTHING_TO_TELL

    def crashed(self, run: int, at: datetime) -> tuple["ImportBatch", Events]:
        """The process that worked on it ended badly; the third time the file is refused.

        Raises: WorkSuperseded.
        """
        self._check_run(run)
        counted = msgspec.structs.replace(self, crashes=self.crashes + 1)
        if counted.crashes < CRASHES_BORNE:
            return counted, _NOTHING_TO_TELL
        return counted._ended(ImportState.REFUSED, at, _CRASHED), _NOTHING_TO_TELL

    def discard(self, at: datetime) -> tuple["ImportBatch", Events]:
        """Nobody wants it; once is enough. Raises: ImportUnderway."""
        if self.state in IN_PROGRESS or self.state is ImportState.APPLIED:
            raise ImportUnderway
        if self.has_ended:
            return self, _NOTHING_TO_TELL
        return self._ended(ImportState.DISCARDED, at), _NOTHING_TO_TELL

    def expire(self, at: datetime) -> tuple["ImportBatch", Events]:
        """Nobody accepted it in time."""
        if self.state not in NOT_ACCEPTED or not self._has_lapsed(at):
            return self, _NOTHING_TO_TELL
        return self._ended(ImportState.EXPIRED, at), _NOTHING_TO_TELL

    def cleared(self) -> tuple["ImportBatch", Events]:
        """Nothing of it is left in the store but itself and what its check found."""
        return msgspec.structs.replace(self, has_leftovers=False), _NOTHING_TO_TELL

    def _has_lapsed(self, at: datetime) -> bool:
        return at >= self.received_at + ACCEPTED_WITHIN

    def _begun(self, state: ImportState) -> tuple["ImportBatch", Events]:
        begun = msgspec.structs.replace(self, state=state, run=self.run + 1, progress=None)
        return begun, _NOTHING_TO_TELL

    def _check_run(self, run: int, *states: ImportState) -> None:
        wanted = states or (ImportState.CHECKING, ImportState.APPLYING)
        if self.run != run or self.state not in wanted:
            raise WorkSuperseded

    def _ended(
        self, state: ImportState, at: datetime, refusal: Refusal | None = None
    ) -> "ImportBatch":
        return msgspec.structs.replace(
            self, state=state, refusal=refusal, progress=None, ended_at=at
        )

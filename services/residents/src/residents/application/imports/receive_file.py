"""Take in a file that somebody sends."""

from dataclasses import dataclass
from datetime import date, timedelta

from chassis.errors import BadUserInput, RequestIdReused

from residents.application.authorisation import demand_for_all
from residents.application.hourly_limit import HourlyLimit
from residents.application.imports.ports import (
    DerivedId,
    ImportBatches,
    ImportFiles,
    NewId,
    ReceivedFile,
)
from residents.application.ports import Now
from residents.application.privacy.ports import AuditAct, AuditAction, AuditTrail
from residents.domain.china_days import day_of
from residents.domain.hourly_counts import HourlyLimitReached
from residents.domain.imports.batch import ImportBatch, ImportFile, ImportState, Kind
from residents.domain.imports.errors import TooManyImports
from residents.domain.imports.permissions import UPLOAD_LEDGER, UPLOAD_REGISTER
from residents.domain.roles import Actor

HOURLY_IMPORTS = 20
HOURLY_UPLOADS = 60
"""Of an account, whatever comes of them: a repeated or refused file costs as much as another."""
_HOUR = timedelta(hours=1)
_UPLOAD = {Kind.RESIDENT_LEDGER: UPLOAD_LEDGER, Kind.OWNERS_REGISTER: UPLOAD_REGISTER}


@dataclass(frozen=True)
class ReceiveFile:
    """Two writes after the bytes: the trail, the batch.

    The same file again, of the same day, is the batch that is there, for as long as something may
    still come of it or it is what was applied last; after that it is a new attempt.
    """

    batches: ImportBatches
    files: ImportFiles
    audit: AuditTrail
    uploads: HourlyLimit
    derived_id: DerivedId
    new_id: NewId
    now: Now

    async def admit(self, actor: Actor, kind: Kind) -> None:
        """Say whether this person may send such a file now, before any of it is read; it counts.

        Raises: Forbidden; TooManyImports.
        """
        demand_for_all(actor, _UPLOAD[kind])
        at = self.now()
        if await self.batches.received_since(actor.community_id, at - _HOUR) >= HOURLY_IMPORTS:
            raise TooManyImports
        try:
            await self.uploads.count(actor, self.new_id("upload"), at)
        except HourlyLimitReached:
            raise TooManyImports from None

    async def __call__(self, actor: Actor, sent: ReceivedFile) -> ImportBatch:
        """Keep the file and make its batch. Returns: the batch, or the one that is there.

        Raises: Forbidden; BadUserInput when it is said to be of a day to come; RequestIdReused;
            UploadRefused, and what else the pieces raise: then nothing of the file is kept.
        """
        demand_for_all(actor, _UPLOAD[sent.kind])
        check_has_come(sent.as_of, day_of(self.now()))
        mark = self.derived_id("request", actor.account_id, sent.request_id)
        earlier = await self.batches.of_request(actor.community_id, mark)
        file = await self.files.keep(actor.community_id, self.new_id("file"), sent.pieces)
        batch = await self._batch_of(actor, sent, mark, file, earlier)
        if batch.file.id != file.id:
            await self.files.drop(actor.community_id, file.id)
        return batch

    async def _batch_of(
        self,
        actor: Actor,
        sent: ReceivedFile,
        mark: str,
        file: ImportFile,
        earlier: ImportBatch | None,
    ) -> ImportBatch:
        try:
            if earlier is not None:
                return _same(earlier, sent, file)
            return await self._made(actor, sent, mark, file)
        except BaseException:
            await self.files.drop(actor.community_id, file.id)
            raise

    async def _made(
        self, actor: Actor, sent: ReceivedFile, mark: str, file: ImportFile
    ) -> ImportBatch:
        community_id = actor.community_id
        latest = await self.batches.latest_of_file(community_id, sent.kind, file.mark)
        if latest is not None and latest.as_of == sent.as_of and await self._still_counts(latest):
            return latest
        attempt = latest.attempt + 1 if latest else 1
        batch = ImportBatch.receive(
            self.derived_id(
                "import", community_id, sent.kind, file.mark, str(sent.as_of), str(attempt)
            ),
            community_id=community_id,
            kind=sent.kind,
            file=file,
            attempt=attempt,
            request_mark=mark,
            as_of=sent.as_of,
            by=actor.account_id,
            at=self.now(),
        )
        await self.audit.append(_written_down(actor, batch))
        return await self.batches.add(batch)

    async def _still_counts(self, batch: ImportBatch) -> bool:
        if batch.state is not ImportState.APPLIED:
            return not batch.has_ended
        applied = await self.batches.latest_applied(batch.community_id, batch.kind)
        return applied is not None and applied.id == batch.id


def check_has_come(as_of: date | None, today: date) -> None:
    """No file speaks of a day to come. Raises: BadUserInput."""
    if as_of is not None and as_of > today:
        raise BadUserInput("文件所属日期不能晚于今天。")


def _same(batch: ImportBatch, sent: ReceivedFile, file: ImportFile) -> ImportBatch:
    if (batch.kind, batch.file.mark, batch.as_of) != (sent.kind, file.mark, sent.as_of):
        raise RequestIdReused
    return batch


def _written_down(actor: Actor, batch: ImportBatch) -> AuditAct:
    return AuditAct(
        community_id=batch.community_id,
        actor_account_id=actor.account_id,
        action=AuditAction.IMPORT_RECEIVED,
        subject=batch.id,
        purpose=batch.kind.name,
        source_id=f"{batch.id}:received",
        at=batch.received_at,
    )

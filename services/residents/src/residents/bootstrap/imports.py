"""Files that are sent, checked, accepted and applied."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog
from chassis.errors import Unavailable
from chassis.ids import derived_id, new_id
from chassis.lease import Lease
from chassis.rooms import Plan

from residents.adapters.imports import (
    mongo_import_batches,
    mongo_import_files,
    mongo_import_rows,
)
from residents.adapters.imports.child_processes import ChildProcesses
from residents.adapters.imports.leased_claims import LeasedClaims
from residents.adapters.imports.ledger_reader import WorkbookReader
from residents.adapters.imports.mongo_community_list import MongoCommunityList
from residents.adapters.imports.mongo_import_batches import MongoImportBatches
from residents.adapters.imports.mongo_import_files import FILE_KEYS, MongoImportFiles
from residents.adapters.imports.mongo_import_rows import MongoImportRows
from residents.adapters.mongo_hourly_counts import MongoHourlyCounts
from residents.application.imports.imports import ImportPorts, Imports
from residents.application.imports.ledger_writing import LedgerWriting
from residents.application.imports.ports import ImportKind
from residents.application.imports.resident_ledger import ResidentLedgerKind
from residents.application.privacy.ports import AuditTrail
from residents.bootstrap.archive import ArchiveRoom
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Room
from residents.domain.community import Community
from residents.domain.imports.batch import Kind

PLAN = Plan(
    indexes=(
        *mongo_import_batches.INDEXES,
        *mongo_import_files.INDEXES,
        *mongo_import_rows.INDEXES,
    ),
    sealed=(FILE_KEYS,),
)

_LOOKS_EVERY_SECONDS = 1.0
_SWEEPS_EVERY_SECONDS = 5.0
_log = structlog.stdlib.get_logger("residents.imports")


@dataclass(frozen=True)
class ImportsRoom:
    """Built once a process."""

    room: Room[Imports]
    batches: MongoImportBatches
    communities: Callable[[int], Awaitable[list[Community]]]


def build(
    foundation: Foundation,
    archive: ArchiveRoom,
    audit: AuditTrail,
    other_kinds: Mapping[Kind, ImportKind],
) -> ImportsRoom:
    """Build it; the store need not be there yet."""
    settings, store = foundation.settings, foundation.store
    batches = MongoImportBatches(store, now=foundation.now)
    kinds = {Kind.RESIDENT_LEDGER: _resident_ledger(foundation, archive), **other_kinds}
    ports = ImportPorts(
        batches=batches,
        files=MongoImportFiles(store, foundation.box, foundation.keyed_hash, now=foundation.now),
        rows=MongoImportRows(store),
        audit=audit,
        upload_counts=MongoHourlyCounts(store, "upload", now=foundation.now),
        kinds=kinds,
        claims=LeasedClaims(store),
        processes=ChildProcesses(time_limit_seconds=settings.import_seconds),
        derived_id=derived_id,
        new_id=new_id,
        now=foundation.now,
    )
    imports = Imports(ports)
    sweeping = Lease(store, "imports-sweep")
    return ImportsRoom(
        room=Room(
            use_cases=imports,
            background={
                "imports": lambda: _work_through(imports),
                "imports sweep": lambda: sweeping.run_every(_SWEEPS_EVERY_SECONDS, imports.sweep),
            },
        ),
        batches=batches,
        communities=MongoCommunityList(store).first,
    )


def _resident_ledger(foundation: Foundation, archive: ArchiveRoom) -> ResidentLedgerKind:
    stores = archive.stores
    writing = LedgerWriting(
        stores.estates,
        stores.buildings,
        stores.households,
        stores.residents,
        stores.holds,
        archive.identities,
        foundation.keyed_hash,
        foundation.today,
        foundation.now,
    )
    return ResidentLedgerKind(
        WorkbookReader(),
        stores.archives,
        stores.residents,
        archive.identities,
        archive.editions,
        writing,
        foundation.keyed_hash,
    )


async def _work_through(imports: Imports) -> None:
    while True:
        try:
            await imports.work_through()
        except Unavailable as error:
            _log.warning("imports wait", reason=error.code)
        await asyncio.sleep(_LOOKS_EVERY_SECONDS)

"""What can be done with imports, on one page."""

from collections.abc import Mapping
from dataclasses import dataclass

from residents.application.hourly_limit import HourlyCounts, HourlyLimit
from residents.application.imports.accept_import import AcceptImport
from residents.application.imports.clear_up import ClearUp, SweepImports
from residents.application.imports.discard_import import DiscardImport
from residents.application.imports.ports import (
    Claims,
    DerivedId,
    ImportBatches,
    ImportFiles,
    ImportKind,
    ImportProcesses,
    ImportRows,
    NewId,
)
from residents.application.imports.queries import ImportQueries
from residents.application.imports.receive_file import HOURLY_UPLOADS, ReceiveFile
from residents.application.imports.work_on_batch import WorkOnBatch
from residents.application.imports.work_through_imports import WorkThroughImports
from residents.application.imports.work_to_the_end import WorkToTheEnd
from residents.application.ports import Now
from residents.application.privacy.ports import AuditTrail
from residents.domain.imports.batch import Kind


@dataclass(frozen=True, kw_only=True)
class ImportPorts:
    """What the use cases share."""

    batches: ImportBatches
    files: ImportFiles
    rows: ImportRows
    audit: AuditTrail
    upload_counts: HourlyCounts
    kinds: Mapping[Kind, ImportKind]
    claims: Claims
    processes: ImportProcesses
    derived_id: DerivedId
    new_id: NewId
    now: Now


class Imports:
    """The use cases of imports."""

    def __init__(self, ports: ImportPorts) -> None:
        self.clear_up = ClearUp(ports.batches, ports.claims, ports.files, ports.rows)
        self.queries = ImportQueries(ports.batches, ports.rows)
        self.receive_file = ReceiveFile(
            ports.batches,
            ports.files,
            ports.audit,
            HourlyLimit(ports.upload_counts, HOURLY_UPLOADS),
            ports.derived_id,
            ports.new_id,
            ports.now,
        )
        self.accept_import = AcceptImport(ports.batches, ports.audit, ports.now)
        self.discard_import = DiscardImport(ports.batches, self.clear_up, ports.now)
        self.sweep = SweepImports(ports.batches, ports.files, self.clear_up, ports.now)
        self.work_on_batch = WorkOnBatch(
            ports.batches, ports.files, ports.rows, ports.audit, ports.kinds, ports.now
        )
        self.work_to_the_end = WorkToTheEnd(
            ports.batches,
            ports.claims,
            self.work_on_batch,
            self.accept_import,
            self.clear_up,
        )
        self.work_through = WorkThroughImports(
            ports.batches, ports.claims, ports.processes, ports.kinds, ports.now
        )

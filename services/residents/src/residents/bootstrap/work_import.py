"""The process in which the worker has one run of an import worked on.

Nobody types it: `python -m residents.bootstrap.work_import IMPORT COMMUNITY RUN`, with a pipe for
standard input that closes when the worker is gone. It is no command of the service because it
begins twice an import, and with the rooms alone that it needs in half the time: it asks nobody and
traces nothing, so neither graph, event path nor HTTP is imported.
"""

import asyncio
import gc
import os
import sys

from chassis.errors import ChassisError
from chassis.logs import configure_logs
from chassis.settings import load

from residents.adapters.imports.child_life import end_with_parent, limit_memory
from residents.adapters.imports.child_processes import STOPPED_EXIT_CODE
from residents.application.imports.imports import Imports
from residents.bootstrap import archive, imports, owners
from residents.bootstrap.bound_accounts import bound_accounts
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.privacy import audit_trail
from residents.domain.errors import ResidentsError
from residents.domain.imports.batch import Kind
from residents.settings import ResidentsSettings

_NEW_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main(import_id: str, community_id: str, run: int) -> int:
    """Work on it. Returns: the exit code, see `ChildProcesses`."""
    end_with_parent()
    settings = load(ResidentsSettings)
    limit_memory(settings.import_memory_mib)
    configure_logs("residents-import", settings.log_level)
    _collect_seldom()
    return asyncio.run(_worked(settings, import_id, community_id, run))


def _collect_seldom() -> None:
    """Let the collector leave alone what lives until the end, and look at the rest less often.

    Rows, documents and events are made by the ten thousand and hold no cycles: they go by
    themselves, and looking for cycles among them finds none.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS_BETWEEN_COLLECTIONS)


async def _worked(settings: ResidentsSettings, import_id: str, community_id: str, run: int) -> int:
    foundation = Foundation.laid(settings)
    try:
        await _imports(foundation).work_on_batch(community_id, import_id, run)
    except (ResidentsError, ChassisError):
        return STOPPED_EXIT_CODE
    finally:
        await foundation.store.close()
    return 0


def _imports(foundation: Foundation) -> Imports:
    bound = bound_accounts(foundation)
    archive_room = archive.build(foundation, bound)
    other_kinds = {Kind.OWNERS_REGISTER: owners.build(foundation, archive_room, bound).kind}
    room = imports.build(foundation, archive_room, audit_trail(foundation), other_kinds).room
    return room.use_cases


if __name__ == "__main__":
    # Not by returning: a thread that still reads a workbook would be waited for.
    os._exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))

"""The process in which the worker has one run of an import worked on.

Nobody types it: `python -m residents.bootstrap.work_import IMPORT COMMUNITY RUN`, with a pipe for
standard input that closes when the worker is gone. It is no command of the service because it
begins twice an import, and without the graph and the event path in a third less time.
"""

import asyncio
import os
import sys

from chassis.errors import ChassisError
from chassis.settings import load
from chassis.telemetry import start_telemetry

from residents.adapters.imports.child_life import end_with_parent, limit_memory
from residents.adapters.imports.child_processes import STOPPED_EXIT_CODE
from residents.bootstrap.rooms import build
from residents.domain.errors import ResidentsError
from residents.settings import ResidentsSettings


def main(import_id: str, community_id: str, run: int) -> int:
    """Work on it. Returns: the exit code, see `ChildProcesses`."""
    end_with_parent()
    settings = load(ResidentsSettings)
    limit_memory(settings.import_memory_mib)
    start_telemetry(settings, process="residents-import")
    return asyncio.run(_worked(settings, import_id, community_id, run))


async def _worked(settings: ResidentsSettings, import_id: str, community_id: str, run: int) -> int:
    rooms = build(settings)
    try:
        await rooms.imports.room.use_cases.work_on_batch(community_id, import_id, run)
    except (ResidentsError, ChassisError):
        return STOPPED_EXIT_CODE
    finally:
        await rooms.foundation.store.close()
    return 0


if __name__ == "__main__":
    # Not by returning: a thread that still reads a workbook would be waited for.
    os._exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))

"""Work on an import in a process of its own, which gives its memory back and may be ended.

It reads from a pipe that nobody writes to: when this process is gone, however it went, the pipe
closes, and the child ends itself.
"""

import asyncio
import sys
from collections.abc import Sequence

import structlog

from residents.application.imports.ports import WorkEnd
from residents.domain.imports.batch import ImportBatch

STOPPED_EXIT_CODE = 75
"""EX_TEMPFAIL of sysexits.h: may be tried again as it is."""

_log = structlog.stdlib.get_logger("residents.imports")


class ChildProcesses:
    """The port `ImportProcesses`."""

    def __init__(
        self,
        *,
        time_limit_seconds: float,
        program: Sequence[str] = (sys.executable, "-m", "residents.bootstrap.work_import"),
    ) -> None:
        self._time_limit_seconds = time_limit_seconds
        self._program = program

    async def work(self, batch: ImportBatch) -> WorkEnd:
        """See the port; a process that takes too long is ended."""
        child = await asyncio.create_subprocess_exec(
            *self._program,
            batch.id,
            batch.community_id,
            str(batch.run),
            stdin=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(self._time_limit_seconds):
                exit_code = await child.wait()
        except TimeoutError:
            _log.warning("import takes too long", import_id=batch.id, run=batch.run)
            return WorkEnd.CRASHED
        finally:
            await _ended(child)
        if exit_code == 0:
            return WorkEnd.DONE
        if exit_code == STOPPED_EXIT_CODE:
            return WorkEnd.STOPPED
        _log.warning("import crashed", import_id=batch.id, run=batch.run, exit_code=exit_code)
        return WorkEnd.CRASHED


async def _ended(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        child.kill()
        await child.wait()

"""How long an import of a resident ledger takes, and how much memory.

    .venv/bin/python benchmarks/import_ledger.py                  # the demo ledger, 6,543 people
    .venv/bin/python benchmarks/import_ledger.py --residents 1000000

A ledger is made by `demo_community`, sent to the api's edge, and checked and applied in the
processes that the worker would begin. Printed are seconds by the clock, seconds of the processor
in the process and in the store meanwhile, and the peak of the process's memory; the figures stand
in build/import_ledger.json as well.
"""

import asyncio
import base64
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import httpx
import psutil
import pyotp
import typer
from local_stack.acting.service_process import ServiceProcess, run_service_command
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.store import Store, is_installed
from residents.bootstrap import rooms as bootstrap
from residents.bootstrap.rooms import Rooms
from residents.domain.imports.batch import ImportBatch, ImportState
from residents.domain.roles import Actor, Role, RoleGrant
from residents.settings import ResidentsSettings

RESIDENTS_OF_THE_DEMO = 6543
RESULTS = Path("build/import_ledger.json")
_PASSWORD = "five-estates-39"  # noqa: S105 - of a community that lives as long as the benchmark
_MIB = 1024 * 1024
_LOG_IN = """
mutation LogIn($input: LogInStaffInput!) {
  logInStaff(input: $input) { ... on LogInStaffSuccess { accessToken } }
}
"""


@dataclass(frozen=True)
class Cost:
    """What a step took.

    Attributes:
        seconds: by the clock; own_cpu_seconds and store_cpu_seconds by the processor.
        peak_mib: of the process that did it.
    """

    seconds: float
    own_cpu_seconds: float
    store_cpu_seconds: float
    peak_mib: int


@dataclass(frozen=True)
class Result:
    """What the import of one ledger took."""

    residents: int
    file_mib: float
    upload_seconds: float
    api_mib_before: int
    api_mib_after: int
    check: Cost
    apply: Cost


class Api(ServiceProcess):
    """The api of residents."""

    service = "residents"

    @property
    def memory_mib(self) -> int:
        """What it has in memory now."""
        if self._process is None:
            raise RuntimeError("the api is not running")
        return int(psutil.Process(self._process.pid).memory_info().rss // _MIB)


class StoreUnderLoad(Store):
    """A store whose use of the processor is known."""

    @property
    def cpu_seconds(self) -> float:
        """What it used so far."""
        if self._process is None:
            raise RuntimeError("the store is not running")
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)


def main(
    residents: Annotated[int, typer.Option(help="How many people the ledger names.")] = (
        RESIDENTS_OF_THE_DEMO
    ),
    file: Annotated[Path | None, typer.Option(help="A ledger to take instead.")] = None,
) -> None:
    """Import one ledger into an empty archive and print what it took."""
    if not is_installed("rs"):
        raise SystemExit("benchmarks run on the compiled store only: make store")
    with tempfile.TemporaryDirectory() as folder:
        ledger = file or _made(residents, Path(folder))
        file_mib = round(ledger.stat().st_size / _MIB, 1)
        result = asyncio.run(_measured(ledger, file_mib, Path(folder)))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(asdict(result), indent=1))
    _print(result)


def _made(residents: int, folder: Path) -> Path:
    size = [] if residents == RESIDENTS_OF_THE_DEMO else ["--residents", str(residents)]
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "demo_community", "write", "--to", str(folder), *size], check=True
    )
    return folder / "resident-ledger.xlsx"


async def _measured(ledger: Path, file_mib: float, folder: Path) -> Result:
    leash = Leash()
    try:
        store = StoreUnderLoad(port=free_port(), folder=folder / "store", build="rs", leash=leash)
        with store:
            variables = _variables(store.uri)
            _done(variables, "create-indexes")
            made = _founded(variables)
            with Api("api", variables, folder=folder, leash=leash) as api:
                return await _imported(ledger, file_mib, store, api, variables, made)
    finally:
        leash.close()


async def _imported(
    ledger: Path,
    file_mib: float,
    store: StoreUnderLoad,
    api: Api,
    variables: dict[str, str],
    made: dict[str, str],
) -> Result:
    lower = {name.lower(): value for name, value in variables.items()}
    rooms = bootstrap.build(ResidentsSettings.model_validate(lower))
    operator = Actor("command_line", made["communityId"], "", (RoleGrant(Role.SECRETARY),))
    token = await _token(api, made)
    before, began = api.memory_mib, time.perf_counter()
    import_id = await _sent(api, token, ledger)
    upload_seconds, after = time.perf_counter() - began, api.memory_mib
    check = await _worked(rooms, store, variables, operator, import_id, ImportBatch.begin_check)
    checked = await rooms.imports.batches.get(operator.community_id, import_id)
    if checked.state is not ImportState.CHECKED or checked.outcome is None:
        raise SystemExit(f"not checked: {checked.refusal}")
    await rooms.imports.room.use_cases.accept_import(operator, import_id)
    apply = await _worked(rooms, store, variables, operator, import_id, ImportBatch.begin_apply)
    applied = await rooms.imports.batches.get(operator.community_id, import_id)
    if applied.state is not ImportState.APPLIED:
        raise SystemExit(f"not applied: {applied.state} {applied.refusal}")
    await rooms.foundation.store.close()
    return Result(
        residents=checked.outcome.counts["residents"],
        file_mib=file_mib,
        upload_seconds=round(upload_seconds, 2),
        api_mib_before=before,
        api_mib_after=after,
        check=check,
        apply=apply,
    )


async def _worked(
    rooms: Rooms,
    store: StoreUnderLoad,
    variables: dict[str, str],
    operator: Actor,
    import_id: str,
    begin: Callable[[ImportBatch], tuple[ImportBatch, tuple[()]]],
) -> Cost:
    begun = await rooms.imports.batches.change(operator.community_id, import_id, begin)
    store_before, began = store.cpu_seconds, time.perf_counter()
    child = subprocess.Popen(  # noqa: ASYNC220, S603
        [
            *(sys.executable, "-m", "residents.bootstrap.work_import"),
            *(import_id, operator.community_id, str(begun.run)),
        ],
        env=os.environ | variables,
        stdin=subprocess.PIPE,
    )
    _, status, used = await asyncio.to_thread(os.wait4, child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"the process ended with {child.returncode}")
    return Cost(
        seconds=round(seconds, 2),
        own_cpu_seconds=round(used.ru_utime + used.ru_stime, 2),
        store_cpu_seconds=round(store.cpu_seconds - store_before, 2),
        peak_mib=used.ru_maxrss // 1024,
    )


async def _sent(api: Api, token: str, ledger: Path) -> str:
    async def pieces() -> AsyncIterator[bytes]:
        with ledger.open("rb") as opened:
            while piece := await asyncio.to_thread(opened.read, _MIB):
                yield piece

    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/octet-stream",
        "Idempotency-Key": secrets.token_hex(8),
    }
    async with httpx.AsyncClient(timeout=600, trust_env=False) as client:
        answer = await client.post(
            f"{api.address}/imports/resident-ledger", content=pieces(), headers=headers
        )
    answer.raise_for_status()
    return str(answer.json()["importId"])


async def _token(api: Api, made: dict[str, str]) -> str:
    typed = {
        "username": made["username"],
        "password": _PASSWORD,
        "totpCode": pyotp.TOTP(made["totpSecret"]).now(),
        "client": "CONSOLE",
    }
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        answer = await client.post(
            f"{api.address}/graphql", json={"query": _LOG_IN, "variables": {"input": typed}}
        )
    return str(answer.json()["data"]["logInStaff"]["accessToken"])


def _founded(variables: dict[str, str]) -> dict[str, str]:
    printed = _done(
        variables,
        *("create-community", "--name", "八家庄", "--secretary-username", "secretary"),
        *("--secretary-name", "陈书记", "--password-stdin", "--json"),
        stdin=f"{_PASSWORD}\n",
    )
    made: dict[str, str] = json.loads(printed)
    return made


def _done(variables: dict[str, str], *argv: str, stdin: str = "") -> str:
    ended = run_service_command("residents", variables, *argv, stdin=stdin)
    if ended.returncode != 0:
        raise SystemExit(ended.stderr)
    return ended.stdout


def _variables(mongodb_uri: str) -> dict[str, str]:
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return {
        "MONGODB_URI": mongodb_uri,
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",  # nothing here speaks to a broker
        "KEY_WRAPPING_KEYS": f"benchmark:{key}",
        "LOOKUP_HASH_KEY": key,
        "ENVIRONMENT": "development",
        "LOG_LEVEL": "WARNING",
        "IMPORT_SECONDS": "86400",
        "IMPORT_MEMORY_MIB": "16384",
    }


def _print(result: Result) -> None:
    typer.echo(f"{result.residents:,} residents, a file of {result.file_mib} MiB")
    typer.echo(
        f"upload  {result.upload_seconds:9.2f} s, memory of the api "
        f"{result.api_mib_before} → {result.api_mib_after} MiB"
    )
    for name, cost in (("check", result.check), ("apply", result.apply)):
        typer.echo(
            f"{name:<7} {cost.seconds:9.2f} s, processor {cost.own_cpu_seconds:.2f} s, "
            f"store {cost.store_cpu_seconds:.2f} s, peak {cost.peak_mib} MiB, "
            f"{cost.own_cpu_seconds / result.residents * 1e6:.0f} µs of the processor a resident"
        )


if __name__ == "__main__":
    typer.run(main)

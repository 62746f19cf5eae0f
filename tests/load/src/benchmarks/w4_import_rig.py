"""One import of a resident ledger, sent to residents' api and worked on as its worker would."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pyotp
from local_stack.acting.service_instance import command_done
from local_stack.acting.service_process import ServiceProcess, run_service_command
from residents.bootstrap import rooms as bootstrap
from residents.bootstrap.rooms import Rooms
from residents.domain.imports.batch import ImportBatch, ImportState
from residents.domain.roles import Actor, Role, RoleGrant
from residents.settings import ResidentsSettings

from benchmarks.given_mongodb import only_meanwhile
from benchmarks.ground import CpuMeter, keys_of
from benchmarks.measuring import Workbench

_PASSWORD = "five-estates-39"
_PIECE_BYTES = 1024 * 1024
_SENT_WITHIN_SECONDS = 600.0
_DAY_SECONDS = 86_400
_LOG_IN = """
mutation LogIn($input: LogInStaffInput!) {
  logInStaff(input: $input) { ... on LogInStaffSuccess { accessToken } }
}
"""


class ImportFailed(Exception):
    """The import did not come to the state that it should have."""


@dataclass(frozen=True)
class Cost:
    """What a step took.

    Attributes:
        seconds: by the clock; own_cpu_seconds and store_cpu_seconds by the processor.
        peak_mb: of the process that did it.
    """

    seconds: float
    own_cpu_seconds: float
    store_cpu_seconds: float
    peak_mb: float


@dataclass(frozen=True)
class ImportRun:
    """What the import of one ledger took.

    Attributes:
        rows: as the check counted them.
        stored: people whom the store has of this import; held: of whom nobody was told yet.
        upload: to the answer of the api, whose memory it says.
    """

    rows: int
    stored: int
    held: int
    upload: Cost
    check: Cost
    apply: Cost

    @property
    def steps(self) -> dict[str, Cost]:
        """In their order."""
        return {"upload": self.upload, "check": self.check, "apply": self.apply}

    @property
    def seconds(self) -> float:
        """From the first byte sent until all of it counts and everybody is told; no clerk waits."""
        return sum(cost.seconds for cost in self.steps.values())


class Api(ServiceProcess):
    """The api of residents."""

    service = "residents"


@dataclass(frozen=True)
class ImportRig:
    """A store, residents' api beside it, and a community of which nothing is known yet.

    Attributes:
        server_pids: of the store, by its name; empty where a MongoDB is given.
    """

    api: Api
    rooms: Rooms
    variables: Mapping[str, str]
    operator: Actor
    token: str
    server_pids: Mapping[str, int]

    async def run(self, ledger: Path) -> ImportRun:
        """Send it, have it checked, accept it, have it applied. Raises: ImportFailed."""
        import_id, upload = await self._sent(ledger)
        check = await self._worked(import_id, ImportBatch.begin_check)
        checked = await self._in_state(import_id, ImportState.CHECKED)
        await self.rooms.imports.room.use_cases.accept_import(self.operator, import_id)
        apply = await self._worked(import_id, ImportBatch.begin_apply)
        await self._in_state(import_id, ImportState.APPLIED)
        residents = self.rooms.foundation.store.collection("residents")
        of_this = {"community_id": self.operator.community_id}
        return ImportRun(
            rows=checked.outcome.counts["residents"] if checked.outcome else 0,
            stored=await residents.count(of_this),
            held=await residents.count({**of_this, "held.for": {"$gt": ""}}),
            upload=upload,
            check=check,
            apply=apply,
        )

    async def _in_state(self, import_id: str, state: ImportState) -> ImportBatch:
        batch = await self.rooms.imports.batches.get(self.operator.community_id, import_id)
        if batch.state is not state:
            raise ImportFailed(f"{batch.state.name} and not {state.name}: {batch.refusal}")
        return batch

    async def _sent(self, ledger: Path) -> tuple[str, Cost]:
        async def pieces() -> AsyncIterator[bytes]:
            with ledger.open("rb") as opened:
                while piece := await asyncio.to_thread(opened.read, _PIECE_BYTES):
                    yield piece

        api = psutil.Process(self.api.pid)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/octet-stream",
            "Idempotency-Key": secrets.token_hex(8),
        }
        meter = CpuMeter({"api": api.pid, **self.server_pids})
        began = time.perf_counter()
        async with httpx.AsyncClient(timeout=_SENT_WITHIN_SECONDS, trust_env=False) as client:
            answer = await client.post(
                f"{self.api.address}/imports/resident-ledger", content=pieces(), headers=headers
            )
        seconds, used = time.perf_counter() - began, meter.seconds()
        cost = Cost(
            seconds=seconds,
            own_cpu_seconds=used["api"],
            store_cpu_seconds=used.get("store", 0.0),
            peak_mb=api.memory_info().rss / 1e6,
        )
        if not answer.is_success:
            raise ImportFailed(f"the api answers {answer.status_code}: {answer.text}")
        return str(answer.json()["importId"]), cost

    async def _worked(
        self, import_id: str, begin: Callable[[ImportBatch], tuple[ImportBatch, tuple[()]]]
    ) -> Cost:
        """One run in a process of its own, begun as the worker begins it."""
        community_id = self.operator.community_id
        batches = self.rooms.imports.batches
        batch = await batches.change(community_id, import_id, begin)
        meter, began = CpuMeter(self.server_pids), time.perf_counter()
        child = subprocess.Popen(  # noqa: ASYNC220, S603
            [
                *(sys.executable, "-m", "residents.bootstrap.work_import"),
                *(import_id, community_id, str(batch.run)),
            ],
            env=os.environ | dict(self.variables),
            stdin=subprocess.PIPE,
        )
        _, status, used = await asyncio.to_thread(os.wait4, child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise ImportFailed(f"the process ended with {child.returncode}")
        return Cost(
            seconds=seconds,
            own_cpu_seconds=used.ru_utime + used.ru_stime,
            store_cpu_seconds=meter.seconds().get("store", 0.0),
            peak_mb=used.ru_maxrss * _RSS_UNIT_BYTES / 1e6,
        )


_RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024


@asynccontextmanager
async def rig_on(
    bench: Workbench, mongodb_uri: str, server_pids: Mapping[str, int]
) -> AsyncIterator[ImportRig]:
    """Found a community in a database of its own. Yields: it, its api ready."""
    variables = _variables(mongodb_uri, bench.seed)
    async with only_meanwhile(bench.mongodb_uri, variables["MONGODB_DATABASE"].__eq__):
        await asyncio.to_thread(command_done, "residents", variables, "create-indexes")
        made = await asyncio.to_thread(_founded, variables)
        settings = {name.lower(): value for name, value in variables.items()}
        rooms = bootstrap.build(ResidentsSettings.model_validate(settings))
        api = Api("api", variables, folder=bench.folder / "api", leash=bench.leash)
        await asyncio.to_thread(api.__enter__)
        try:
            secretary = RoleGrant(Role.SECRETARY)
            yield ImportRig(
                api=api,
                rooms=rooms,
                variables=variables,
                operator=Actor("command_line", made["communityId"], "", (secretary,)),
                token=await _token(api, made),
                server_pids=server_pids,
            )
        finally:
            await asyncio.to_thread(api.stop)
            await rooms.foundation.store.close()


def _founded(variables: Mapping[str, str]) -> dict[str, str]:
    ended = run_service_command(
        "residents",
        os.environ | dict(variables),
        *("create-community", "--name", "八家庄", "--secretary-username", "secretary"),
        *("--secretary-name", "陈书记", "--password-stdin", "--json"),
        stdin=f"{_PASSWORD}\n",
    )
    if ended.returncode != 0:
        raise ImportFailed(ended.stderr)
    made: dict[str, str] = json.loads(ended.stdout)
    return made


async def _token(api: Api, made: Mapping[str, str]) -> str:
    proof = {
        "username": made["username"],
        "password": _PASSWORD,
        "totpCode": pyotp.TOTP(made["totpSecret"]).now(),
        "client": "CONSOLE",
    }
    asked = {"query": _LOG_IN, "variables": {"input": proof}}
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        answer = await client.post(f"{api.address}/graphql", json=asked)
    return str(answer.json()["data"]["logInStaff"]["accessToken"])


def _variables(mongodb_uri: str, seed: int) -> dict[str, str]:
    return {
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": f"bench_{uuid.uuid4().hex[:8]}",
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",  # nothing here speaks to a broker
        **keys_of(seed),
        "ENVIRONMENT": "development",
        "LOG_LEVEL": "WARNING",
        "IMPORT_SECONDS": str(_DAY_SECONDS),
        "IMPORT_MEMORY_MIB": "16384",
    }

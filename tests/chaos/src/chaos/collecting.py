"""Reads all that the audit looks at: stores, topics, phones, the graph, operators' commands."""

import asyncio
import json
import sys
from typing import Any

from local_stack.layout import ROOT
from local_stack.operators import operators_env

from chaos.at_rest import Rest
from chaos.found import Document, Found, Shown, Verdict
from chaos.founding import Society, Someone
from chaos.messages import read_messages
from chaos.stores import OUTBOXES, Stores

_LONGEST_PAGE = 100
_READ_BESIDE_OUTBOXES = {
    "residents": ("leases",),
    "issues": ("timeline_entries", "photos", "leases"),
    "vouchers": ("ledger_entries", "leases"),
    "outreach": ("notifications", "leases"),
}
_GLOBAL = ("leases",)


class Collector:
    """Reads what a society has left behind."""

    def __init__(self, society: Society, stores: Stores) -> None:
        self._society = society
        self._doors = society.doors
        self._stores = stores

    async def found(self) -> Found:
        """Wait for rest, and read everything."""
        rest = Rest(self._stores)
        try:
            outstanding = await rest.come()
            stuck = await rest.stuck_leases()
        finally:
            await rest.close()
        messages, dead = await read_messages(self._stores.bootstrap_servers)
        return Found(
            documents=await self._documents(),
            messages=messages,
            screens=await self._screens(),
            pushed={
                each["delivery_id"]: each["state"]
                for each in await self._doors.simulator("GET", "deliveries")
            },
            accounts={each.phone: each.name for each in self._society.residents},
            shown=await self._shown(),
            verdicts=[
                await self._verdict("vouchers", "verify-ledger"),
                await self._verdict("residents", "verify-audit"),
            ],
            outstanding=outstanding,
            stuck_leases=stuck,
            dead_letters=dead,
        )

    async def _documents(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = {}
        for service, store in self._stores.by_service.items():
            for name in {*OUTBOXES[service], *_READ_BESIDE_OUTBOXES[service]}:
                where = {} if name in _GLOBAL else {"community_id": self._society.community_id}
                found[f"{service}.{name}"] = await store.collection(name).find(where)
        return found

    async def _screens(self) -> dict[str, list[Document]]:
        screens = await self._doors.simulator("GET", "screens")
        mine = {resident.phone for resident in self._society.residents}
        return {
            phone["name"]: [item for item in phone["items"] if item["received"]]
            for phone in screens["phones"]
            if phone["name"] in mine
        }

    async def _shown(self) -> Shown:
        secretary = self._society.secretary
        comments = await _all_of(secretary, "comments", "id reply { text }")
        shown = Shown(
            replies={each["id"]: (each["reply"] or {}).get("text") or "" for each in comments},
            issues=[each["id"] for each in await _all_of(secretary, "issues", "id")],
            vouchers={},
            notices={},
        )
        for resident in self._society.residents:
            vouchers = await _all_of(resident, "myVouchers", "id")
            notices = await _all_of(resident, "myNotices", "id")
            shown.vouchers[resident.name] = [each["id"] for each in vouchers]
            shown.notices[resident.name] = [each["id"] for each in notices]
        return shown

    async def _verdict(self, service: str, command: str) -> Verdict:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", service, command),
            *("--community", self._society.community_id, "--json"),
            cwd=ROOT,
            env=operators_env(self._doors.layout),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complained = await process.communicate()
        lines = said.decode().strip().splitlines()
        told = lines[-1] if lines else complained.decode()[-500:]
        (verdict,) = json.loads(told) if lines else ({},)
        in_balance = verdict.get("inBalance", True)
        return Verdict(
            command=f"{service} {command}",
            is_whole=process.returncode == 0 and verdict.get("whole") is True and in_balance,
            entries=verdict.get("sealedThrough", verdict.get("entries", 0)),
            told=told[:500],
        )


async def _all_of(who: Someone, field: str, shown: str) -> list[Any]:
    """Read a connection to its end."""
    query = (
        f"query A($after: String) {{ {field}(first: {_LONGEST_PAGE}, after: $after) "
        f"{{ nodes {{ {shown} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    )
    nodes: list[Any] = []
    after = None
    while True:
        page = (await who.read(query, after=after))[field]
        nodes += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return nodes
        after = page["pageInfo"]["endCursor"]

"""Reads all that the audit looks at: stores, topics, phones, the graph, operators' commands."""

import asyncio
import json
import sys
from typing import Any

from local_stack.acting.rest import OUTBOXES
from local_stack.layout import ROOT
from local_stack.operators import operators_env

from chaos.at_rest import Resting
from chaos.audit.expected import MADE
from chaos.found import RESIDENT_TAGS, Document, Found, Shown, Verdict
from chaos.founding import Society, Someone
from chaos.messages import read_messages
from chaos.model import Deed
from chaos.stores import Stores

_LONGEST_PAGE = 100
_READ_BESIDE_OUTBOXES = {
    "residents": ("leases",),
    "issues": ("timeline_entries", "photos", "leases"),
    "vouchers": ("ledger_entries", "leases"),
    "outreach": ("notifications", "subscription_grants", "leases"),
}
_GLOBAL = ("leases",)


class Collector:
    """Reads what a society has left behind."""

    def __init__(self, society: Society, stores: Stores) -> None:
        self._society = society
        self._doors = society.doors
        self._stores = stores
        self._founded: dict[str, list[str]] = {}

    async def note_what_was_founded(self) -> None:
        """Remember what is there before anybody acts."""
        self._founded = await self.what_was_founded()

    async def what_was_founded(self) -> dict[str, list[str]]:
        """Return by place the ids of what there is of all that the audit expects to be told of."""
        founded: dict[str, list[str]] = {}
        for making in MADE.values():
            service, _, name = making.place.partition(".")
            documents = await self._documents_of(service, name)
            founded[making.place] = [document["_id"] for document in documents]
        return founded

    async def found(self) -> Found:
        """Wait for rest, and read everything."""
        rest = Resting(self._stores)
        try:
            outstanding = await rest.come()
            stuck = await rest.stuck_leases()
        finally:
            await rest.close()
        messages, dead = await read_messages(self._stores.bootstrap_servers)
        return Found(
            documents=await self._documents() | {RESIDENT_TAGS: await self.resident_tags()},
            founded=self._founded,
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
        for service in self._stores.by_service:
            for name in {*OUTBOXES[service], *_READ_BESIDE_OUTBOXES[service]}:
                found[f"{service}.{name}"] = await self._documents_of(service, name)
        return found

    async def _documents_of(self, service: str, name: str) -> list[Document]:
        where = {} if name in _GLOBAL else {"community_id": self._society.community_id}
        return await self._stores.by_service[service].collection(name).find(where)

    async def resident_tags(self) -> list[Document]:
        """Read the tags of everybody whom somebody wanted to tag, as a clerk is shown them."""
        clerk, query = self._society.clerks[0], "query T($id: ID!) { resident(id: $id) { tags } }"
        wanted = {write.about for write in self._doors.model.writes if write.deed is Deed.TAG}
        tags: list[Document] = []
        for resident_id in sorted(wanted):
            shown = (await clerk.read(query, id=resident_id))["resident"] or {}
            tags += [{"resident_id": resident_id, "tag": tag} for tag in shown.get("tags") or ()]
        return tags

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

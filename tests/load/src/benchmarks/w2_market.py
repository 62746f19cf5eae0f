"""The service of vouchers with its campaigns and its people, brought about as in life."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer
from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from chassis.mongo import Store
from chassis.testing_events import OtherService
from chassis.testing_graph import Graph
from chassis.testing_waits import until
from chassis.topics import Topic
from local_stack.acting.service_instance import running_processes
from local_stack.acting.service_process import ServiceProcess, run_service_command

from benchmarks.campaign_terms import red_packets
from benchmarks.ground import RESIDENTS_TOPICS, Ground
from benchmarks.operations import kept_operation
from benchmarks.w2_orders import Taken

_STATE = "query Campaign($id: ID!) { campaign(id: $id) { state } }"
_RESIDENTS = RESIDENTS_TOPICS[0].name
_OTHERS_TOPICS = (*RESIDENTS_TOPICS, Topic("linli.issues.events"))
_TOLD_AT_ONCE = 500
_KNOWN_WITHIN_SECONDS = 300
_LIVE_WITHIN_SECONDS = 120
_BOOKED_WITHIN_SECONDS = 300


class _Vouchers(ServiceProcess):
    service = "vouchers"


@dataclass(frozen=True)
class Clerk:
    """Somebody of the office, with a token."""

    headers: dict[str, str]


@dataclass
class Market:
    """One community, its office, its people and its campaigns.

    Attributes:
        people: how many are known to the service, whose numbers go from 0.
    """

    ground: Ground
    processes: dict[str, _Vouchers]
    store: Store
    graph: Graph
    community_id: str
    people: int = 0

    @property
    def pids(self) -> dict[str, int]:
        """Of every process that has a part in a claim, the client aside."""
        own = {kind: process.pid for kind, process in self.processes.items()}
        return {**own, **self.ground.pids}

    @property
    def address(self) -> str:
        """Where claims are sent."""
        return f"{self.processes['api'].address}/graphql"

    async def settle(self, people: int) -> None:
        """Let residents tell of so many accounts, each in a household of its own."""
        async with AIOKafkaProducer(bootstrap_servers=self.ground.bootstrap_servers) as producer:
            residents = OtherService(producer, "residents", _RESIDENTS)
            for some in _portions(people):
                await asyncio.gather(*(self._bound(residents, number) for number in some))

        holders = self.store.collection("account_holders")

        async def known() -> bool:
            count = await holders.count({"community_id": self.community_id, "version": {"$gt": 1}})
            return count == people

        await until(known, within_seconds=_KNOWN_WITHIN_SECONDS)
        self.people = people

    async def open_campaign(self, stock: int) -> str:
        """Draft and approve a campaign of so many, one a person. Returns: its id, once live."""
        clerk, secretary = self._clerk("clerk"), self._clerk("secretary")
        draft = {"requestId": new_id("request"), "terms": red_packets("邻里消费红包", stock)}
        drafted = await self._done(clerk, "DraftCampaign", draft)
        approve = {
            "requestId": new_id("request"),
            "campaignId": drafted["id"],
            "termsNumber": drafted["termsNumber"],
        }
        await self._done(secretary, "ApproveCampaign", approve)

        async def live() -> bool:
            found = await self.graph.ask(clerk, _STATE, id=drafted["id"])
            return bool(found["campaign"]["state"] == "LIVE")

        await until(live, within_seconds=_LIVE_WITHIN_SECONDS)
        return str(drafted["id"])

    def token_of(self, person: int) -> str:
        """A fresh token of one of the people, as their phone has it."""
        return self.ground.mint.token(
            "resident",
            account_id=_account_id(person),
            community_id=self.community_id,
            session_id=derived_id("session", str(person)),
            client="miniprogram",
        )

    async def taken(self, campaign_id: str) -> list[Taken]:
        """What the store says is somebody's."""
        person_of = {_account_id(number): number for number in range(self.people)}
        found = await self.store.collection("vouchers").find(
            {"campaign_id": campaign_id, "state": {"$ne": "available"}},
            fields={"account_id": 1, "face_value_fen": 1},
        )
        return [
            Taken(each["_id"], person_of.get(each["account_id"], -1), each["face_value_fen"])
            for each in found
        ]

    async def booked(self, campaign_id: str) -> dict[str, Any]:
        """What verify-ledger says of a campaign once all is sealed, and the claims in the books.

        Returns: its figures of the campaign, with `whole` and `inBalance` of the whole ledger,
            and `claimEntries` and `claimEntriesFen`, counted in the store.
        """

        async def sealed() -> dict[str, Any] | None:
            report = await asyncio.to_thread(self._verification)
            return None if report["unsealed"] or report["awaited"] else report

        report = await until(sealed, within_seconds=_BOOKED_WITHIN_SECONDS)
        assert isinstance(report, dict)
        (figures,) = (it for it in report["campaigns"] if it["campaignId"] == campaign_id)
        entries = await self.store.collection("ledger_entries").find(
            {"campaign_id": campaign_id, "kind": "claimed"}, fields={"amount_fen": 1}
        )
        return {
            **figures,
            "whole": report["whole"],
            "inBalance": report["inBalance"],
            "claimEntries": len(entries),
            "claimEntriesFen": sum(entry["amount_fen"] for entry in entries),
        }

    async def _bound(self, residents: OtherService, number: int) -> None:
        account_id = _account_id(number)
        await residents.tell(
            "account.bound.v1",
            account_id,
            self.community_id,
            account_id=account_id,
            person_key=derived_id("person", str(number)),
            resident_id=derived_id("resident", str(number)),
            household_id=derived_id("household", str(number)),
            estate_id=derived_id("estate", "1"),
            building_id=derived_id("building", "1"),
            union_mark=None,
            bound_at=utc_now(),
        )

    async def _done(self, clerk: Clerk, name: str, asked: dict[str, Any]) -> dict[str, Any]:
        document = kept_operation("console", name).document
        (outcome,) = (await self.graph.ask(clerk, document, input=asked)).values()
        if not outcome["__typename"].endswith("Success"):
            raise RuntimeError(json.dumps(outcome, ensure_ascii=False))
        campaign: dict[str, Any] = outcome["campaign"]
        return campaign

    def _clerk(self, role: str) -> Clerk:
        return Clerk(
            self.ground.mint.headers(
                role, account_id=derived_id("account", role), community_id=self.community_id
            )
        )

    def _verification(self) -> dict[str, Any]:
        ended = run_service_command(
            "vouchers",
            os.environ | self.ground.variables("vouchers"),
            *("verify-ledger", "--community", self.community_id, "--json"),
        )
        if not ended.stdout:
            raise RuntimeError(ended.stderr)
        (report,) = json.loads(ended.stdout)
        found: dict[str, Any] = report
        return found


@asynccontextmanager
async def market_on(ground: Ground) -> AsyncIterator[Market]:
    """The service, its api and its worker ready, with a community that nobody lives in yet."""
    await ground.topics(*_OTHERS_TOPICS)
    await ground.prepare("vouchers")
    store = ground.store("vouchers")
    async with running_processes(
        _Vouchers,
        ground.variables("vouchers"),
        *("api", "worker"),
        folder=ground.folder / "vouchers",
        leash=ground.leash,
    ) as processes:
        graph = Graph(processes["api"].address)
        try:
            yield Market(ground, processes, store, graph, new_id("community"))
        finally:
            await graph.close()
            await store.close()


def _account_id(person: int) -> str:
    return derived_id("account", f"person-{person}")


def _portions(people: int) -> Iterator[range]:
    for start in range(0, people, _TOLD_AT_ONCE):
        yield range(start, min(start + _TOLD_AT_ONCE, people))

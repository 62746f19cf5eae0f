"""W2: ten thousand people claim a thousand vouchers at once, over HTTP."""

import asyncio
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import msgspec
from chassis.mongo import Index
from vouchers.bootstrap.processes import HOUSE
from vouchers.settings import VouchersSettings

from benchmarks.campaign_terms import FACE_VALUE_FEN
from benchmarks.ground import CpuMeter, ground_for, percentile
from benchmarks.measuring import Figure, Result, Row, Target, Workbench
from benchmarks.operations import kept_operation
from benchmarks.runs import Runs
from benchmarks.w2_market import Market, market_on
from benchmarks.w2_orders import (
    CLAIMED,
    Answer,
    Order,
    Rush,
    faults_of_answers,
    faults_of_store,
    refusals_by_code,
    winners_per_second,
)
from benchmarks.w2_raw_updates import RawCost, RawOrder

RUSH = Rush(people=10_000, stock=1_000, repeats=500)
_WINNERS_ALONE = Rush(people=1_000, stock=1_000)
_WARM_UP = 300
_RUNS = 3
_CLIENTS = 64
_PROGRAM = Path(__file__).with_name("w2_rush.mjs")
_LEAST_RATIO = 0.5
_CODE_WITHOUT_NAME = "UNREADABLE"


class ClaimRush:
    """Winners alone beside w2_raw_updates, then the rush of all, counted to the fen."""

    key: ClassVar[str] = "W2"
    title: ClassVar[str] = "claim rush over HTTP, 10,000 people for 1,000 vouchers"

    def __init__(self, rush: Rush = RUSH, alone: Rush = _WINNERS_ALONE, runs: int = _RUNS) -> None:
        self._rush = rush
        self._alone = alone
        self._runs = runs
        few = min(_WARM_UP, rush.people)
        self._warm_up = Rush(people=few, stock=few)

    async def run(self, bench: Workbench) -> Result:
        """See Benchmark."""
        bench.steps.plan(5 + 3 * self._runs)
        async with ground_for(bench) as ground, market_on(ground) as market:
            bench.steps.begin(f"{self._rush.people:,} accounts are told of")
            await market.settle(self._rush.people)
            bench.steps.done()
            bench.steps.begin("warm-up")
            await _rushed(market, self._warm_up, bench)
            bench.steps.done()
            bench.steps.begin("a campaign that nobody claims of, for the reference")
            warm_up, counted = self._warm_up.stock, self._alone.stock
            untouched_id = await market.open_campaign(warm_up + counted)
            reference = Reference(market, untouched_id, warm_up, counted)
            bench.steps.done()
            runs = range(self._runs)
            alone = [await self._one_run(reference, bench, number) for number in runs]
            bench.steps.begin(f"the rush: {self._rush.people:,} people")
            rushed = await _rushed(market, self._rush, bench)
            bench.steps.done()
            bench.steps.begin("the books are sealed and verified")
            audit = await _audited(market, self._rush, rushed)
            bench.steps.done()
        return _result(self._rush, alone, rushed, audit)

    async def _one_run(self, reference: "Reference", bench: Workbench, number: int) -> "WinnersRun":
        market = reference.market
        bench.steps.begin(f"run {number + 1}: winners alone")
        rushed = await _rushed(market, self._alone, bench)
        bench.steps.done()
        bench.steps.begin(f"run {number + 1}: updates alone")
        updates = await reference.updated(f"raw_{number}", indexed=True)
        bench.steps.done()
        bench.steps.begin(f"run {number + 1}: updates alone, without indexes")
        bare = await reference.updated(f"bare_{number}", indexed=False)
        bench.steps.done()
        faults = await _audit_of_store(market, self._alone, rushed)
        return WinnersRun(rushed, updates, bare, faults)


@dataclass(frozen=True)
class Rushed:
    """What came of a rush.

    Attributes:
        cpu_seconds: of each process meanwhile, the client's among them.
    """

    campaign_id: str
    orders: Sequence[Order]
    answers: Sequence[Answer | None]
    cpu_seconds: dict[str, float]

    @property
    def given(self) -> list[Answer]:
        """What was answered."""
        return [answer for answer in self.answers if answer is not None]

    @property
    def seconds(self) -> float:
        """From the first order to the last answer."""
        return max(answer.at_milliseconds for answer in self.given) / 1_000


@dataclass(frozen=True)
class WinnersRun:
    """As many people as vouchers, and as many guarded updates as vouchers."""

    rushed: Rushed
    updates: RawCost
    bare_updates: RawCost
    faults: Sequence[str]

    @property
    def winners_per_second(self) -> float:
        """By the clock."""
        return winners_per_second(self.rushed.answers)


@dataclass(frozen=True)
class Audit:
    """What the store and the books say of the rush."""

    claimed: int
    claimed_fen: int
    booked_fen: int
    faults: Sequence[str]


class Said(msgspec.Struct):
    """What the client wrote down of an answer."""

    status: int
    body: str
    milliseconds: float
    at_milliseconds: float = msgspec.field(name="atMilliseconds")


class _Log(msgspec.Struct):
    cpu_seconds: float = msgspec.field(name="cpuSeconds")
    answers: list[Said | None]


async def _rushed(market: Market, rush: Rush, bench: Workbench) -> Rushed:
    """Open a campaign, and let the people claim."""
    campaign_id = await market.open_campaign(rush.stock)
    orders = rush.orders(bench.seed)
    written = {
        "url": market.address,
        "connections": min(_CLIENTS, len(orders)),
        "document": kept_operation("miniprogram", "ClaimVoucher").document,
        "orders": [
            {
                "token": market.token_of(order.person),
                "input": _claim_input(campaign_id, order),
            }
            for order in orders
        ],
    }
    orders_path, answers_path = bench.folder / "orders.json", bench.folder / "answers.json"
    orders_path.write_bytes(msgspec.json.encode(written))
    meter = CpuMeter(market.pids)
    await _ended(_node(), str(_PROGRAM), str(orders_path), str(answers_path))
    cpu_seconds = meter.seconds()
    log = msgspec.json.decode(answers_path.read_bytes(), type=_Log)
    answers = [None if said is None else answer_of(said) for said in log.answers]
    return Rushed(campaign_id, orders, answers, {**cpu_seconds, "client": log.cpu_seconds})


def _claim_input(campaign_id: str, order: Order) -> dict[str, str]:
    return {"campaignId": campaign_id, "requestId": f"{campaign_id}-{order.request}"}


def answer_of(said: Said) -> Answer:
    """What an answer means; one that names neither a voucher nor an error is called after it."""
    code, voucher_id = _code_of(said.status, said.body)
    return Answer(code, said.milliseconds, said.at_milliseconds, voucher_id)


def _code_of(status: int, body: str) -> tuple[str, str | None]:
    try:
        decoded = msgspec.json.decode(body)
        if decoded.get("errors"):
            return f"top-level {decoded['errors'][0]['extensions']['code']}", None
        outcome = decoded["data"]["claimVoucher"]
        if outcome["__typename"] == "ClaimVoucherSuccess":
            return CLAIMED, str(outcome["voucher"]["id"])
        return str(outcome["code"]), None
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
        return f"HTTP {status} {_CODE_WITHOUT_NAME}", None


@dataclass(frozen=True)
class Reference:
    """Guarded updates of copies of the vouchers of a campaign that nobody claimed of.

    Attributes:
        warm_up: how many updates of each run are not counted, as many as the api's claims were.
        counted: and how many are, as many as winners.
    """

    market: Market
    campaign_id: str
    warm_up: int
    counted: int

    async def updated(self, database: str, *, indexed: bool) -> RawCost:
        """Copy them into a database of their own, and update each. See w2_raw_updates."""
        ground = self.market.ground
        store = ground.store(database)
        try:
            indexes = _indexes(ground.variables("vouchers")) if indexed else ()
            await store.create_indexes(indexes)
        finally:
            await store.close()
        order = RawOrder(
            mongodb_uri=ground.mongodb_uri,
            source=ground.database("vouchers"),
            database=ground.database(database),
            collection="vouchers",
            where={"campaign_id": self.campaign_id},
            clients=_CLIENTS,
            warm_up=self.warm_up,
            counted=self.counted,
        )
        path = ground.folder / f"{database}.json"
        path.write_bytes(msgspec.json.encode(order))
        printed = await _ended(sys.executable, "-m", "benchmarks.w2_raw_updates", str(path))
        return msgspec.json.decode(printed, type=RawCost)


def _indexes(variables: dict[str, str]) -> list[Index]:
    lower = {name.lower(): value for name, value in variables.items()}
    settings = VouchersSettings.model_validate(lower)
    return [index for index in HOUSE.indexes(settings) if index.collection == "vouchers"]


async def _audit_of_store(market: Market, rush: Rush, rushed: Rushed) -> list[str]:
    taken = await market.taken(rushed.campaign_id)
    return [
        *faults_of_answers(rush, rushed.orders, rushed.answers),
        *faults_of_store(rushed.orders, rushed.answers, taken),
    ]


async def _audited(market: Market, rush: Rush, rushed: Rushed) -> Audit:
    """Compare what was answered with the store and with the books, to the fen."""
    faults = await _audit_of_store(market, rush, rushed)
    taken = await market.taken(rushed.campaign_id)
    booked = await market.booked(rushed.campaign_id)
    claimed_fen = sum(each.face_value_fen for each in taken)
    expected = {
        "budgetFen": rush.stock * FACE_VALUE_FEN,
        "claimedFen": min(rush.stock, rush.people) * FACE_VALUE_FEN,
        "bookedOpenFen": claimed_fen,
        "claimEntries": len(taken),
        "claimEntriesFen": claimed_fen,
        "whole": True,
        "inBalance": True,
    }
    faults += [
        f"the books say {name} {booked[name]}, not {value}"
        for name, value in expected.items()
        if booked[name] != value
    ]
    return Audit(len(taken), claimed_fen, booked["claimEntriesFen"], faults)


def _result(rush: Rush, alone: Sequence[WinnersRun], rushed: Rushed, audit: Audit) -> Result:
    winners = Runs([run.winners_per_second for run in alone])
    updates = Runs([run.updates.updates / run.updates.seconds for run in alone])
    bare = Runs([run.bare_updates.updates / run.bare_updates.seconds for run in alone])
    milliseconds = [answer.milliseconds for answer in rushed.given]
    decisions_per_second = len(rushed.given) / rushed.seconds
    p99_ms = percentile(milliseconds, 99)
    losers = refusals_by_code(rushed.orders, rushed.answers)
    client_share = rushed.cpu_seconds["client"] / rushed.seconds
    expected = min(rush.stock, rush.people)
    figures: dict[str, Figure] = {
        "claimed": audit.claimed,
        "over": max(0, audit.claimed - expected),
        "under": max(0, expected - audit.claimed),
        "claimed_fen": audit.claimed_fen,
        "booked_fen": audit.booked_fen,
        "ratio_to_raw_updates": round(winners.median / updates.median, 3),
        "ratio_to_updates_without_indexes": round(winners.median / bare.median, 3),
        "winners_per_second": round(winners.median, 1),
        "raw_updates_per_second": round(updates.median, 1),
        "raw_updates_without_indexes_per_second": round(bare.median, 1),
        "decisions_per_second": round(decisions_per_second, 1),
        "winners_per_second_in_the_rush": round(winners_per_second(rushed.answers), 1),
        "p99_ms": round(p99_ms, 1),
        "answers_by_code": dict(Counter(answer.code for answer in rushed.given)),
        "losers_by_code": dict(losers),
        "cpu_ms_a_decision": {
            name: round(seconds / len(rushed.given) * 1_000, 3)
            for name, seconds in rushed.cpu_seconds.items()
        },
        "client_cpu_share_of_a_core": round(client_share, 2),
    }
    rows = (
        Row(
            name=f"claimed of {rush.stock:,}",
            value=audit.claimed,
            unit="vouchers",
            target=Target("exactly", expected),
        ),
        Row.of_runs(
            name="winners alone",
            runs=winners,
            unit="/s",
            reference=updates.median,
            reference_name="guarded updates",
            target=Target("at least", _LEAST_RATIO, of="ratio"),
        ),
        Row(name="decisions in the rush", value=decisions_per_second, unit="/s"),
        Row(name="answered in the rush, p99", value=p99_ms, unit="ms"),
        Row(name="client, of one core", value=client_share * 100, unit="%"),
    )
    faults = [fault for run in alone for fault in run.faults] + list(audit.faults)
    return Result(figures, rows, tuple(faults))


async def _ended(*argv: str) -> bytes:
    process = await asyncio.create_subprocess_exec(*argv, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{argv[:3]} ended with {process.returncode}")
    return printed


def _node() -> str:
    found = shutil.which("node")
    if found is None:
        raise RuntimeError("the rush is sent by Node 20 or later")
    return found

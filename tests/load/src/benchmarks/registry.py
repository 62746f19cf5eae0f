"""Which benchmarks there are: a line each."""

from benchmarks.measuring import Benchmark
from benchmarks.w1_home_page import HomePage
from benchmarks.w2_claim_rush import ClaimRush
from benchmarks.w3_event_delay import EventDelay
from benchmarks.w4_ledger_import import LedgerImport
from benchmarks.w5_processes import Processes

ALL: tuple[Benchmark, ...] = (HomePage(), ClaimRush(), EventDelay(), LedgerImport(), Processes())


def chosen(only: str | None) -> tuple[Benchmark, ...]:
    """Return those that are named, commas between their keys; all for None or an empty text.

    Raises: KeyError naming what there is none of.
    """
    by_key = {benchmark.key: benchmark for benchmark in ALL}
    wanted = [key.strip().upper() for key in (only or "").split(",") if key.strip()]
    unknown = [key for key in wanted if key not in by_key]
    if unknown:
        raise KeyError(f"there is no {', '.join(unknown)}, only {', '.join(by_key)}")
    return tuple(by_key[key] for key in wanted) or ALL

"""The demo's workbooks, and what is true of them: known by the program that makes them."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from demo_community.demo_files import LEDGER, LEDGER_TRUTH, REGISTER, REGISTER_TRUTH, write_demo
from demo_community.households import Settlers
from demo_community.plan import SEED, Scale
from demo_community.truth import LedgerTruth


@dataclass(frozen=True)
class Workbook:
    """A file, and its truth as the demo counts it."""

    name: str
    body: bytes
    truth: Any


class Workbooks:
    """Written once into a folder; they are the same bytes each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ledger(self) -> Workbook:
        """Return the resident ledger."""
        return self._written(LEDGER, LEDGER_TRUTH)

    def register(self) -> Workbook:
        """Return the owners' register."""
        return self._written(REGISTER, REGISTER_TRUTH)

    def elderly_on(self, day: date) -> int:
        """Count who of the ledger's residents is 60 or older on a day."""
        truth, settlers = LedgerTruth(day), Settlers(Scale(), SEED)
        for plan in Scale().estates():
            truth.open_estate(plan)
            for building in settlers.buildings_of(plan):
                truth.count(building)
        return truth.elderly

    def _written(self, name: str, truth: str) -> Workbook:
        if not (self._folder / REGISTER_TRUTH).exists():
            write_demo(self._folder)
        told = json.loads((self._folder / truth).read_text(encoding="utf-8"))
        return Workbook(name, (self._folder / name).read_bytes(), told)

"""The files of the demo community, written into a folder."""

import json
from pathlib import Path
from typing import Any

from demo_community.households import Settlers
from demo_community.ledger import write_ledger
from demo_community.model import Estate
from demo_community.months_later import MonthsLater
from demo_community.owners_register import write_register
from demo_community.ownership import ownerships
from demo_community.plan import AS_OF, LATER_AS_OF, SEED, Scale, scale_for

LEDGER = "resident-ledger.xlsx"
LEDGER_TRUTH = "resident-ledger.truth.json"
LATER_LEDGER = "resident-ledger-later.xlsx"
LATER_LEDGER_TRUTH = "resident-ledger-later.truth.json"
DIFFERENCES = "resident-ledger-later.differences.json"
REGISTER = "owners-register.xlsx"
REGISTER_TRUTH = "owners-register.truth.json"


def write_demo(folder: Path, seed: int = SEED) -> None:
    """Write the ledger, the later one and the owners' register, each with its truth."""
    folder.mkdir(parents=True, exist_ok=True)
    settlers = Settlers(Scale(), seed)
    estates = [Estate(plan, list(settlers.buildings_of(plan))) for plan in Scale().estates()]
    truth = write_ledger(folder / LEDGER, _filled(estates), as_of=AS_OF, seed=seed)
    _write_json(folder / LEDGER_TRUTH, truth.as_json())
    entries = ownerships(estates, settlers, seed)
    register = write_register(folder / REGISTER, entries, as_of=AS_OF, seed=seed)
    _write_json(folder / REGISTER_TRUTH, register.as_json())
    differences = MonthsLater(estates, settlers, seed).pass_by()
    later = write_ledger(folder / LATER_LEDGER, _filled(estates), as_of=LATER_AS_OF, seed=seed)
    _write_json(folder / LATER_LEDGER_TRUTH, later.as_json())
    _write_json(folder / DIFFERENCES, differences.as_json())


def write_big_ledger(folder: Path, residents: int, seed: int = SEED) -> None:
    """Write a ledger of as many residents as wanted, and its truth, in constant memory."""
    folder.mkdir(parents=True, exist_ok=True)
    scale = scale_for(residents)
    settlers = Settlers(scale, seed)
    filled = ((plan, settlers.buildings_of(plan)) for plan in scale.estates())
    truth = write_ledger(folder / LEDGER, filled, as_of=AS_OF, seed=seed)
    _write_json(folder / LEDGER_TRUTH, truth.as_json())


def _filled(estates: list[Estate]) -> Any:
    return [(estate.plan, estate.buildings) for estate in estates]


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")

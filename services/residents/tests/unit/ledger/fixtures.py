"""Where the ledgers of the tests lie."""

from pathlib import Path

LEDGERS = Path(__file__).parents[2] / "fixtures" / "ledgers"
LEDGER = LEDGERS / "resident-ledger.xlsx"
TRUTH = LEDGERS / "resident-ledger.truth.json"

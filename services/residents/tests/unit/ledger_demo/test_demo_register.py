"""The demo's owners' register, read as an import reads it, says what its maker knows of it."""

import json
from datetime import date
from pathlib import Path

from demo_community.demo_files import REGISTER, REGISTER_TRUTH, write_demo
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.domain.owners.owner import OwnerKind
from residents.domain.owners.register_reading import read_register

# Only the archive knows which dwellings there are: read alone, the file's is a dwelling.
NOT_FOR_READING = "HOUSEHOLD_NOT_FOUND"


def test_the_reading_is_the_truth_row_by_row(tmp_path: Path) -> None:
    write_demo(tmp_path)
    truth = json.loads((tmp_path / REGISTER_TRUTH).read_text(encoding="utf-8"))
    reading = read_register(
        open_workbook((tmp_path / REGISTER).read_bytes()), today=date(2026, 12, 1)
    )
    refused = {(bad["row"], bad["code"]) for bad in truth["bad_rows"]}
    unknown = {(row, code) for row, code in refused if code == NOT_FOR_READING}
    rows = [owner for dwelling in reading.dwellings for owner in dwelling.owners]

    assert unknown
    assert {(bad.row, str(bad.code)) for bad in reading.refused} == refused - unknown
    assert len(rows) == truth["rows"] + len(unknown)
    assert len(reading.dwellings) == truth["dwellings"] + 1
    companies = sum(owner.kind is OwnerKind.COMPANY for owner in rows)
    assert companies == truth["rows_of_companies"]
    assert reading.as_of.isoformat() == truth["as_of"]

"""The demo's ledgers, read as an import reads them, say what their maker knows of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from demo_community.demo_files import LATER_LEDGER, LEDGER, write_demo
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.domain.ledger.reading import read

ANOTHER_DAY = date(2020, 1, 1)


@pytest.fixture(scope="module", params=[39, 7])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, seed=request.param)
    return folder


def without_sentences(summary: Any) -> Any:
    """The sentence that a person reads is each side's own."""
    rows = [{key: bad[key] for key in ("sheet", "row", "code")} for bad in summary["bad_rows"]]
    return {**summary, "bad_rows": rows}


@pytest.mark.parametrize("file", [LEDGER, LATER_LEDGER])
def test_the_summary_is_the_truth_row_by_row(folder: Path, file: str) -> None:
    path = folder / file
    reading = read(open_workbook(path.read_bytes()), today=date.max, default_as_of=ANOTHER_DAY)
    said = json.loads(msgspec.json.encode(reading.summary()))
    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))

    assert without_sentences(said) == without_sentences(truth)
    assert all(bad["reason"].strip() for bad in said["bad_rows"])


def test_the_demo_prints_its_five_figures(folder: Path) -> None:
    reading = read(
        open_workbook((folder / LEDGER).read_bytes()), today=date.max, default_as_of=ANOTHER_DAY
    )
    summary = reading.summary()
    old = sum(estate.old is True for estate in summary.estates)

    assert len(summary.estates) == 6
    assert (summary.buildings, summary.households, summary.residents) == (39, 3_312, 6_543)
    assert old == 4

"""The register is what its truth says, counted here anew from the cells."""

from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

from demo_community.demo_files import LEDGER, REGISTER
from demo_community.story_people import TIAN
from python_calamine import CalamineWorkbook

from .plain_cells import numbers_in, truth_of


def share_in(cell: object) -> Fraction:
    text = str(cell)
    if text in {"", "全部"}:
        return Fraction(1)
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


def test_the_truth_agrees_with_the_cells(folder: Path) -> None:
    truth = truth_of(folder / REGISTER)
    refused = {bad["row"] for bad in truth["bad_rows"]}
    rows = CalamineWorkbook.from_path(folder / REGISTER).get_sheet_by_index(0).to_python()
    shares: dict[tuple[str, tuple[int, ...]], list[Fraction]] = defaultdict(list)
    owners: Counter[tuple[str, str]] = Counter()
    notes: Counter[str] = Counter()
    home: tuple[str, tuple[int, ...]] = ("", ())
    for number, row in enumerate(rows[3:], start=4):
        estate, door, name, identity_number, _, share, _, note = (str(cell) for cell in row)
        home = (estate, numbers_in(door)) if estate else home
        if number not in refused:
            shares[home].append(share_in(share))
            owners[name, identity_number] += 1
            notes[note] += 1

    assert truth["dwellings"] == len(shares)
    assert truth["rows"] == sum(owners.values())
    assert truth["owners"] == len(owners)
    assert truth["owners_of_several_dwellings"] == sum(n > 1 for n in owners.values()) >= 5
    assert truth["dwellings_co_owned"] == sum(len(each) > 1 for each in shares.values())
    assert truth["rows_living_elsewhere"] == notes["不在本小区居住"] > 0
    assert truth["rows_of_companies"] == notes["公司"] == 3
    assert all(sum(each) == 1 for each in shares.values())


def test_every_dwelling_but_the_refused_has_its_owners(folder: Path) -> None:
    truth = truth_of(folder / REGISTER)

    assert truth["dwellings"] == truth_of(folder / LEDGER)["households"] - 6
    assert {bad["code"] for bad in truth["bad_rows"]} == {
        "OWNER_SHARE_INVALID",
        "OWNER_SHARES_DO_NOT_ADD_UP",
        "DOOR_UNREADABLE",
        "HOUSEHOLD_NOT_FOUND",
    }


def test_aunt_tian_owns_where_she_lives(folder: Path) -> None:
    assert {
        "estate": TIAN.estate,
        "door": str(TIAN.door),
        "owners": [{"name": TIAN.name, "share": "1"}],
    } in truth_of(folder / REGISTER)["of_the_story"]

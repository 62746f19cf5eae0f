"""The ledger is what its truth says, counted here anew from the cells."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from demo_community.demo_files import LATER_LEDGER, LEDGER, write_big_ledger, write_demo
from demo_community.model import age_on
from demo_community.plan import RESIDENTS
from demo_community.story_people import STORY_PEOPLE

from .plain_cells import day_in, ledger_rows, numbers_in, square_centimetres, truth_of


def test_the_totals_are_those_of_the_demo(folder: Path) -> None:
    truth = truth_of(folder / LEDGER)

    assert len(truth["estates"]) == 6
    assert sum(estate["old"] for estate in truth["estates"]) == 4
    assert truth["buildings"] == 39
    assert truth["households"] == 3_312
    assert truth["residents"] == 6_543


@pytest.mark.parametrize("file", [LEDGER, LATER_LEDGER])
def test_the_truth_agrees_with_the_cells(folder: Path, file: str) -> None:
    truth = truth_of(folder / file)
    refused = {(bad["sheet"], bad["row"]) for bad in truth["bad_rows"]}
    on = date.fromisoformat(truth["as_of"])
    doors: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    area, vacant, residents, elderly = Counter[str](), 0, Counter[str](), 0
    for sheet, number, cells in ledger_rows(folder / file):
        door = numbers_in(cells["door"])
        if door:
            doors[sheet].add(door)
        if cells["area"] != "":
            area[sheet] += square_centimetres(cells["area"])
        if cells["name"] == "空置":
            vacant += 1
        elif (sheet, number) not in refused:
            residents[sheet] += 1
            elderly += age_on(day_in(cells["birth_date"]), on) >= 60

    assert truth["vacant_households"] == vacant
    assert truth["elderly_60"] == elderly
    for estate in truth["estates"]:
        name = estate["name"]
        assert estate["households"] == len(doors[name])
        assert estate["buildings"] == len({door[0] for door in doors[name]})
        assert estate["residents"] == residents[name]
        assert estate["area_cm2"] == area[name]


def test_each_kind_of_bad_row_is_there(folder: Path) -> None:
    codes = Counter(bad["code"] for bad in truth_of(folder / LEDGER)["bad_rows"])

    assert codes == {
        "PERSON_REPEATED": 3,
        "BIRTH_DATE_INVALID": 2,
        "IDENTITY_NUMBER_INVALID": 3,
        "PHONE_INVALID": 2,
        "DOOR_UNREADABLE": 2,
    }


def test_nobody_is_there_twice_but_on_purpose(folder: Path) -> None:
    bad = {(row["sheet"], row["row"]): row["code"] for row in truth_of(folder / LEDGER)["bad_rows"]}
    seen: set[tuple[Any, date]] = set()
    for sheet, number, cells in ledger_rows(folder / LEDGER):
        code = bad.get((sheet, number))
        if cells["name"] == "空置" or code == "BIRTH_DATE_INVALID":
            continue
        person = (cells["name"], day_in(cells["birth_date"]))
        assert (person in seen) == (code == "PERSON_REPEATED"), (sheet, number)
        seen.add(person)


def test_only_who_lives_alone_is_marked_so(folder: Path) -> None:
    people: Counter[tuple[str, tuple[int, ...]]] = Counter()
    marked: list[tuple[str, tuple[int, ...]]] = []
    home: tuple[str, tuple[int, ...]] = ("", ())
    refused = {(bad["sheet"], bad["row"]) for bad in truth_of(folder / LEDGER)["bad_rows"]}
    for sheet, number, cells in ledger_rows(folder / LEDGER):
        if (sheet, number) in refused:
            continue
        home = (sheet, numbers_in(cells["door"]) or home[1])
        people[home] += 1
        if "独居" in str(cells["tags"]):
            marked.append(home)

    assert len(marked) > 100
    assert all(people[home] == 1 for home in marked)


def test_a_quarter_is_elderly_in_old_estates_and_fewer_in_new_ones(folder: Path) -> None:
    truth = truth_of(folder / LEDGER)
    on = date.fromisoformat(truth["as_of"])
    refused = {(bad["sheet"], bad["row"]) for bad in truth["bad_rows"]}
    old = {estate["name"] for estate in truth["estates"] if estate["old"]}
    ages: dict[bool, list[int]] = {True: [], False: []}
    for sheet, number, cells in ledger_rows(folder / LEDGER):
        if cells["name"] != "空置" and (sheet, number) not in refused:
            ages[sheet in old].append(age_on(day_in(cells["birth_date"]), on))
    shares = {kind: sum(age >= 60 for age in all_) / len(all_) for kind, all_ in ages.items()}

    assert 0.22 <= shares[True] <= 0.30
    assert 0.05 <= shares[False] <= 0.15


def test_the_people_of_the_story_live_where_it_says(folder: Path) -> None:
    found = {
        (sheet, cells["name"], day_in(cells["birth_date"])): numbers_in(cells["door"])
        for sheet, _, cells in ledger_rows(folder / LEDGER)
        if cells["name"] in {person.name for person in STORY_PEOPLE}
    }
    for person in STORY_PEOPLE:
        door = (person.door.building, person.door.unit, person.door.room)
        assert found[person.estate, person.name, person.birth_date] == door


def test_two_runs_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_demo(tmp_path)

    names = {path.name for path in folder.iterdir()}
    assert names == {path.name for path in tmp_path.iterdir()}
    for name in names:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_another_seed_gives_other_people_with_the_same_totals(folder: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, seed=7)

    one, other = truth_of(folder / LEDGER), truth_of(tmp_path / LEDGER)
    for figure in ("buildings", "households", "residents"):
        assert one[figure] == other[figure]
    assert (folder / LEDGER).read_bytes() != (tmp_path / LEDGER).read_bytes()


def test_a_bigger_ledger_has_exactly_as_many_residents_as_wanted(tmp_path: Path) -> None:
    wanted = 2 * RESIDENTS + 1_000
    write_big_ledger(tmp_path, wanted)
    truth = truth_of(tmp_path / LEDGER)
    refused = {(bad["sheet"], bad["row"]) for bad in truth["bad_rows"]}
    people = [
        (cells["name"], day_in(cells["birth_date"]))
        for sheet, number, cells in ledger_rows(tmp_path / LEDGER)
        if cells["name"] != "空置" and (sheet, number) not in refused
    ]

    assert truth["residents"] == wanted
    assert len(people) == len(set(people)) == wanted
    assert len(truth["estates"]) == 18

"""The workbooks that the story sends, and what it knows of them beforehand."""

from datetime import date
from pathlib import Path

import pytest
from demo_community.plan import AS_OF
from demo_community.roster import average_age
from story.prologue.teams import AGES_ON
from story.workbooks import Workbooks


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Workbooks:
    """In a folder of their own."""
    return Workbooks(tmp_path_factory.mktemp("demo-community"))


def test_the_ledger_is_the_community_that_is_told_of(workbooks: Workbooks) -> None:
    truth = workbooks.ledger().truth
    told = (len(truth["estates"]), *(truth[name] for name in ("buildings", "households")))
    assert (*told, truth["residents"]) == (6, 39, 3_312, 6_543)
    assert sum(estate["old"] for estate in truth["estates"]) == 4


def test_they_are_made_once(tmp_path: Path) -> None:
    workbooks = Workbooks(tmp_path)
    first = workbooks.ledger()
    (tmp_path / first.name).write_bytes(b"as it was left")
    assert workbooks.ledger().body == b"as it was left"
    assert workbooks.register().name != first.name


def test_the_elderly_are_counted_for_a_day(workbooks: Workbooks) -> None:
    elderly = workbooks.elderly_on(AS_OF)
    assert elderly == workbooks.ledger().truth["elderly_60"]
    assert workbooks.elderly_on(AS_OF.replace(year=AS_OF.year + 1)) > elderly
    assert workbooks.elderly_on(date(1900, 1, 1)) == 0


def test_the_staff_are_35_on_the_day_that_the_story_asks_about() -> None:
    assert average_age(AGES_ON) == 35

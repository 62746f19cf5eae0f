"""Whatever cells hold, reading ends, and what cannot be read is a refused row."""

from datetime import date, datetime, time, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from residents.domain.ledger.cells import Cell, Merge
from residents.domain.ledger.faults import Fault
from residents.domain.ledger.headers import folded_headers, is_header_word

from .sheets import HEADER, person, read_rows, read_sheets, refusals, sheet

WORDS = [
    "1-1-101",
    "空置",
    "小计",
    "门牌号",
    "姓名",
    "无",
    "#REF!",
    "截至2026年11月1日",
    "=A1",
    "：",
    "\x00",
    "𠮷",
]
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(WORDS),
    st.text(alphabet="0123456789０１年月日-－.号楼单元室 ", max_size=20),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
ROWS = st.lists(st.lists(CELLS, max_size=12), max_size=12)
MERGES = st.lists(
    st.builds(Merge, st.integers(1, 14), st.integers(1, 14), st.integers(1, 14), st.integers(1, 14))
)


@settings(max_examples=300, deadline=None)
@given(rows=ROWS, merged=MERGES, name=st.text(max_size=31))
def test_no_sheet_of_garbage_raises_anything(
    rows: list[list[Cell]], merged: list[Merge], name: str
) -> None:
    reading = read_sheets(
        sheet(*rows, name=name, merged=merged), sheet(*rows, name=name, header=[], merged=merged)
    )
    summary = reading.summary()

    assert summary.residents == len(reading.people)
    assert summary.households == len(reading.households) + len(reading.unplaced)
    assert {row.code for row in reading.refused} <= set(Fault)


@settings(max_examples=300, deadline=None)
@given(row=st.lists(CELLS, min_size=9, max_size=9))
def test_a_row_of_garbage_touches_no_other_row(row: list[Cell]) -> None:
    assume(sum(map(is_header_word, folded_headers(row))) < 4)  # else it is a header
    before = person("1-1-101", "马曦", area=80, born="1960-01-01")
    after = person("1-1-102", "谢志", area=70, born="1970-01-01")
    reading = read_rows(before, row, after)

    found = {one.row: one.name for one in reading.people}
    assert (found[2], found[4]) == ("马曦", "谢志")
    assert all(at == 3 for at, _ in refusals(reading))


@settings(deadline=None)
@given(row=st.lists(CELLS, min_size=9, max_size=9))
def test_a_reason_repeats_nothing_of_the_row(row: list[Cell]) -> None:
    row[3] = "马曦曦"
    for refused in read_rows(row).refused:
        assert "马曦曦" not in refused.reason
        assert refused.reason.endswith("。")


def test_no_long_cell_takes_long() -> None:
    """Each once more than a machine's life, if a pattern could match it in ever more ways."""
    pieces = [
        "1",
        "1-",
        "合计",
        "合计1",
        "计",
        " ",
        "(",
        "一",
        "1,",
        "空",
        "楼",
        "截至",
        ":",
        "20",
        "年",
        "#",
        "·",
    ]
    long: list[list[Cell]] = [
        [f"{start}{piece * 10_000}{end}"] * len(HEADER)
        for piece in pieces
        for start in ("", "合计", "1-", "截至2026")
        for end in ("x", "")
    ]
    reading = read_sheets(sheet(*long), sheet(*long, header=[], name="春" * 3_000))

    assert reading.people == []


def test_a_formula_that_failed_is_told_as_such() -> None:
    fields: list[dict[str, Cell]] = [
        {"born": "#VALUE!"},
        {"number": "#N/A"},
        {"phone": "#REF!"},
        {"area": "#DIV/0!"},
    ]
    reading = read_rows(
        *(person(f"1-1-10{at}", "马曦", **said) for at, said in enumerate(fields, 1)),
        person("#REF!", "马曦"),
        person("1-1-106", "#NAME?"),
    )

    assert refusals(reading) == [(row, "FORMULA_ERROR") for row in range(2, 8)]
    assert len(reading.households) == 5


def test_each_fault_has_its_code() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", born="1956.13.20"),
        person("1-1-102", "马曦", number="999999196001011016"),
        person("1-1-103", "马曦", phone="1380013800"),
        person("1-1-104", "马曦", area="八十"),
        person("1-1-105", None, born="1956-01-20"),
        person("1-1-106", "12345", born="1956-01-20"),
        person("西头平房", "马曦", born="1956-01-20"),
    )

    assert [code for _, code in refusals(reading)] == [
        "BIRTH_DATE_INVALID",
        "IDENTITY_NUMBER_INVALID",
        "PHONE_INVALID",
        "AREA_INVALID",
        "NAME_MISSING",
        "NAME_INVALID",
        "DOOR_UNREADABLE",
    ]
    assert len(reading.households) == 6


def test_of_several_faults_the_first_is_told() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", born="1956.13.20", number="1", phone="1", area=80),
        person("1-1-102", "马曦", number="1", phone="1"),
    )

    assert [code for _, code in refusals(reading)] == [
        "BIRTH_DATE_INVALID",
        "IDENTITY_NUMBER_INVALID",
    ]


def test_the_identity_number_tells_birth_date_and_gender() -> None:
    """It has a check digit, and what else is written has none: a lunar birthday, a slip."""
    number = "999999196001011015"
    reading = read_rows(
        person("1-1-101", "马曦", number=number),
        person("1-1-102", "马曦曦", number="999999196001011023", gender="男", born="1959-12-03"),
    )

    assert [(one.birth_date, one.gender) for one in reading.people] == [
        (date(1960, 1, 1), "MALE"),
        (date(1960, 1, 1), "FEMALE"),
    ]


def test_values_that_are_no_dates_are_none_of_a_person() -> None:
    values: list[Cell] = [time(8), timedelta(days=3), datetime(1800, 1, 1), True]
    reading = read_rows(
        *(person(f"1-1-10{at}", "马曦", born=value) for at, value in enumerate(values, 1))
    )

    assert [code for _, code in refusals(reading)] == ["BIRTH_DATE_INVALID"] * len(values)
    assert len(HEADER) == 9

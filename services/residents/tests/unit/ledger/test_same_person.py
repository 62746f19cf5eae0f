"""The same person is counted once; namesakes are kept apart."""

from .sheets import names, person, read_rows, read_sheets, refusals, sheet

HIS = "999999196001011015"
ANOTHER = "999999196001012018"


def test_the_later_row_with_the_same_identity_number_is_refused() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", number=HIS), person("1-1-102", "马 曦", number=f" {HIS} ")
    )

    assert refusals(reading) == [(3, "PERSON_REPEATED")]
    assert len(reading.households) == 2


def test_the_same_name_and_birth_date_in_whatever_form_is_the_same_person() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", born="1960年1月1日"), person("1-1-102", "马 曦", born="19600101")
    )

    assert refusals(reading) == [(3, "PERSON_REPEATED")]


def test_the_birth_date_of_an_identity_number_tells_the_person_as_well() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", number=HIS), person("1-1-102", "马曦", born="1960-1-1")
    )

    assert refusals(reading) == [(3, "PERSON_REPEATED")]


def test_they_are_known_again_in_another_sheet() -> None:
    reading = read_sheets(
        sheet(person("1-1-101", "马曦", born="1960-1-1")),
        sheet(person("1-1-101", "马曦", born="1960-1-1"), name="东风里"),
    )

    assert [(row.sheet, row.row) for row in reading.refused] == [("东风里", 2)]
    assert [estate.name for estate in reading.estates] == ["春和苑", "东风里"]


def test_namesakes_with_other_numbers_birth_dates_or_genders_are_others() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", number=HIS),
        person("1-1-102", "马曦", number=ANOTHER),
        person("1-1-201", "马曦", born="1961-1-1", gender="男"),
        person("1-1-202", "马曦", born="1961-1-1", gender="女"),
        person("1-1-301", "马曦"),
        person("1-1-302", "马曦"),
    )

    assert reading.refused == []
    assert names(reading) == ["马曦"] * 6


def test_without_a_birth_date_a_name_is_the_same_person_within_a_home() -> None:
    reading = read_rows(person("1-1-101", "马曦"), person(None, "马曦"), person("1-1-102", "马曦"))

    assert refusals(reading) == [(3, "PERSON_REPEATED")]


def test_a_row_repeats_nobody_if_the_first_was_refused_itself() -> None:
    reading = read_rows(
        person("1-1-101", "马曦", number=HIS, phone="123"), person("1-1-102", "马曦", number=HIS)
    )

    assert refusals(reading) == [(2, "PHONE_INVALID")]
    assert names(reading) == ["马曦"]


def test_a_third_row_is_refused_as_well() -> None:
    reading = read_rows(*(person(f"1-1-10{n}", "马曦", number=HIS) for n in (1, 2, 3)))

    assert [row for row, _ in refusals(reading)] == [3, 4]

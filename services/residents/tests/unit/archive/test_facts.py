"""Correcting, tagging, describing; masks, marks, ages and the order of doors."""

from datetime import date

import msgspec
import pytest
from chassis.errors import Forbidden
from hypothesis import given
from hypothesis import strategies as st
from residents.application.archive.correct_resident import Correction
from residents.domain.archive import errors
from residents.domain.archive.ages import age_on
from residents.domain.archive.marks import folded_name, marks_of, name_mark
from residents.domain.archive.masking import masked_name, masked_phone
from residents.domain.archive.order import order_key
from residents.domain.archive.places import EstateKind
from residents.domain.roles import Role

from ...village import KEYED_HASH, TODAY, Village, person
from .office import CLERK, Office, actor, asked


async def test_a_correction_changes_what_it_names_and_nothing_else(
    office: Office, village: Village
) -> None:
    one = village.residents[0]

    after = await office.archive.correct_resident(
        CLERK, resident_id=one.id, correction=Correction(phone=None, name="马晞"), request=asked()
    )

    assert after.facts == msgspec.structs.replace(
        person("马晞", None, relation="户主"), gender=one.facts.gender if one.facts else None
    )
    assert name_mark("马晞", KEYED_HASH) in after.marks
    assert name_mark("马曦", KEYED_HASH) not in after.marks
    assert after.identity_mark == one.identity_mark


async def test_a_corrected_birth_date_is_counted_at_once(office: Office, village: Village) -> None:
    before = (await office.archive.population(CLERK)).counts

    await office.archive.correct_resident(
        CLERK,
        resident_id=village.residents[2].id,
        correction=Correction(birth_date=date(1940, 1, 1)),
        request=asked(),
    )

    after = (await office.archive.population(CLERK)).counts
    assert (before.elderly_60, before.age_unknown) == (2, 1)
    assert (after.elderly_60, after.age_unknown) == (3, 0)


async def test_a_correction_makes_nobody_twice(office: Office, village: Village) -> None:
    before = office.writes

    with pytest.raises(errors.PersonAlreadyHere) as refused:
        await office.archive.correct_resident(
            CLERK,
            resident_id=village.residents[1].id,
            correction=Correction(name="马曦", birth_date=date(1950, 3, 1)),
            request=asked(),
        )

    assert refused.value.resident_id == village.residents[0].id
    assert office.writes == before


@pytest.mark.parametrize(
    ("correction", "refusal"),
    [
        (Correction(phone="12"), errors.PhoneInvalid),
        (Correction(birth_date=date(1800, 1, 1)), errors.BirthDateInvalid),
        (Correction(identity_number="11010519491231002X"), errors.IdentityNumberInvalid),
    ],
)
async def test_a_wrong_correction_changes_nothing(
    office: Office, village: Village, correction: Correction, refusal: type[Exception]
) -> None:
    before = office.writes

    with pytest.raises(refusal):
        await office.archive.correct_resident(
            CLERK, resident_id=village.residents[0].id, correction=correction, request=asked()
        )

    assert office.writes == before


async def test_tags_are_the_offices_to_give(office: Office, village: Village) -> None:
    one, before = village.residents[0], office.writes

    for who, refusal in (
        (actor(Role.STEWARD), Forbidden),
        (actor(Role.CLERK, scope=[village.estates[1].id]), errors.ResidentNotFound),
    ):
        with pytest.raises(refusal):
            await office.archive.tag_resident.add(
                who, resident_id=one.id, tag="独居", request=asked()
            )
    with pytest.raises(errors.TagInvalid):
        await office.archive.tag_resident.add(CLERK, resident_id=one.id, tag=" ", request=asked())
    assert office.writes == before


async def test_a_door_whose_people_are_unknown_may_be_said_vacant(
    office: Office, village: Village
) -> None:
    empty, lived_in = village.households[2], village.households[0]

    marked = await office.archive.mark_vacant(CLERK, household_id=empty.id, request=asked())

    assert marked.vacant
    before = office.writes
    with pytest.raises(errors.HouseholdOccupied):
        await office.archive.mark_vacant(CLERK, household_id=lived_in.id, request=asked())
    assert office.writes == before


async def test_places_are_described_by_the_office(office: Office, village: Village) -> None:
    estate, building = village.estates[1], village.buildings[0]

    old = await office.archive.set_estate_kind(
        CLERK, estate_id=estate.id, kind=EstateKind.OLD, request=asked()
    )
    tall = await office.archive.describe_building(
        CLERK, building_id=building.id, floors=6, units=3, request=asked()
    )

    assert (old.kind, tall.floors, tall.units) == (EstateKind.OLD, 6, 3)
    before = office.writes
    with pytest.raises(errors.BuildingSizeInvalid):
        await office.archive.describe_building(
            CLERK, building_id=building.id, floors=0, units=None, request=asked()
        )
    with pytest.raises(errors.BuildingNotFound):
        await office.archive.describe_building(
            CLERK, building_id="building_x", floors=1, units=None, request=asked()
        )
    with pytest.raises(errors.EstateNotFound):
        await office.archive.set_estate_kind(
            CLERK, estate_id="estate_x", kind=EstateKind.NEW, request=asked()
        )
    assert office.writes == before


async def test_a_birthday_makes_somebody_elderly(office: Office, village: Village) -> None:
    """王芳 was born on 23 November 1966: sixty since today; 马小军 on 5 May 1980."""
    office.today = date(2040, 5, 5)
    office.later()

    await office.archive.turn_of_day()

    population = await office.archive.population(CLERK)
    estates = [each.estate for each in population.estates]
    rows = await office.archive.population.list_elderly(CLERK, estates, first=9, after=None)
    assert population.counts.elderly_60 == len(rows.items) == 3
    writes = office.writes
    await office.archive.turn_of_day()
    assert office.writes == writes


def test_ages_are_completed_years() -> None:
    assert age_on(date(1966, 11, 23), date(2026, 11, 22)) == 59
    assert age_on(date(1966, 11, 23), date(2026, 11, 23)) == 60
    assert age_on(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert age_on(date(2000, 2, 29), date(2026, 3, 1)) == 26


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("17337406812", "173****6812"),
        ("041183712345", "041*****2345"),
        ("83712345", "******45"),
        ("12", "**"),
    ],
)
def test_phones_are_masked(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(("name", "shown"), [("马曦", "马*"), ("欧阳小红", "欧***"), ("马", "*")])
def test_names_are_masked(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@given(st.text(max_size=30))
def test_a_masked_phone_never_shows_more_than_seven_characters(phone: str) -> None:
    shown = masked_phone(phone)
    assert len(shown) == len(phone)
    assert sum(one == other for one, other in zip(shown, phone, strict=True) if one != "*") <= 7


def test_doors_sort_as_people_expect() -> None:
    labels = ["甲10", "10", "2", "甲3", "乙1", "1", "A座", "1001", "102"]

    assert sorted(labels, key=order_key) == [
        "1", "2", "10", "102", "1001", "A座", "甲3", "甲10", "乙1",
    ]  # fmt: skip


def test_a_name_is_found_however_it_is_spaced() -> None:
    assert folded_name(" 马 曦 ") == "马曦"
    assert folded_name("阿依古丽•买买提") == folded_name("阿依古丽·买买提")


def test_marks_differ_by_key_and_tell_nothing() -> None:
    marks = marks_of(person(), identity=None, today=TODAY, keyed_hash=KEYED_HASH)
    others = marks_of(
        person(), identity=None, today=TODAY, keyed_hash=lambda kind, it: KEYED_HASH("x" + kind, it)
    )  # fmt: skip

    assert set(marks.search).isdisjoint(others.search)
    assert all(len(mark) == 24 for mark in marks.search)

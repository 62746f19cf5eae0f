"""Families whose ages fit, numbers that nobody has, a staff that is 35 on average."""

from datetime import date, timedelta

import pytest
from demo_community.households import Settlers
from demo_community.identity import Newcomers, check_digit
from demo_community.model import Dwelling, Gender, Person
from demo_community.plan import AS_OF, SEED, Scale, scale_for
from demo_community.roster import RED_TEAMS, STAFF, average_age


@pytest.fixture(scope="module")
def dwellings() -> list[Dwelling]:
    settlers = Settlers(Scale(), SEED)
    return [
        dwelling
        for estate in Scale().estates()
        for building in settlers.buildings_of(estate)
        for dwelling in building.dwellings
    ]


def test_two_hundred_thousand_people_have_numbers_of_their_own() -> None:
    newcomers = Newcomers(SEED)
    days = [date(1950, 1, 1) + timedelta(days=n) for n in range(250)]
    numbers = {
        newcomers.identity_number(day, gender)
        for day in days
        for gender in Gender
        for _ in range(400)
    }
    phones = {newcomers.phone() for _ in range(200_000)}

    assert len(numbers) == 250 * 2 * 400
    assert len(phones) == 200_000


@pytest.mark.parametrize("residents", [6_543, 6_544, 8_000, 13_086, 13_087, 70_001])
def test_however_many_are_wanted_there_are_exactly_so_many(residents: int) -> None:
    scale = scale_for(residents)
    settlers = Settlers(scale, SEED)
    buildings = [b for estate in scale.estates() for b in settlers.buildings_of(estate)]
    dwellings = [dwelling for building in buildings for dwelling in building.dwellings]
    doors = len(dwellings)

    assert sum(len(dwelling.good_people) for dwelling in dwellings) == residents
    assert doors == scale.households
    assert residents / doors <= 6_543 / 3_312


def related(home: Dwelling, *relations: str) -> list[Person]:
    return [person for person in home.good_people if person.relation in relations]


def test_children_are_younger_than_their_parents_by_a_generation(
    dwellings: list[Dwelling],
) -> None:
    for home in dwellings:
        for child in related(home, "子女"):
            head = home.people[0]
            years = head.age_on(AS_OF) - child.age_on(AS_OF)
            assert 18 <= years <= 45, home.door
        for parent in related(home, "父母"):
            assert parent.age_on(AS_OF) - home.people[0].age_on(AS_OF) >= 22, home.door


def test_spouses_are_of_similar_age_and_a_man_and_a_woman(dwellings: list[Dwelling]) -> None:
    for home in dwellings:
        for spouse in related(home, "配偶"):
            head = home.people[0]
            assert abs(head.age_on(AS_OF) - spouse.age_on(AS_OF)) <= 6
            assert head.gender is not spouse.gender


def test_every_occupied_home_has_a_grown_up_head(dwellings: list[Dwelling]) -> None:
    for home in dwellings:
        if home.people:
            assert home.people[0].relation == "户主"
            assert home.people[0].age_on(AS_OF) >= 18


def test_dwellings_above_each_other_are_of_one_size(dwellings: list[Dwelling]) -> None:
    first = dwellings[0].door
    column = [
        home.area_cm2
        for home in dwellings[:200]
        if (home.door.building, home.door.unit, home.door.room % 100)
        == (first.building, first.unit, first.room % 100)
    ]
    # The first building has six floors.
    assert len(column[:6]) == 6
    assert len(set(column[:6])) == 1


def test_numbers_are_well_formed_and_of_nobody(dwellings: list[Dwelling]) -> None:
    people = [person for home in dwellings for person in home.good_people]
    numbers = [each.identity_number for each in people if each.identity_number]
    phones = [each.phone for each in people if each.phone]

    assert all(number[:6] == "999999" for number in numbers)
    assert all(check_digit(number[:17]) == number[17] for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert all(phone[:3] == "154" and len(phone) == 11 for phone in phones)
    assert len(set(phones)) == len(phones)


def test_the_staff_of_nine_is_35_on_average_all_through_the_demos_first_days() -> None:
    assert len(STAFF) == 9
    first, last = date(2026, 10, 9), date(2027, 2, 16)
    for days in range((last - first).days + 1):
        assert average_age(first + timedelta(days=days)) == 35
    assert average_age(first - timedelta(days=1)) != 35
    assert average_age(last + timedelta(days=1)) != 35


def test_the_five_teams_share_people_with_the_staff_and_each_other() -> None:
    assert len({team.kind for team in RED_TEAMS}) == 5
    staff = {member.name for member in STAFF}
    posts = [post.name for team in RED_TEAMS for post in team.posts]

    assert sum(name in staff for name in posts) >= 5
    assert len(set(posts)) < len(posts)

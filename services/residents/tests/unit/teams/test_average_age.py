"""The average age on any day: who is counted, who is not, and why."""

from demo_community.roster import STAFF
from residents.domain.teams.average_age import AgeFigure
from residents.domain.teams.team import Team

from .town import Town, day


async def average_on(town: Town, team: Team, text: str) -> AgeFigure:
    return await town.room.queries.average_age(town.secretary, team.id, day(text))


async def test_the_staff_of_nine_is_35_on_average(town: Town) -> None:
    team = await town.team()
    for each in STAFF:
        account = await town.account(each.name)
        joined = str(max(each.joined_on, team.founded_on))
        await town.joined(team, account_id=account, born=each.birth_date, on=joined)
    on_the_day = await average_on(town, team, "12-01")

    assert (on_the_day.sum_of_ages, on_the_day.counted) == (315, 9)
    assert on_the_day.excluded == {}
    later = await average_on(town, team, "2027-03-01")
    assert (later.sum_of_ages, later.counted) == (316, 9)


async def test_a_birthday_counts_from_its_day_on(town: Town) -> None:
    team = await town.team()
    await town.joined(team, name="许文静", born=day("1990-04-26"))

    assert (await average_on(town, team, "04-25")).sum_of_ages == 35
    assert (await average_on(town, team, "04-26")).sum_of_ages == 36


async def test_who_cannot_be_counted_is_left_out_with_the_reason(town: Town) -> None:
    team = await town.team()
    await town.joined(team, name="许文静", born=day("1990-04-26"))
    await town.joined(team, name="熊立秋")
    await town.joined(team, name="郭启明", born=day("1999-03-05"), until="05-31")
    figure = await average_on(town, team, "06-01")

    assert (figure.sum_of_ages, figure.counted) == (36, 1)
    assert figure.excluded == {"no_birth_date": 1}


async def test_a_residents_birth_date_comes_from_the_archive(town: Town) -> None:
    team = await town.team()
    await town.joined(team, resident_id=town.resident("田桂兰", day("1955-04-12")))

    assert (await average_on(town, team, "06-01")).sum_of_ages == 71


async def test_the_figure_opens_its_rows(town: Town) -> None:
    team = await town.team()
    counted = await town.joined(team, name="许文静", born=day("1990-04-26"))
    await town.joined(team, name="熊立秋")
    rows = await town.room.queries.average_age_rows(
        town.secretary, team.id, day("06-01"), first=20, after=None
    )

    assert [shown.membership.id for shown in rows.items] == [counted.id]


async def test_of_nobody_there_is_no_average(town: Town) -> None:
    figure = await average_on(town, await town.team(), "06-01")

    assert (figure.sum_of_ages, figure.counted, figure.excluded) == (0, 0, {})

"""A steward's account has the role for the term: not before, not after, not beyond the estates."""

import itertools
from datetime import date

import msgspec
import pytest
from residents.domain.account import Account, AccountState
from residents.domain.events import AccountRolesChanged, HeldRole
from residents.domain.roles import Role
from residents.domain.teams.errors import (
    EndOutsideTerm,
    NotAMemberThen,
    TermEndsBeforeItBegins,
)
from residents.domain.teams.membership import Membership
from residents.domain.teams.posts import TeamKind

from .town import COMMUNITY, Town, day


async def steward(
    town: Town, account_id: str | None = None, *, resident_id: str | None = None
) -> Membership:
    team = await town.team(TeamKind.RED_STEWARDS, "红色管家")
    return await town.joined(team, account_id=account_id, resident_id=resident_id)


async def test_the_role_reaches_the_estates_named(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    await town.appointed(town.appointment(await steward(town, account), estate))

    (role,) = await town.steward_roles(account)
    assert role.scope == (estate,)


async def test_the_role_comes_with_the_first_day_and_goes_with_the_last(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    new = town.appointment(
        await steward(town, account), estate, from_day="12-02", until_day="12-03"
    )
    await town.appointed(new)
    held = []
    for _ in range(4):
        held.append(len(await town.steward_roles(account)))
        town.now.advance(days=1)

    assert held == [0, 1, 1, 0]


async def test_a_day_that_has_no_end_is_refused(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    member = await steward(town, account)
    new = town.appointment(member, estate, until_day=None)
    endless = town.appointment(member, estate, until_day="9999-12-31")
    before = town.writes
    with pytest.raises(TermEndsBeforeItBegins):
        await town.appointed(endless)
    assert town.writes == before

    await town.appointed(new)
    with pytest.raises(EndOutsideTerm):
        await town.relieved(new, "9999-12-31")
    with pytest.raises(NotAMemberThen):
        await town.room.end_membership(
            town.secretary, member.id, on=date.max, request=town.request()
        )

    (role,) = await town.steward_roles(account)
    assert role.until is None


async def test_a_term_ended_today_ends_the_role_at_once(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    new = town.appointment(await steward(town, account), estate)
    await town.appointed(new)
    await town.relieved(new, "12-01")

    assert await town.steward_roles(account) == []


async def test_a_term_ended_from_a_later_day_keeps_the_role_until_then(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    new = town.appointment(await steward(town, account), estate)
    await town.appointed(new)
    await town.relieved(new, "12-02")

    assert len(await town.steward_roles(account)) == 1
    town.now.advance(days=2)
    assert await town.steward_roles(account) == []


async def test_a_term_called_off_never_gives_the_role(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    new = town.appointment(await steward(town, account), estate, from_day="12-10")
    await town.appointed(new)
    await town.relieved(new, "12-09")
    town.now.advance(days=10)

    assert await town.steward_roles(account) == []


async def test_leaving_the_team_or_its_end_takes_the_role(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    member = await steward(town, account)
    await town.appointed(town.appointment(member, estate))
    await town.room.end_team_memberships(
        COMMUNITY, member.team_id, last_day=day("11-30"), at=town.now()
    )
    await town.heard(member)

    assert await town.steward_roles(account) == []


async def test_who_is_appointed_while_the_team_is_dissolved_gets_no_role(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    member = await steward(town, account)
    await town.room.appoint(
        town.secretary, town.appointment(member, estate), request=town.request()
    )
    await town.room.dissolve_team(
        town.secretary, member.team_id, on=day("11-30"), request=town.request()
    )
    await town.heard(member)

    assert await town.steward_roles(account) == []


@pytest.mark.parametrize("times", [1, 5])
async def test_what_is_decides_however_often_and_in_which_order_it_is_heard(
    town: Town, times: int
) -> None:
    account = await town.account("孙浩然")
    member = await steward(town, account)
    kept, ended = (town.appointment(member, town.estate(name)) for name in ("云栖苑", "书香庭"))
    ended = type(ended)(
        ended.appointment_id, member.id, ended.post, "管家", day("2025-01-01"), day("2025-12-31"),
        ended.estate_ids,
    )  # fmt: skip
    await town.joined(
        await town.teams.get(COMMUNITY, member.team_id),
        account_id=account, on="2025-01-01", until="2025-12-31",
    )  # fmt: skip
    await town.room.appoint(town.secretary, ended, request=town.request())
    await town.room.appoint(town.secretary, kept, request=town.request())
    before = None
    for _ in itertools.repeat(None, times):
        await town.heard(member)
        after = await town.accounts.get(COMMUNITY, account)
        assert before in (None, after)
        before = after

    assert [role.source for role in await town.steward_roles(account)] == [kept.appointment_id]


async def test_a_resident_has_the_role_when_their_account_is_bound_and_loses_it(
    town: Town,
) -> None:
    resident, account = town.resident("王庆山"), await town.account("王庆山")
    await town.appointed(
        town.appointment(await steward(town, resident_id=resident), town.estate("槐荫里"))
    )
    assert await town.steward_roles(account) == []

    town.bindings.bound[account] = resident
    await town.room.settle_steward_roles.of_account(COMMUNITY, account)
    assert len(await town.steward_roles(account)) == 1

    del town.bindings.bound[account]
    await town.room.settle_steward_roles.of_account(COMMUNITY, account)
    assert await town.steward_roles(account) == []


async def test_an_account_that_is_gone_is_passed_over(town: Town) -> None:
    await town.room.settle_steward_roles.of_account(COMMUNITY, "account_gone")

    assert town.accounts.writes == 0


async def test_the_others_hear_of_a_role_given_and_taken_back(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")
    await town.accounts.change(COMMUNITY, account, activated)
    new = town.appointment(await steward(town, account), estate)
    clerk, held = HeldRole(Role.CLERK, None), HeldRole(Role.STEWARD, (estate,))

    await town.appointed(new)
    await town.relieved(new, "12-01")

    told = [each for each in town.accounts.events if isinstance(each, AccountRolesChanged)]
    assert [each.roles for each in told] == [(clerk, held), (clerk,)]


async def test_nobody_hears_of_a_role_of_somebody_who_never_came(town: Town) -> None:
    account, estate = await town.account("孙浩然"), town.estate("云栖苑")

    await town.appointed(town.appointment(await steward(town, account), estate))

    assert town.accounts.events == []


def activated(account: Account) -> tuple[Account, tuple[()]]:
    return msgspec.structs.replace(account, state=AccountState.ACTIVE), ()

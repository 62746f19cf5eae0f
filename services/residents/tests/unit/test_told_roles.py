"""What the others hear of what an account may act as."""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from residents.application.create_community import Founded
from residents.domain.account import Account
from residents.domain.events import AccountRolesChanged, Event, HeldRole
from residents.domain.facts import account_facts
from residents.domain.roles import Actor, Role, RoleGrant

from .office import Office

CONTRACTS = Contracts(Path(__file__).parents[4] / "contracts" / "events")
SECRETARY = HeldRole(Role.SECRETARY, None)
STEWARD = HeldRole(Role.STEWARD, ("estate_01jd8f6v5tev4b8f4z9x7m2k01",))


async def test_founding_a_community_tells_of_its_secretary(
    office: Office, founded: Founded
) -> None:
    assert told(office) == [news(founded.account, (SECRETARY,), office.now())]
    CONTRACTS.check(told(office)[0])


async def test_a_clerk_is_told_of_once_they_have_come(office: Office, secretary: Actor) -> None:
    office.accounts.events.clear()
    invited = await office.invite(secretary)
    assert told(office) == []

    await office.residents.activate_staff_account(invited.invitation_code, "a-good-long-password")

    assert told(office) == [news(invited.account, (HeldRole(Role.CLERK, None),), office.now())]


async def test_who_is_shut_out_may_act_as_nothing(office: Office, secretary: Actor) -> None:
    clerk, _ = await office.clerk(secretary)

    await office.residents.disable_staff_account(
        secretary, clerk.account_id, request=office.request(secretary, "d1")
    )

    assert told(office)[-1].roles == ()
    shut = await office.accounts.get(clerk.community_id, clerk.account_id)
    assert account_facts(shut, office.now())[-1] == told(office)[-1]


async def test_a_term_is_told_of_when_it_begins_and_when_it_ends(
    office: Office, founded: Founded
) -> None:
    begins_at = office.now() + timedelta(hours=1)
    ends_at = begins_at + timedelta(days=1)
    grant = RoleGrant(Role.STEWARD, STEWARD.scope, since=begins_at, until=ends_at, source="a_1")
    account = await granted(office, founded.account, grant)
    office.accounts.events.clear()

    await office.residents.tell_roles()
    assert told(office) == []

    office.now.at = begins_at
    await office.residents.tell_roles()
    await office.residents.tell_roles()
    office.now.at = ends_at
    await office.residents.tell_roles()
    await office.residents.tell_roles()

    assert told(office) == [
        news(account, (SECRETARY, STEWARD), begins_at),
        news(account, (SECRETARY,), ends_at),
    ]


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "from before it was told"])
async def test_the_facts_are_what_was_told(office: Office, founded: Founded, is_told: bool) -> None:
    account = founded.account
    if not is_told:
        account = await office.accounts.change(account.community_id, account.id, untold)

    assert account_facts(account, office.now()) == (news(account, (SECRETARY,), office.now()),)


def told(office: Office) -> list[AccountRolesChanged]:
    return [each for each in office.accounts.events if isinstance(each, AccountRolesChanged)]


def news(account: Account, roles: tuple[HeldRole, ...], at: datetime) -> AccountRolesChanged:
    return AccountRolesChanged(account.community_id, account.id, roles, at)


async def granted(office: Office, account: Account, grant: RoleGrant) -> Account:
    def give(held: Account) -> tuple[Account, tuple[Event, ...]]:
        given, _ = held.grant_role(grant, office.now())
        return given.tell_roles(office.now())

    return await office.accounts.change(account.community_id, account.id, give)


def untold(account: Account) -> tuple[Account, tuple[()]]:
    return msgspec.structs.replace(account, roles_told_at=None), ()

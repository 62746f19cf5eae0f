"""Roles with a term: what a token carries, and for how long."""

from datetime import datetime, timedelta

import pytest
from residents.application.create_community import Founded
from residents.domain.account import MOST_ROLES, Account
from residents.domain.errors import TooManyRoles
from residents.domain.roles import Role, RoleGrant

from .office import Office

STEWARD = RoleGrant(Role.STEWARD, scope=("estate_a",), source="appointment_1")


async def test_a_role_that_was_given_is_in_the_next_token(office: Office, founded: Founded) -> None:
    account = await given(office, founded.account, STEWARD)

    await office.log_in("secretary", founded.totp_secret)

    assert STEWARD in account.roles
    assert [grant.role for grant in office.tokens.issued[-1].roles] == [
        Role.SECRETARY,
        Role.STEWARD,
    ]


async def test_a_token_ends_with_the_term_of_a_role(office: Office, founded: Founded) -> None:
    ends_at = office.now() + timedelta(minutes=3)
    await given(office, founded.account, RoleGrant(Role.STEWARD, (), until=ends_at, source="a_1"))

    logged_in = await office.log_in("secretary", founded.totp_secret)

    assert logged_in.expires_at == ends_at


async def test_a_role_before_and_after_its_term_is_in_no_token(
    office: Office, founded: Founded
) -> None:
    begins_at = office.now() + timedelta(minutes=1)
    grant = RoleGrant(
        Role.STEWARD, (), since=begins_at, until=begins_at + timedelta(days=1), source="a_1"
    )
    account = await given(office, founded.account, grant)

    assert grant not in account.roles_in_force(begins_at - timedelta(milliseconds=1))
    assert grant in account.roles_in_force(begins_at)
    assert grant not in account.roles_in_force(begins_at + timedelta(days=1))


def test_a_source_replaces_what_it_gave_and_takes_back_only_that(founded: Founded) -> None:
    at = founded.account.created_at
    wider = RoleGrant(Role.STEWARD, scope=("estate_a", "estate_b"), source="appointment_1")
    other = RoleGrant(Role.STEWARD, scope=("estate_c",), source="appointment_2")

    account, _ = founded.account.grant_role(STEWARD, at)
    again, _ = account.grant_role(STEWARD, at)
    account, _ = again.grant_role(wider, at)
    account, _ = account.grant_role(other, at)
    after, _ = account.withdraw_roles("appointment_1")

    assert again.roles == (RoleGrant(Role.SECRETARY), STEWARD)
    assert account.roles == (RoleGrant(Role.SECRETARY), wider, other)
    assert after.roles == (RoleGrant(Role.SECRETARY), other)


def test_roles_whose_term_is_over_make_room_for_new_ones(founded: Founded) -> None:
    at = founded.account.created_at
    account = founded.account
    for number in range(MOST_ROLES - 1):
        account, _ = account.grant_role(a_steward(number, until=None), at)

    with pytest.raises(TooManyRoles):
        account.grant_role(a_steward(MOST_ROLES, until=None), at)

    account = founded.account
    for number in range(MOST_ROLES - 1):
        account, _ = account.grant_role(a_steward(number, until=at), at - timedelta(days=1))
    account, _ = account.grant_role(STEWARD, at)
    assert account.roles == (RoleGrant(Role.SECRETARY), STEWARD)


def a_steward(number: int, *, until: datetime | None) -> RoleGrant:
    return RoleGrant(Role.STEWARD, (), until=until, source=f"appointment_{number}")


async def given(office: Office, account: Account, grant: RoleGrant) -> Account:
    return await office.accounts.change(
        account.community_id, account.id, lambda held: held.grant_role(grant, office.now())
    )

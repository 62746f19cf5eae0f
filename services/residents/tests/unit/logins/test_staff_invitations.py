"""Invitations that nobody has taken: listed, issued again, withdrawn."""

from datetime import timedelta

import pytest
from chassis.errors import Forbidden
from residents.application.create_staff_account import Invited
from residents.domain.account import Account, AccountState
from residents.domain.archive.errors import EstateNotFound
from residents.domain.errors import (
    AccountNotFound,
    InvitationInvalid,
    InvitationNotOpen,
    UsernameTaken,
)
from residents.domain.events import AccountDisabled
from residents.domain.roles import Actor, Role, RoleGrant

from ..office import PASSWORD, actor_of
from .refusals import refused
from .village import Village


async def reissue(
    village: Village, by: Actor, account: Account, *, request_id: str = "n1"
) -> Invited:
    request = village.request(by, request_id, account=account.id)
    return await village.logins_room.reissue_invitation(by, account.id, request=request)


async def withdraw(
    village: Village, by: Actor, account: Account, *, request_id: str = "w1"
) -> Account:
    request = village.request(by, request_id, account=account.id)
    return await village.logins_room.withdraw_invitation(by, account.id, request=request)


async def test_those_that_wait_are_listed(village: Village, secretary: Actor) -> None:
    taken = await village.invite(secretary, request_id="1", username="clerk-1")
    await village.residents.activate_staff_account(taken.invitation_code, PASSWORD)
    waiting = await village.invite(secretary, request_id="2", username="clerk-2")

    page = await village.logins_room.staff_invitations(secretary, first=10, after=None)

    assert [account.id for account in page.items] == [waiting.account.id]


async def test_another_code_voids_the_one_before(village: Village, secretary: Actor) -> None:
    first = await village.invite(secretary)
    village.now.advance(days=8)

    second = await reissue(village, secretary, first.account)

    assert second.invitation_code != first.invitation_code
    assert second.account.invitation is not None
    assert second.account.invitation.expires_at == village.now() + timedelta(days=7)
    with pytest.raises(InvitationInvalid):
        await village.residents.activate_staff_account(first.invitation_code, PASSWORD)
    active = await village.residents.activate_staff_account(second.invitation_code, PASSWORD)
    assert active.account.state is AccountState.ACTIVE


async def test_a_repeat_gives_the_same_code(village: Village, secretary: Actor) -> None:
    first = await village.invite(secretary)
    second = await reissue(village, secretary, first.account)
    writes = village.writes

    again = await reissue(village, secretary, first.account)
    third = await reissue(village, secretary, first.account, request_id="n2")

    assert again.invitation_code == second.invitation_code
    assert third.invitation_code != second.invitation_code
    assert village.writes > writes


async def test_a_username_that_lapsed_and_went_to_another_is_named(
    village: Village, secretary: Actor
) -> None:
    first = await village.invite(secretary, request_id="1", username="clerk-1")
    village.now.advance(days=8)
    await village.invite(secretary, request_id="2", username="clerk-1")

    command = reissue(village, secretary, first.account)
    await refused(village, command, UsernameTaken, "USERNAME_TAKEN")


async def test_a_withdrawn_one_opens_nothing_and_frees_its_name(
    village: Village, secretary: Actor
) -> None:
    first = await village.invite(secretary, request_id="1", username="clerk-1")

    account = await withdraw(village, secretary, first.account)

    assert account.state is AccountState.DISABLED
    assert [type(event) for event in village.accounts.events] == [AccountDisabled]
    with pytest.raises(InvitationInvalid):
        await village.residents.activate_staff_account(first.invitation_code, PASSWORD)
    second = await village.invite(secretary, request_id="2", username="clerk-1")
    assert await village.residents.activate_staff_account(second.invitation_code, PASSWORD)


async def test_one_that_was_taken_is_neither_issued_again_nor_withdrawn(
    village: Village, secretary: Actor
) -> None:
    taken = await village.invite(secretary)
    active = await village.residents.activate_staff_account(taken.invitation_code, PASSWORD)

    for command in (
        reissue(village, secretary, active.account),
        withdraw(village, secretary, active.account),
    ):
        await refused(village, command, InvitationNotOpen, "INVITATION_NOT_OPEN")


async def test_another_communitys_is_unknown(village: Village, secretary: Actor) -> None:
    invited = await village.invite(secretary)
    stranger = actor_of("community_other", "account_other", Role.SECRETARY)

    for command in (
        reissue(village, stranger, invited.account),
        withdraw(village, stranger, invited.account),
    ):
        await refused(village, command, AccountNotFound, "ACCOUNT_NOT_FOUND")


async def test_only_a_secretary_has_to_do_with_them(village: Village, secretary: Actor) -> None:
    invited = await village.invite(secretary)
    before = village.writes
    for role in set(Role) - {Role.SECRETARY}:
        other = actor_of(village.community_id, "account_other", role)
        for command in (
            reissue(village, other, invited.account),
            withdraw(village, other, invited.account),
            village.logins_room.staff_invitations(other, first=10, after=None),
        ):
            with pytest.raises(Forbidden):
                await command
    assert village.writes == before


async def test_a_scope_is_of_estates_that_exist(village: Village, secretary: Actor) -> None:
    command = village.invite(secretary, scope=("estate_a", "estate_unknown"))
    await refused(village, command, EstateNotFound, "ESTATE_NOT_FOUND")

    invited = await village.invite(secretary, scope=("estate_a",))
    assert invited.account.roles == (RoleGrant(Role.CLERK, ("estate_a",)),)


async def test_a_secretary_of_an_estate_takes_no_invitation_of_the_whole(
    village: Village, secretary: Actor
) -> None:
    leader = actor_of(village.community_id, "account_s", Role.SECRETARY, scope=("estate_a",))
    of_all = await village.invite(secretary, request_id="1", username="clerk-1")
    of_one = await village.invite(
        secretary, request_id="2", username="clerk-2", scope=("estate_a",)
    )

    for command in (
        reissue(village, leader, of_all.account),
        withdraw(village, leader, of_all.account),
    ):
        await refused(village, command, AccountNotFound, "ACCOUNT_NOT_FOUND")
    assert (await reissue(village, leader, of_one.account)).account.id == of_one.account.id

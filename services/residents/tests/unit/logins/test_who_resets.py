"""Which two people may have the credentials of a third reset."""

from datetime import timedelta

import msgspec
import pytest
from chassis.errors import Forbidden
from residents.domain.logins.errors import (
    ResetNotFound,
    ResetOfOneself,
    SecondPersonNeeded,
    SecretaryNeeded,
)
from residents.domain.roles import Actor, Role, RoleGrant

from ..office import actor_of
from .reset_desk import Desk


async def test_nobody_has_a_hand_in_their_own(desk: Desk, secretary: Actor) -> None:
    subject = await desk.colleague("clerk-1")

    await desk.refuses(desk.ask(subject, subject), ResetOfOneself, "RESET_OF_ONESELF")
    reset_id = await desk.ask(secretary, subject)
    command = desk.approve(subject, subject, reset_id)
    await desk.refuses(command, ResetOfOneself, "RESET_OF_ONESELF")


async def test_one_person_is_not_two(desk: Desk, secretary: Actor) -> None:
    subject = await desk.colleague("clerk-1")
    reset_id = await desk.ask(secretary, subject)

    command = desk.approve(secretary, subject, reset_id)
    await desk.refuses(command, SecondPersonNeeded, "SECOND_PERSON_NEEDED")


async def test_one_of_the_two_is_a_secretary(desk: Desk) -> None:
    one, two = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    subject = await desk.colleague("auditor-1", Role.AUDITOR)
    reset_id = await desk.ask(one, subject)

    command = desk.approve(two, subject, reset_id)
    await desk.refuses(command, SecretaryNeeded, "SECRETARY_NEEDED")


async def test_for_the_only_secretary_any_two_others_do(desk: Desk, secretary: Actor) -> None:
    one, two = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")

    assert await desk.code(one, two, secretary)


async def test_for_one_of_two_secretaries_the_other_is_needed(desk: Desk, secretary: Actor) -> None:
    """However long the list of staff: the first secretary is the last of it."""
    one, two = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    subject = await desk.colleague("second", Role.SECRETARY)
    await _many_more_clerks(desk, like=one)
    reset_id = await desk.ask(one, subject)

    command = desk.approve(two, subject, reset_id)
    await desk.refuses(command, SecretaryNeeded, "SECRETARY_NEEDED")
    assert await desk.approve(secretary, subject, reset_id)


async def test_who_is_no_secretary_of_the_whole_community_now_is_not_waited_for(
    desk: Desk, secretary: Actor
) -> None:
    village = desk.village
    one, two = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    await village.invite(secretary, request_id="invited", username="invited", role=Role.SECRETARY)
    shut = await desk.colleague("shut", Role.SECRETARY)
    await village.residents.disable_staff_account(
        secretary, shut.account_id, request=village.request(secretary, "d1")
    )
    for username, grant in (
        ("of-an-estate", RoleGrant(Role.SECRETARY, ("estate_a",))),
        ("of-before", RoleGrant(Role.SECRETARY, until=village.now())),
    ):
        await _give_only(desk, await desk.colleague(username), grant)

    assert await desk.code(one, two, secretary)


async def test_others_neither_ask_nor_approve_nor_see(desk: Desk, secretary: Actor) -> None:
    subject = await desk.colleague("clerk-1")
    reset_id = await desk.ask(secretary, subject)
    before = desk.village.writes
    for role in (Role.RESIDENT, Role.STEWARD, Role.AUDITOR, Role.MERCHANT, Role.PARTNER):
        stranger = actor_of(desk.village.community_id, "account_other", role)
        with pytest.raises(Forbidden):
            await desk.ask(stranger, subject)
        with pytest.raises(Forbidden):
            await desk.approve(stranger, subject, reset_id)
        with pytest.raises(Forbidden):
            await desk.village.logins_room.credential_resets(stranger, first=10, after=None)
    assert desk.village.writes == before


async def test_who_answers_for_an_estate_resets_nobodys(desk: Desk, secretary: Actor) -> None:
    subject = await desk.colleague("clerk-1")
    reset_id = await desk.ask(secretary, subject)
    before = desk.village.writes
    for role in (Role.CLERK, Role.SECRETARY):
        scoped = actor_of(desk.village.community_id, "account_s", role, scope=("estate_a",))
        for command in (
            desk.ask(scoped, subject),
            desk.approve(scoped, subject, reset_id),
            desk.village.logins_room.credential_resets(scoped, first=10, after=None),
        ):
            with pytest.raises(Forbidden):
                await command
    assert desk.village.writes == before


async def test_the_secretary_among_the_two_is_of_the_whole_community(desk: Desk) -> None:
    one, two = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    subject = await desk.colleague("clerk-3")
    of_an_estate = RoleGrant(Role.SECRETARY, ("estate_a",))
    mixed = msgspec.structs.replace(two, roles=(*two.roles, of_an_estate))
    reset_id = await desk.ask(one, subject)

    command = desk.approve(mixed, subject, reset_id)
    await desk.refuses(command, SecretaryNeeded, "SECRETARY_NEEDED")


async def test_who_was_shut_out_since_asked_for_nothing(desk: Desk, secretary: Actor) -> None:
    village = desk.village
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    reset_id = await desk.ask(helper, subject)
    await village.residents.disable_staff_account(
        secretary, helper.account_id, request=village.request(secretary, "d1")
    )

    command = desk.approve(secretary, subject, reset_id)
    await desk.refuses(command, ResetNotFound, "RESET_NOT_FOUND")


async def test_who_is_secretary_no_more_does_not_stand_for_one(desk: Desk) -> None:
    first = await desk.colleague("first-1", Role.SECRETARY)
    clerk, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    reset_id = await desk.ask(first, subject)
    await _give_only(desk, first, RoleGrant(Role.CLERK))

    command = desk.approve(clerk, subject, reset_id)
    await desk.refuses(command, SecretaryNeeded, "SECRETARY_NEEDED")


async def _give_only(desk: Desk, colleague: Actor, grant: RoleGrant) -> None:
    await desk.village.accounts.change(
        colleague.community_id,
        colleague.account_id,
        lambda account: (msgspec.structs.replace(account, roles=(grant,)), ()),
    )


async def _many_more_clerks(desk: Desk, *, like: Actor) -> None:
    accounts = desk.village.accounts
    clerk = await accounts.get(like.community_id, like.account_id)
    for number in range(120):
        at = clerk.created_at + timedelta(seconds=number)
        await accounts.add(
            msgspec.structs.replace(clerk, id=f"account_clerk_{number}", created_at=at)
        )

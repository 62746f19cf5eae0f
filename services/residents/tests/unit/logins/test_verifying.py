"""Bindings verified by another, of one resident each, whatever crashes in between."""

import asyncio

import msgspec
import pytest
from chassis.errors import Forbidden
from chassis.ids import derived_id
from residents.domain.account import Account
from residents.domain.archive.errors import HouseholdNotFound, ResidentNotFound
from residents.domain.logins.binding import BindingState
from residents.domain.logins.binding_rules import person_key
from residents.domain.logins.errors import (
    BindingDecided,
    BindingNotFound,
    ResidentAlreadyClaimed,
    ResidentOfAnotherHousehold,
    VerifyingOneself,
)
from residents.domain.logins.events import AccountBound
from residents.domain.roles import Actor, Role, RoleGrant

from ..office import actor_of
from .refusals import refused
from .village import Village


class TestVerifying:
    async def test_the_account_is_the_resident_from_now_on(
        self, village: Village, secretary: Actor
    ) -> None:
        resident = await village.resident("o-1", "u-1")
        household = village.household()
        member = village.member(household)
        binding_id = await village.ask_binding(resident, household)

        account = await village.verify(secretary, binding_id, member)

        key = derived_id("person", member)
        assert account.roles == (RoleGrant(Role.RESIDENT, ("estate_a",)),)
        assert person_key(account) == key
        assert village.accounts.events == [
            AccountBound(
                community_id=village.community_id,
                account_id=account.id,
                person_key=key,
                resident_id=member,
                household_id=household,
                estate_id="estate_a",
                building_id="building_1",
                union_mark=village.pseudonyms.union_mark("u-1"),
                bound_at=village.now(),
            )
        ]

    async def test_before_it_the_account_has_a_pseudonym_of_its_own(
        self, village: Village, resident: Actor
    ) -> None:
        account = await village.account(resident)

        assert person_key(account) == derived_id("person", account.id)

    async def test_the_next_token_is_for_the_estate(
        self, village: Village, secretary: Actor
    ) -> None:
        logged_in = await village.come("o-1")
        resident = await village.resident("o-1")
        await village.home(resident, secretary)

        await village.residents.refresh_session(logged_in.refresh_token)

        assert village.tokens.issued[-1].roles == (RoleGrant(Role.RESIDENT, ("estate_a",)),)

    async def test_somebody_new_is_handed_to_the_archive_once(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        village.mini_program.phones["p-1"] = "17337406812"
        await village.logins_room.give_phone_number(
            resident, "p-1", request=village.request(resident, "p1")
        )
        household = village.household()
        binding_id = await village.ask_binding(resident, household, name="王新来")
        await village.verify(secretary, binding_id, None)
        (bound,) = village.accounts.events
        assert isinstance(bound, AccountBound)

        for _ in range(3):
            await village.logins_room.settle_bound_resident(
                bound.community_id, bound.account_id, bound.resident_id
            )

        (added,) = village.archive.added.values()
        assert (added.name, added.phone, added.household_id) == (
            "王新来",
            "17337406812",
            household,
        )
        assert added.person_key == bound.person_key
        assert village.archive.confirmed == []

    async def test_somebody_known_is_confirmed_to_the_archive(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        home = await village.home(resident, secretary)

        await village.logins_room.settle_bound_resident(
            resident.community_id, resident.account_id, home.member
        )

        assert village.archive.confirmed == [home.member]
        assert village.archive.added == {}

    async def test_what_was_revoked_meanwhile_settles_nothing(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())
        account = await village.verify(secretary, binding_id, None)
        await village.revoke(resident, binding_id)

        new = account.bindings[0].resident
        assert new is not None
        await village.logins_room.settle_bound_resident(
            account.community_id, account.id, new.resident_id
        )

        assert village.archive.added == {}

    async def test_a_steward_verifies_in_their_estates_alone(
        self, village: Village, resident: Actor
    ) -> None:
        household = village.household(estate_id="estate_a")
        member = village.member(household)
        binding_id = await village.ask_binding(resident, household)

        command = village.verify(village.steward("estate_b"), binding_id, member)
        await refused(village, command, BindingNotFound, "BINDING_NOT_FOUND")
        account = await village.verify(village.steward("estate_a"), binding_id, member)
        assert account.bindings[0].is_verified

    async def test_another_communitys_binding_is_unknown(
        self, village: Village, resident: Actor
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())
        stranger = actor_of("community_other", "account_other", Role.SECRETARY)

        command = village.verify(stranger, binding_id, None)
        await refused(village, command, BindingNotFound, "BINDING_NOT_FOUND")

    async def test_nobody_verifies_themselves(self, village: Village, resident: Actor) -> None:
        household = village.household()
        member = village.member(household)
        binding_id = await village.ask_binding(resident, household)
        as_steward = Actor(
            resident.account_id,
            resident.community_id,
            "",
            (*resident.roles, RoleGrant(Role.STEWARD, ("estate_a",))),
        )

        for command in (
            village.verify(as_steward, binding_id, member),
            village.verify(as_steward, binding_id, None),
            village.refuse(as_steward, binding_id),
        ):
            await refused(village, command, VerifyingOneself, "VERIFYING_ONESELF")

    async def test_residents_and_auditors_verify_nothing(
        self, village: Village, resident: Actor
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())
        before = village.writes
        for role in (Role.RESIDENT, Role.AUDITOR, Role.MERCHANT, Role.PARTNER):
            with pytest.raises(Forbidden):
                await village.verify(actor_of(village.community_id, "a", role), binding_id, None)
        assert village.writes == before

    async def test_who_is_not_of_the_household_is_named(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())
        elsewhere = village.member(village.household("302"))
        gone = village.member(None, "迁走")

        for member in (elsewhere, gone):
            await refused(
                village,
                village.verify(secretary, binding_id, member),
                ResidentOfAnotherHousehold,
                "RESIDENT_OF_ANOTHER_HOUSEHOLD",
            )
        await refused(
            village,
            village.verify(secretary, binding_id, "resident_unknown"),
            ResidentNotFound,
            "RESIDENT_NOT_FOUND",
        )

    async def test_a_household_that_is_gone_is_named(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())
        village.archive.places.clear()

        command = village.verify(secretary, binding_id, None)
        await refused(village, command, HouseholdNotFound, "HOUSEHOLD_NOT_FOUND")

    async def test_a_resident_is_of_one_account(self, village: Village, secretary: Actor) -> None:
        household = village.household()
        member = village.member(household)
        first = await village.ask_binding(await village.resident("o-1"), household)
        second = await village.ask_binding(await village.resident("o-2"), household)
        await village.verify(secretary, first, member)

        command = village.verify(secretary, second, member, request_id="v2")
        await refused(village, command, ResidentAlreadyClaimed, "RESIDENT_ALREADY_CLAIMED")

    async def test_of_two_accounts_that_claim_one_resident_at_once_one_wins(
        self, village: Village, secretary: Actor
    ) -> None:
        household = village.household()
        member = village.member(household)
        asked = [
            await village.ask_binding(await village.resident(f"o-{n}"), household) for n in range(4)
        ]

        outcomes = await asyncio.gather(
            *(village.verify(secretary, each, member, request_id=each) for each in asked),
            return_exceptions=True,
        )

        refusals = [each for each in outcomes if isinstance(each, BaseException)]
        assert [type(each) for each in refusals] == [ResidentAlreadyClaimed] * 3
        assert len(village.accounts.events) == 1

    async def test_once_it_ended_the_resident_is_free(
        self, village: Village, secretary: Actor
    ) -> None:
        household = village.household()
        member = village.member(household)
        first = await village.resident("o-1")
        held = await village.ask_binding(first, household)
        await village.verify(secretary, held, member)
        await village.revoke(first, held)

        other = await village.ask_binding(await village.resident("o-2"), household)
        account = await village.verify(secretary, other, member, request_id="v2")

        assert account.bindings[0].is_verified
        bound = village.logins_room.bound_accounts
        assert await bound.accounts_of(village.community_id, member) == [account.id]
        assert await bound.resident_ids_of(village.community_id, first.account_id) == []

    async def test_a_claim_left_by_a_crash_is_gone_on_with_or_replaced(
        self, village: Village, secretary: Actor
    ) -> None:
        household = village.household()
        member = village.member(household)
        first = await village.resident("o-1")
        stopped = await village.ask_binding(first, household)
        other = await village.ask_binding(await village.resident("o-2"), household)
        await village.verify(secretary, stopped, member)
        await _as_before_the_last_write(village, first, stopped)

        command = village.verify(secretary, other, member, request_id="v2")
        await refused(village, command, ResidentAlreadyClaimed, "RESIDENT_ALREADY_CLAIMED")
        await village.refuse(secretary, stopped)
        account = await village.verify(secretary, other, member, request_id="v3")
        assert account.bindings[0].is_verified

    async def test_the_same_verification_goes_on_after_a_crash(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        home = await village.home(resident, secretary)
        await _as_before_the_last_write(village, resident, home.binding_id)

        account = await village.verify(secretary, home.binding_id, home.member, request_id="v2")

        assert account.bindings[0].is_verified

    async def test_a_claim_on_somebody_it_was_not_after_all_is_void(
        self, village: Village, secretary: Actor
    ) -> None:
        household = village.household()
        husband, wife = village.member(household, "夫"), village.member(household, "妻")
        first = await village.resident("o-1")
        asked = await village.ask_binding(first, household)
        await village.verify(secretary, asked, wife)
        await _as_before_the_last_write(village, first, asked)
        await village.verify(secretary, asked, husband, request_id="v2")

        other = await village.ask_binding(await village.resident("o-2"), household)
        account = await village.verify(secretary, other, wife, request_id="v3")

        assert account.bindings[0].is_verified

    async def test_it_is_verified_once(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        household = village.household()
        member = village.member(household)
        binding_id = await village.ask_binding(resident, household)
        first = await village.verify(secretary, binding_id, member)

        assert await village.verify(secretary, binding_id, member) == first
        for command in (
            village.verify(secretary, binding_id, member, request_id="v2"),
            village.refuse(secretary, binding_id),
        ):
            await refused(village, command, BindingDecided, "BINDING_DECIDED")
        assert len(village.accounts.events) == 1

    async def test_a_unionid_that_comes_later_is_told_to_who_joins_by_it(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        await village.home(resident, secretary)

        await village.come("o-1", "u-1")

        marks = [e.union_mark for e in village.accounts.events if isinstance(e, AccountBound)]
        assert marks == [None, village.pseudonyms.union_mark("u-1")]


async def _as_before_the_last_write(village: Village, actor: Actor, binding_id: str) -> None:
    """The account as a crash after the claim leaves it: the binding waits."""

    def wait_again(account: Account) -> tuple[Account, tuple[()]]:
        waiting = tuple(
            msgspec.structs.replace(each, state=BindingState.REQUESTED, resident=None)
            if each.id == binding_id
            else each
            for each in account.bindings
        )
        return msgspec.structs.replace(account, bindings=waiting), ()

    await village.accounts.change(actor.community_id, actor.account_id, wait_again)

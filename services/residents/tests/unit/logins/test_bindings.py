"""Bindings: asked for by one, verified by another, of one resident each."""

import asyncio
from collections.abc import Awaitable

import msgspec
import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.ids import derived_id
from residents.application.privacy.ports import Purpose
from residents.domain.account import Account
from residents.domain.archive.errors import HouseholdNotFound, ResidentNotFound
from residents.domain.errors import NameInvalid, ResidentsError
from residents.domain.logins.binding import BindingState
from residents.domain.logins.binding_rules import CLOSED_KEPT, MOST_BINDINGS, person_key
from residents.domain.logins.errors import (
    BindingDecided,
    BindingExists,
    BindingNotFound,
    ConsentRequired,
    ReasonInvalid,
    ResidentAlreadyClaimed,
    ResidentOfAnotherHousehold,
    TooManyBindings,
    VerifyingOneself,
    WeChatCodeInvalid,
)
from residents.domain.logins.events import AccountBound, AccountUnbound
from residents.domain.roles import Actor, Role, RoleGrant

from ..office import actor_of
from .village import UNBOUND, Village

BOUND_AND_UNBOUND = [AccountBound.type, AccountUnbound.type]


async def refused(
    village: Village, command: Awaitable[object], error: type[ResidentsError], code: str
) -> None:
    before = village.writes
    with pytest.raises(error) as refusal:
        await command
    assert refusal.value.code == code
    assert village.writes == before


class TestPhone:
    async def test_a_number_that_wechat_vouches_for_is_kept(
        self, village: Village, resident: Actor
    ) -> None:
        village.mini_program.phones["p-1"] = "17337406812"
        request = village.request(resident, "p1", code="p-1")

        account = await village.logins_room.give_phone_number(resident, "p-1", request=request)

        assert account.phone == "17337406812"
        assert account.phone_mark == village.pseudonyms.phone_mark("17337406812")

    async def test_a_repeat_asks_wechat_no_second_time(
        self, village: Village, resident: Actor
    ) -> None:
        village.mini_program.phones["p-1"] = "17337406812"
        request = village.request(resident, "p1", code="p-1")
        first = await village.logins_room.give_phone_number(resident, "p-1", request=request)
        asked, writes = village.mini_program.asked, village.writes

        again = await village.logins_room.give_phone_number(resident, "p-1", request=request)

        assert again == first
        assert (village.mini_program.asked, village.writes) == (asked, writes)
        with pytest.raises(RequestIdReused):
            await village.logins_room.give_phone_number(
                resident, "p-2", request=village.request(resident, "p1", code="p-2")
            )

    async def test_a_bad_code_changes_nothing(self, village: Village, resident: Actor) -> None:
        request = village.request(resident, "p1", code="nonsense")
        command = village.logins_room.give_phone_number(resident, "nonsense", request=request)

        await refused(village, command, WeChatCodeInvalid, "WECHAT_CODE_INVALID")

    async def test_staff_give_none(self, village: Village, secretary: Actor) -> None:
        with pytest.raises(Forbidden):
            await village.logins_room.give_phone_number(
                secretary, "p-1", request=village.request(secretary, "p1")
            )


class TestAsking:
    async def test_a_binding_waits_and_gives_nothing(
        self, village: Village, resident: Actor
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())

        account = await village.account(resident)
        assert (await village.binding(resident, binding_id)).state is BindingState.REQUESTED
        assert account.roles == UNBOUND
        assert account.waiting_since == village.now()
        assert account.waiting_estates == ("estate_a",)
        assert village.accounts.events == []

    async def test_a_repeat_changes_nothing_even_when_consent_is_gone(
        self, village: Village, resident: Actor
    ) -> None:
        household = village.household()
        await village.ask_binding(resident, household)
        writes = village.writes
        village.consents.given.clear()

        await village.ask_binding(resident, household)

        assert village.writes == writes

    async def test_without_consent_nothing_is_asked(
        self, village: Village, resident: Actor
    ) -> None:
        village.consents.given = {(resident.account_id, Purpose.PHOTOS)}
        command = village.ask_binding(resident, village.household())

        await refused(village, command, ConsentRequired, "CONSENT_REQUIRED")

    async def test_a_household_that_does_not_exist_is_named(
        self, village: Village, resident: Actor
    ) -> None:
        command = village.ask_binding(resident, "household_unknown")

        await refused(village, command, HouseholdNotFound, "HOUSEHOLD_NOT_FOUND")

    @pytest.mark.parametrize("name", ["", "  ", "长" * 51, "两\n行"])
    async def test_a_name_that_is_none_is_named(
        self, village: Village, resident: Actor, name: str
    ) -> None:
        command = village.ask_binding(resident, village.household(), name=name)

        await refused(village, command, NameInvalid, "NAME_INVALID")

    async def test_one_household_is_asked_for_once(self, village: Village, resident: Actor) -> None:
        household = village.household()
        await village.ask_binding(resident, household)
        command = village.ask_binding(resident, household, request_id="b2")

        await refused(village, command, BindingExists, "BINDING_EXISTS")

    async def test_an_account_has_five_at_most(self, village: Village, resident: Actor) -> None:
        for n in range(MOST_BINDINGS):
            await village.ask_binding(resident, village.household(str(n)), request_id=f"b{n}")
        command = village.ask_binding(resident, village.household("6"), request_id="b6")

        await refused(village, command, TooManyBindings, "TOO_MANY_BINDINGS")

    async def test_of_those_that_ended_the_last_few_are_kept(
        self, village: Village, resident: Actor
    ) -> None:
        household = village.household()
        for n in range(CLOSED_KEPT + 3):
            village.now.advance(minutes=1)
            asked = await village.ask_binding(resident, household, request_id=f"b{n}")
            await village.revoke(resident, asked, request_id=f"k{n}")

        account = await village.account(resident)
        assert len(account.bindings) == CLOSED_KEPT
        assert set(account.binding_words or {}) == {each.id for each in account.bindings}
        assert account.waiting_since is None

    async def test_staff_ask_for_none(self, village: Village, secretary: Actor) -> None:
        with pytest.raises(Forbidden):
            await village.ask_binding(secretary, village.household())


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
        household = village.household()
        binding_id = await village.ask_binding(resident, household)
        await village.verify(secretary, binding_id, village.member(household))

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
        household = village.household()
        member = village.member(household)
        binding_id = await village.ask_binding(resident, household)
        await village.verify(secretary, binding_id, member)

        await village.logins_room.settle_bound_resident(
            resident.community_id, resident.account_id, member
        )

        assert village.archive.confirmed == [member]
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
        household = village.household()
        member = village.member(household)
        binding_id = await village.ask_binding(resident, household)
        await village.verify(secretary, binding_id, member)
        await _as_before_the_last_write(village, resident, binding_id)

        account = await village.verify(secretary, binding_id, member, request_id="v2")

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
        household = village.household()
        binding_id = await village.ask_binding(resident, household)
        await village.verify(secretary, binding_id, village.member(household))

        await village.come("o-1", "u-1")

        marks = [e.union_mark for e in village.accounts.events if isinstance(e, AccountBound)]
        assert marks == [None, village.pseudonyms.union_mark("u-1")]


class TestEnding:
    async def test_a_refusal_says_why_and_gives_nothing(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())

        account = await village.refuse(secretary, binding_id, " 不是本户人员 ")

        assert account.bindings[0].state is BindingState.REFUSED
        assert (account.binding_words or {})[binding_id].reason == "不是本户人员"
        assert account.roles == UNBOUND
        assert account.waiting_since is None
        assert village.accounts.events == []

    async def test_ones_own_ends_with_its_right(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        household = village.household()
        binding_id = await village.ask_binding(resident, household)
        await village.verify(secretary, binding_id, village.member(household))
        village.now.advance(days=1)

        account = await village.revoke(resident, binding_id)

        assert account.roles == UNBOUND
        assert person_key(account) == derived_id("person", account.id)
        assert village.accounts.events[1:] == [
            AccountUnbound(village.community_id, account.id, household, village.now())
        ]
        command = village.revoke(resident, binding_id, request_id="k2")
        await refused(village, command, BindingDecided, "BINDING_DECIDED")

    async def test_a_request_taken_back_tells_nobody(
        self, village: Village, resident: Actor
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())

        await village.revoke(resident, binding_id)

        assert village.accounts.events == []

    async def test_of_two_homes_the_first_says_who_the_person_is(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        keys = []
        bindings = []
        for name, estate in (("301", "estate_b"), ("302", "estate_a")):
            village.now.advance(minutes=1)
            household = village.household(name, estate_id=estate)
            member = village.member(household)
            binding_id = await village.ask_binding(resident, household, request_id=name)
            await village.verify(secretary, binding_id, member, request_id=name)
            keys.append(derived_id("person", member))
            bindings.append(binding_id)
        account = await village.account(resident)
        assert account.roles == (RoleGrant(Role.RESIDENT, ("estate_a", "estate_b")),)
        assert person_key(account) == keys[0]

        after = await village.revoke(secretary, bindings[0])

        assert after.roles == (RoleGrant(Role.RESIDENT, ("estate_a",)),)
        assert person_key(after) == keys[1]
        told = village.accounts.events[2:]
        assert [event.type for event in told] == BOUND_AND_UNBOUND[::-1]
        assert isinstance(told[1], AccountBound)
        assert told[1].person_key == keys[1]

    @pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
    async def test_a_reason_is_needed(
        self, village: Village, resident: Actor, secretary: Actor, reason: str
    ) -> None:
        binding_id = await village.ask_binding(resident, village.household())

        for command in (
            village.refuse(secretary, binding_id, reason),
            village.revoke(secretary, binding_id, reason),
        ):
            await refused(village, command, ReasonInvalid, "REASON_INVALID")

    async def test_anothers_is_unknown(self, village: Village, resident: Actor) -> None:
        binding_id = await village.ask_binding(resident, village.household())
        neighbour = await village.resident("o-2")

        for actor in (neighbour, village.steward("estate_b")):
            command = village.revoke(actor, binding_id)
            await refused(village, command, BindingNotFound, "BINDING_NOT_FOUND")

    async def test_a_consent_withdrawn_ends_what_it_was_given_for(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        household = village.household()
        member = village.member(household)
        stands = await village.ask_binding(resident, household)
        await village.verify(secretary, stands, member)
        await village.ask_binding(resident, village.household("302"), request_id="b2")
        end = village.logins_room.end_bindings

        for _ in range(2):
            await end.of_account(village.community_id, resident.account_id, at=village.now())

        account = await village.account(resident)
        assert not any(each.is_open for each in account.bindings)
        assert [e.type for e in village.accounts.events] == BOUND_AND_UNBOUND

    async def test_a_consent_withdrawn_at_the_counter_ends_the_residents_own(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        household = village.household()
        member = village.member(household)
        stands = await village.ask_binding(resident, household)
        await village.verify(secretary, stands, member)
        waits = await village.ask_binding(resident, village.household("302"), request_id="b2")
        end = village.logins_room.end_bindings

        await end.of_resident(village.community_id, member, at=village.now())

        assert (await village.binding(resident, stands)).state is BindingState.REVOKED
        assert (await village.binding(resident, waits)).is_waiting

    async def test_who_moves_is_no_longer_bound_to_the_home_they_left(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        household = village.household()
        member = village.member(household)
        binding_id = await village.ask_binding(resident, household)
        await village.verify(secretary, binding_id, member)
        end, here = village.logins_room.end_bindings, village.community_id

        await end.of_home_left(here, "resident_unknown", None, at=village.now())
        await end.of_home_left(here, member, household, at=village.now())
        assert (await village.binding(resident, binding_id)).is_verified
        for _ in range(2):
            await end.of_home_left(here, member, None, at=village.now())

        assert (await village.binding(resident, binding_id)).state is BindingState.REVOKED
        assert [e.type for e in village.accounts.events] == BOUND_AND_UNBOUND


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

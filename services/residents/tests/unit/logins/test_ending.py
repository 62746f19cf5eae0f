"""Bindings refused, revoked, and ended by what else happens."""

import pytest
from chassis.ids import derived_id
from residents.domain.logins.binding import BindingState
from residents.domain.logins.binding_rules import person_key
from residents.domain.logins.errors import (
    BindingDecided,
    BindingNotFound,
    ReasonInvalid,
)
from residents.domain.logins.events import AccountBound, AccountUnbound
from residents.domain.roles import Actor, Role, RoleGrant

from .refusals import refused
from .village import UNBOUND, Village

BOUND_AND_UNBOUND = [AccountBound.type, AccountUnbound.type]


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
        home = await village.home(resident, secretary)
        village.now.advance(days=1)

        account = await village.revoke(resident, home.binding_id)

        assert account.roles == UNBOUND
        assert person_key(account) == derived_id("person", account.id)
        assert village.accounts.events[1:] == [
            AccountUnbound(village.community_id, account.id, home.household, village.now())
        ]
        command = village.revoke(resident, home.binding_id, request_id="k2")
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
        await village.home(resident, secretary)
        await village.ask_binding(resident, village.household("302"), request_id="b2")
        end = village.logins_room.end_bindings

        for _ in range(2):
            await end.of_account(
                village.community_id, resident.account_id, withdrawn_at=village.now()
            )

        account = await village.account(resident)
        assert not any(each.is_open for each in account.bindings)
        assert [e.type for e in village.accounts.events] == BOUND_AND_UNBOUND

    async def test_a_consent_withdrawn_at_the_counter_ends_the_residents_own(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        home = await village.home(resident, secretary)
        waits = await village.ask_binding(resident, village.household("302"), request_id="b2")
        end = village.logins_room.end_bindings

        await end.of_resident(village.community_id, home.member, withdrawn_at=village.now())

        assert (await village.binding(resident, home.binding_id)).state is BindingState.REVOKED
        assert (await village.binding(resident, waits)).is_waiting

    async def test_who_moves_is_no_longer_bound_to_the_home_they_left(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        home = await village.home(resident, secretary)
        end, here = village.logins_room.end_bindings, village.community_id

        await end.of_home_left(here, "resident_unknown")
        await end.of_home_left(here, home.member)
        assert (await village.binding(resident, home.binding_id)).is_verified
        village.lives(home.member, None)
        for _ in range(2):
            await end.of_home_left(here, home.member)

        assert (await village.binding(resident, home.binding_id)).state is BindingState.REVOKED
        assert [e.type for e in village.accounts.events] == BOUND_AND_UNBOUND

    async def test_a_late_withdrawal_ends_nothing_that_was_asked_for_since(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        end, here = village.logins_room.end_bindings, village.community_id
        withdrawn_at = village.now()
        village.now.advance(minutes=1)
        home = await village.home(resident, secretary)
        before, events = village.writes, list(village.accounts.events)

        await end.of_account(here, resident.account_id, withdrawn_at=withdrawn_at)
        await end.of_resident(here, home.member, withdrawn_at=withdrawn_at)

        assert (await village.binding(resident, home.binding_id)).is_verified
        assert (village.writes, village.accounts.events) == (before, events)

    async def test_what_waited_when_it_was_withdrawn_ends_though_it_was_verified_since(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        household = village.household()
        binding_id = await village.ask_binding(resident, household)
        withdrawn_at = village.now()
        village.now.advance(minutes=1)
        await village.verify(secretary, binding_id, village.member(household))
        village.now.advance(minutes=1)

        await village.logins_room.end_bindings.of_account(
            village.community_id, resident.account_id, withdrawn_at=withdrawn_at
        )

        assert (await village.binding(resident, binding_id)).state is BindingState.REVOKED
        bound, unbound = village.accounts.events
        assert isinstance(bound, AccountBound)
        assert isinstance(unbound, AccountUnbound)
        assert unbound.unbound_at > bound.bound_at

    async def test_who_came_back_before_the_news_of_leaving_stays_bound(
        self, village: Village, resident: Actor, secretary: Actor
    ) -> None:
        home = await village.home(resident, secretary)
        end, here = village.logins_room.end_bindings, village.community_id
        village.lives(home.member, village.household("302"))
        village.lives(home.member, home.household)
        before = village.writes

        for _ in range(2):
            await end.of_home_left(here, home.member)

        assert (await village.binding(resident, home.binding_id)).is_verified
        assert village.writes == before

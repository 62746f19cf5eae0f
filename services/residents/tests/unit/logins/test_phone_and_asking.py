"""Phone numbers by WeChat's own code, and bindings that somebody asks for."""

import pytest
from chassis.errors import Forbidden, RequestIdReused
from residents.application.privacy.ports import Purpose
from residents.domain.archive.errors import HouseholdNotFound
from residents.domain.errors import NameInvalid
from residents.domain.logins.binding import BindingState
from residents.domain.logins.binding_rules import CLOSED_KEPT, MOST_BINDINGS
from residents.domain.logins.errors import (
    BindingExists,
    ConsentRequired,
    TooManyBindings,
    WeChatCodeInvalid,
)
from residents.domain.roles import Actor

from .refusals import refused
from .village import UNBOUND, Village


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
        village.consents.given = {(resident.account_id, Purpose.ACCOUNT)}
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

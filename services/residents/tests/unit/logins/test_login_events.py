"""What is told of bindings is what the contracts say, and nobody's name."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from residents.consumers.residents_on_account_bound import AccountBound as AccountBoundAsHeard
from residents.domain.account import Account
from residents.domain.events import AccountDisabled, AccountRolesChanged, Event
from residents.domain.facts import account_facts
from residents.domain.logins.events import AccountBound, AccountUnbound
from residents.domain.roles import Actor

from .village import Village

CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

EVENTS: list[Event] = [
    AccountBound(
        community_id=derived_id("community", "test"),
        account_id=derived_id("account", "test"),
        person_key=derived_id("person", "test"),
        resident_id=derived_id("resident", "test"),
        household_id=derived_id("household", "test"),
        estate_id=derived_id("estate", "test"),
        building_id=derived_id("building", "test"),
        union_mark="a" * 64,
        bound_at=AT,
    ),
    AccountUnbound(
        derived_id("community", "test"),
        derived_id("account", "test"),
        derived_id("household", "test"),
        AT,
    ),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_every_event_is_as_its_contract_says(event: Event) -> None:
    CONTRACTS.check(event)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_the_contracts_examples_are_understood(event: Event) -> None:
    for example in CONTRACTS.examples(event.type):
        assert msgspec.to_builtins(msgspec.convert(example, type(event))) == example


def test_what_is_heard_is_in_the_contract() -> None:
    for example in CONTRACTS.examples(AccountBoundAsHeard.type):
        assert msgspec.convert(example, AccountBoundAsHeard).account_id == example["account_id"]


async def test_the_facts_of_an_account_are_what_stands(
    village: Village, resident: Actor, secretary: Actor
) -> None:
    for name in ("301", "302"):
        household = village.household(name)
        binding_id = await village.ask_binding(resident, household, request_id=name)
        await village.verify(secretary, binding_id, village.member(household), request_id=name)
    bound = await village.account(resident)
    disabled, _ = bound.disable(secretary, village.now())

    assert account_facts(bound, village.now()) == tuple(village.accounts.events)
    assert [event.type for event in account_facts(disabled, village.now())] == [
        AccountBound.type,
        AccountBound.type,
        AccountDisabled.type,
        AccountRolesChanged.type,
    ]
    assert account_facts(_without(bound), village.now()) == ()


def _without(account: Account) -> Account:
    return msgspec.structs.replace(account, bindings=())

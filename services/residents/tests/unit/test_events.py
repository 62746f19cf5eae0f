"""What is told is what the contracts say, and nobody's name."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from residents.domain.events import AccountDisabled, Event, SessionRevoked

CONTRACTS = Contracts(Path(__file__).parents[4] / "contracts" / "events")
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COMMUNITY = derived_id("community", "test")

EVENTS: list[Event] = [
    SessionRevoked(derived_id("session", "test"), AT, COMMUNITY),
    AccountDisabled(COMMUNITY, derived_id("account", "test"), AT),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_every_event_is_as_its_contract_says(event: Event) -> None:
    CONTRACTS.check(event)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_the_contracts_examples_are_understood(event: Event) -> None:
    for example in CONTRACTS.examples(event.type):
        assert msgspec.convert(example, type(event))

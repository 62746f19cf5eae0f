"""What is told is what the contracts say, and says nothing of a door or a name."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from residents.domain.archive.events import ArchiveEvent
from residents.domain.archive.facts import household_facts, resident_facts
from residents.domain.archive.homes import Home, MoveReason

from ...village import AT, TODAY, a_village

CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")


def events() -> Sequence[ArchiveEvent]:
    village = a_village()
    door, one = village.households[5], village.residents[0]
    _, announced = door.announced(AT)
    home = Home.at(door, since=date(2026, 11, 1))
    moved, within = one.change_household(home, edition=0, today=TODAY, at=AT)
    gone, out = moved.move_out(TODAY, MoveReason.SOLD, edition=0, today=TODAY, at=AT)
    assert resident_facts(gone) == tuple(out)
    return [*announced, one.verified_event(), *within, *out]


@pytest.mark.parametrize("event", events(), ids=lambda event: event.type)
def test_every_event_is_as_its_contract_says(event: ArchiveEvent) -> None:
    CONTRACTS.check(event)


@pytest.mark.parametrize("event", events(), ids=lambda event: event.type)
def test_the_contracts_examples_are_understood(event: ArchiveEvent) -> None:
    for example in CONTRACTS.examples(event.type):
        assert msgspec.convert(example, type(event))


def test_the_facts_are_told_again_as_they_are() -> None:
    village = a_village()
    household, (event,) = village.households[0].announced(AT)

    assert household_facts(village.households[0]) == ()
    assert household_facts(household) == (event,)
    assert resident_facts(village.residents[0]) == (village.residents[0].verified_event(),)

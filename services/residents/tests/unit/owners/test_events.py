"""What is told is what the contract says."""

from pathlib import Path

import msgspec
from chassis.event_contracts import Contracts
from residents.domain.owners.events import OwnershipChanged
from residents.domain.owners.shares import Share

from .estate_office import AT, TODAY, holding, ownership, period

CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")


def test_every_change_is_told_as_the_contract_says() -> None:
    recorded, events = ownership().record(
        period(TODAY, holding(李=Share(1, 3), 赵=Share(2, 3))), {}, edition=0, today=TODAY
    )
    _, more = recorded.transfer(
        period(TODAY, holding(李=None, 赵=None)), {}, edition=0, today=TODAY
    )

    for event in (*events, *more):
        CONTRACTS.check(event)
    assert (len(events), len(more)) == (1, 1)


def test_nothing_is_told_of_a_dwelling_whose_owners_are_unknown() -> None:
    assert ownership().changed_events(AT) == ()


def test_the_examples_are_understood() -> None:
    for example in CONTRACTS.examples(OwnershipChanged.type):
        assert msgspec.convert(example, OwnershipChanged)

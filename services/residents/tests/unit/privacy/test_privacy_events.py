"""What this room tells is what the contract says, and nobody's name."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from residents.domain.privacy.events import ConsentWithdrawn
from residents.domain.privacy.purposes import Purpose

CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("subject", ["account", "resident"])
def test_the_event_is_as_its_contract_says(subject: str, purpose: Purpose) -> None:
    community_id, subject_id = derived_id("community", "test"), derived_id(subject, "test")
    CONTRACTS.check(ConsentWithdrawn(community_id, subject_id, purpose, 1, AT))


def test_the_contracts_examples_are_understood() -> None:
    for example in CONTRACTS.examples(ConsentWithdrawn.type):
        assert msgspec.convert(example, ConsentWithdrawn)

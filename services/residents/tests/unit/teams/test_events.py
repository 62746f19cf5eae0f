"""What is told is what the contracts say, and nobody's name."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from residents.domain.events import Event
from residents.domain.teams.events import TeamAppointed, TeamDissolved, TeamRelieved
from residents.domain.teams.posts import Post, TeamKind

CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COMMUNITY, TEAM = derived_id("community", "test"), derived_id("team", "test")
APPOINTMENT, ACCOUNT = derived_id("appointment", "test"), derived_id("account", "test")

EVENTS: list[Event] = [
    *[
        TeamAppointed(
            community_id=COMMUNITY, team_id=TEAM, appointment_id=APPOINTMENT, kind=kind.value,
            post=post.value, account_id=account, estate_ids=estates, from_day=date(2026, 12, 1),
            until_day=until, appointed_at=AT,
        )
        for kind in TeamKind
        for post in Post
        for account, estates, until in (
            (ACCOUNT, (derived_id("estate", "test"),), date(2028, 12, 31)),
            (None, (), None),
        )
    ],
    TeamRelieved(
        community_id=COMMUNITY, team_id=TEAM, appointment_id=APPOINTMENT, kind="red_stewards",
        post="steward", account_id=ACCOUNT, until_day=date(2026, 12, 1), relieved_at=AT,
    ),
    TeamDissolved(
        community_id=COMMUNITY, team_id=TEAM, kind="staff", dissolved_on=date(2026, 12, 1),
        dissolved_at=AT,
    ),
]  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_every_event_is_as_its_contract_says(event: Event) -> None:
    CONTRACTS.check(event)


@pytest.mark.parametrize("kind", [TeamAppointed, TeamRelieved, TeamDissolved])
def test_the_contracts_examples_are_understood(kind: type[Event]) -> None:
    for example in CONTRACTS.examples(kind.type):
        assert msgspec.convert(example, kind)

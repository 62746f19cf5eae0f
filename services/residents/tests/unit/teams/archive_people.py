"""Residents of the archive."""

from datetime import UTC, date, datetime

from chassis.ids import derived_id
from residents.domain.archive.homes import Home
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.residents import Resident, ResidentState


def a_resident(
    community_id: str, name: str, birth_date: date | None, estate_id: str | None = None
) -> Resident:
    home = Home(
        household_id="household_1",
        building_id="building_1",
        estate_id=estate_id or "",
        order_key="",
        since=None,
    )
    resident_id = derived_id("resident", community_id, name)
    return Resident(
        id=resident_id,
        community_id=community_id,
        person_key=derived_id("person", resident_id),
        state=ResidentState.VERIFIED,
        home=home if estate_id else None,
        facts=PersonFacts(name=name, birth_date=birth_date),
        marks=(),
        facts_mark=None,
        identity_mark=None,
        created_at=datetime(2026, 11, 1, tzinfo=UTC),
    )

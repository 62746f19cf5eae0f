"""Short words for dwellings, owners and days in the tests of ownership."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from chassis.ids import derived_id
from residents.domain.owners.ownership import Dwelling, Ownership
from residents.domain.owners.periods import Holding, Period, Stake
from residents.domain.owners.shares import Share

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
COMMUNITY = derived_id("community", "here")


def mark(owner_ids: Sequence[str]) -> str:
    """A mark that can be read."""
    return "+".join(owner_ids)


def owner(name: str) -> str:
    return derived_id("owner", name)


def holding(**shares: Share | None) -> Holding:
    """By name: whose it is, and how much of it."""
    return Holding.of([Stake(owner(name), share) for name, share in shares.items()], mark)


def period(valid_from: date, of: Holding, *, known: bool = True, at: datetime = AT) -> Period:
    return Period(valid_from=valid_from, is_start_known=known, holding=of, recorded_at=at)


def dwelling(name: str = "1-101") -> Dwelling:
    return Dwelling(
        household_id=derived_id("household", name),
        building_id=derived_id("building", "1"),
        estate_id=derived_id("estate", "春和苑"),
        order_key=name,
    )


def ownership(name: str = "1-101") -> Ownership:
    """Of a dwelling of which nothing is known."""
    return Ownership.unknown(
        derived_id("ownership", name), community_id=COMMUNITY, dwelling=dwelling(name)
    )

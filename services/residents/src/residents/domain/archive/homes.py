"""Where somebody lives, and where they lived."""

from datetime import date
from enum import StrEnum

import msgspec

from residents.domain.archive.places import Household

HISTORY_KEPT = 50


class MoveReason(StrEnum):
    """Why a home was left."""

    MOVED = "MOVED"
    SOLD = "SOLD"
    LEASE_ENDED = "LEASE_ENDED"
    JOINED_FAMILY = "JOINED_FAMILY"
    INSTITUTION = "INSTITUTION"
    DECEASED = "DECEASED"
    OTHER = "OTHER"
    LEDGER = "LEDGER"


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """A home and the day from which somebody lives there, where it is known.

    Attributes:
        order_key: the household's: people sort by their doors.
        entered_on: the day on which somebody entered it by hand without saying since when.
    """

    household_id: str
    building_id: str
    estate_id: str
    order_key: str
    since: date | None = None
    entered_on: date | None = None

    @classmethod
    def at(
        cls, household: Household, *, since: date | None, entered_on: date | None = None
    ) -> "Home":
        """Somebody's home in that household."""
        return cls(
            household_id=household.id,
            building_id=household.building_id,
            estate_id=household.estate_id,
            order_key=household.order_key,
            since=since,
            entered_on=entered_on,
        )

    @property
    def known_from(self) -> date | None:
        """The day from which it is certain that they live there; None for a home of a file."""
        return self.since or self.entered_on


class PastHome(msgspec.Struct, frozen=True, kw_only=True):
    """A home that was left: on which day, where it is known, and why."""

    household_id: str
    building_id: str
    estate_id: str
    since: date | None
    until: date | None
    reason: MoveReason

    @classmethod
    def left(cls, home: Home, until: date | None, reason: MoveReason) -> "PastHome":
        """The home that somebody leaves."""
        return cls(
            household_id=home.household_id,
            building_id=home.building_id,
            estate_id=home.estate_id,
            since=home.since,
            until=until,
            reason=reason,
        )

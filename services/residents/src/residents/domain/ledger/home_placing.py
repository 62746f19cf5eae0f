"""Which household a row belongs to.

A row without a door goes on with the household above it, unless that is vacant, or the row brings
a head and an area of its own and the household has a head: then its door was forgotten. A row
whose door is forgotten or cannot be read is refused. If it begins a home (it has an area, is
vacant, or is not of a member), it opens one that has no place: that home counts with its area, and
rows below it without a door are refused too. If it is of a member, the household above goes on. A
member with a readable door right below a home without a place is of that home, which by this has
found its place.
"""

from typing import NamedTuple

from residents.domain.ledger.doors import Door, unreadable
from residents.domain.ledger.entries import UnplacedHome
from residents.domain.ledger.gathering import Gathering


class RowOfHome(NamedTuple):
    """What a row says of its home, its door apart."""

    row: int
    estate: str
    area_cm2: int | None
    is_vacant: bool
    is_member: bool
    is_head: bool


class HomePlacing:
    """Remembers the home of the row above."""

    def __init__(self, sheet: str, into: Gathering) -> None:
        self._sheet = sheet
        self._into = into
        self._above: int | None = None
        self._estate_above: str | None = None
        self._has_head_above = False
        self._has_unplaced_above = False

    def forget(self) -> None:
        """The next row does not go on from above."""
        self._above = None
        self._has_unplaced_above = False

    def place(self, home: RowOfHome, door: Door | None) -> int:
        """The household of a row. Raises: RowRefused (DOOR_UNREADABLE)."""
        at: int | None
        if door is not None:
            at = self._place_at(home, door)
        elif (at := self._goes_on_with(home)) is None:
            self.lose(home)
            raise unreadable()
        self._has_head_above |= home.is_head
        self._into.say_area(at, home.area_cm2)
        if not home.is_vacant:
            self._into.say_lived_in(at)
        return at

    def lose(self, home: RowOfHome) -> None:
        """Take note of a row whose door cannot be read."""
        if home.is_member and home.area_cm2 is None and not home.is_vacant:
            return
        if self._above is None and self._has_unplaced_above and home.area_cm2 is None:
            return
        self.forget()
        self._has_unplaced_above = True
        self._into.unplaced.append(
            UnplacedHome(self._sheet, home.row, home.estate, home.area_cm2, home.is_vacant)
        )

    def _goes_on_with(self, home: RowOfHome) -> int | None:
        """The home above, if a row without a door can be of it."""
        above = self._above
        if above is None or home.is_vacant or home.estate != self._estate_above:
            return None
        is_another = home.is_head and home.area_cm2 is not None and self._has_head_above
        return None if is_another or self._into.households[above].is_vacant else above

    def _place_at(self, home: RowOfHome, door: Door) -> int:
        at = self._into.household_at(home.estate, door)
        if at is None:
            area_cm2 = home.area_cm2
            if self._has_unplaced_above and home.is_member and area_cm2 is None:
                area_cm2 = self._into.unplaced.pop().area_cm2
            at = self._into.open_household(
                self._sheet,
                home.row,
                home.estate,
                door,
                area_cm2=area_cm2,
                is_vacant=home.is_vacant,
            )
        if at != self._above:
            self._has_head_above = False
        self._above, self._estate_above = at, home.estate
        self._has_unplaced_above = False
        return at

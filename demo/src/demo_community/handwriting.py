"""The forms in which people write one and the same thing into a cell."""

from collections.abc import Callable
from datetime import date
from random import Random

from demo_community.model import Door

Cell = str | int | float | date | None
_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
_NO_PHONE = ("", "", "无")

DOOR_STYLES: tuple[Callable[[Door], str], ...] = (
    lambda door: f"{door.building}号楼{door.unit}单元{door.room}",
    lambda door: f"{door.building}栋{door.unit}单元{door.room}室",
    lambda door: f"{door.building}#{door.unit}-{door.room}",
    lambda door: f"{door.building}-{door.unit}-{door.room}",
    lambda door: f" {door.building} - {door.unit} - {door.room} ",
    lambda door: f"{door.building}-{door.unit}-{door.room}".translate(_FULL_WIDTH),
)
_DOOR_WEIGHTS = (4, 2, 2, 4, 1, 1)
UNREADABLE_DOORS = ("西头平房", "传达室后院")


class Handwriting:
    """One clerk's, who writes the same thing now this way, now that."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def door(self, door: Door) -> str:
        """Return a door in one of six styles."""
        return self.random.choices(DOOR_STYLES, _DOOR_WEIGHTS)[0](door)

    def unreadable_door(self) -> str:
        """Return what is no door of a building."""
        return self.random.choice(UNREADABLE_DOORS)

    def area(self, area_cm2: int) -> str | float:
        """Return an area as a number of square metres, as text, or with its unit."""
        square_metres = area_cm2 / 10_000
        form = self.random.randrange(4)
        if form == 0:
            return f"{square_metres:.2f}"
        if form == 1:
            return f"{square_metres:.2f}{self.random.choice(('㎡', '平方米', 'm²'))}"
        return square_metres

    def phone(self, phone: str | None) -> str | int:
        """Return a phone as a number, as text, grouped, in full-width digits; or that none is."""
        if phone is None:
            return self.random.choice(_NO_PHONE)
        groups = (phone[:3], phone[3:7], phone[7:])
        forms = (
            phone,
            int(phone),
            "-".join(groups),
            " ".join(groups),
            phone.translate(_FULL_WIDTH),
        )
        return self.random.choices(forms, (5, 6, 1, 1, 1))[0]

    def day(self, day: date) -> str | date:
        """Return a day as a date cell or in one of four written forms."""
        forms = (
            day,
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}.{day.month}.{day.day}",
            f"{day:%Y%m%d}",
            f"{day:%Y-%m-%d}",
        )
        return self.random.choices(forms, (4, 1, 1, 1, 1))[0]

    def impossible_date(self, day: date) -> str:
        """Return a written date whose month no year has."""
        return f"{day.year}.13.{day.day}"

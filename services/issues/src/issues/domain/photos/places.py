"""How many photos an issue may have, and how many of them one person may send.

One document an issue says who has which place, so that no two requests take the last one.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec

from issues.domain.events import Event
from issues.domain.photos.errors import TooManyPhotos

MAX_PHOTOS_OF_ISSUE = 100
MAX_PHOTOS_OF_HANDLER = 30
MAX_PHOTOS_OF_REPORTER = 9
"""Fewer than there are places, so that whoever works on the issue can always prove the work."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One photo that is there, or is awaited."""

    photo_id: str
    taken_by: str
    taken_at: datetime


class PhotoPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """The places of one issue."""

    id: str
    community_id: str
    issue_id: str
    places: tuple[Place, ...] = ()
    version: int = 0

    def is_full(self, *, by: str, limit: int) -> bool:
        """Whether this person finds no place, as long as none is given up."""
        own = sum(place.taken_by == by for place in self.places)
        return own >= limit or len(self.places) >= MAX_PHOTOS_OF_ISSUE

    def take(
        self, photo_id: str, *, by: str, limit: int, given_up: AbstractSet[str], at: datetime
    ) -> tuple["PhotoPlaces", Sequence[Event]]:
        """Give a photo its place; one that has one keeps it.

        Args:
            limit: how many this person may have.
            given_up: photos that will never be there; their places are free.
        Raises: TooManyPhotos.
        """
        if any(place.photo_id == photo_id for place in self.places):
            return self, ()
        kept = tuple(place for place in self.places if place.photo_id not in given_up)
        left = msgspec.structs.replace(self, places=kept)
        if left.is_full(by=by, limit=limit):
            raise TooManyPhotos
        taken = Place(photo_id=photo_id, taken_by=by, taken_at=at)
        return msgspec.structs.replace(left, places=(*kept, taken)), ()

"""A photo that somebody asks to send takes one of the places of its issue."""

from dataclasses import dataclass
from datetime import datetime

from issues.application.photos.ports import Photos, Places, PlacesId
from issues.domain.issue import Issue
from issues.domain.photos.photo import TICKET_LIFETIME, Photo, PhotoState
from issues.domain.photos.places import PhotoPlaces, Place


@dataclass(frozen=True)
class TakePlace:
    """Take it before the photo is there; a place whose photo never came is free again."""

    places: Places
    photos: Photos
    places_id: PlacesId

    async def __call__(
        self, issue: Issue, photo_id: str, *, by: str, limit: int, at: datetime
    ) -> None:
        """Once for a photo. Args: limit: how many this person may have. Raises: TooManyPhotos."""
        known = await self.places.add(
            PhotoPlaces(
                id=self.places_id(issue.id), community_id=issue.community_id, issue_id=issue.id
            )
        )
        given_up = (
            await self._given_up(known, at) if known.is_full(by=by, limit=limit) else frozenset()
        )
        await self.places.change(
            known.community_id,
            known.id,
            lambda now: now.take(photo_id, by=by, limit=limit, given_up=given_up, at=at),
        )

    async def _given_up(self, known: PhotoPlaces, at: datetime) -> frozenset[str]:
        photos = await self.photos.get_many(
            known.community_id, [place.photo_id for place in known.places]
        )
        return frozenset(
            place.photo_id
            for place, photo in zip(known.places, photos, strict=True)
            if _is_given_up(place, photo, at)
        )


def _is_given_up(place: Place, photo: Photo | None, at: datetime) -> bool:
    if photo is None:  # who asked was stopped, and has not asked again
        return at >= place.taken_at + TICKET_LIFETIME
    return photo.state is PhotoState.REFUSED

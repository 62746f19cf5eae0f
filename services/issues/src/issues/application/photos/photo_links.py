"""Addresses by which a photo is sent and seen, each good for a short time."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chassis.requests import KeyedHash

from issues.domain.photos.photo import Photo, Rendition

SHOWN_FOR = timedelta(minutes=5)
_CLOCKS_APART = timedelta(seconds=30)
"""So much ahead may be the clock of another api, which signed the address."""


@dataclass(frozen=True)
class PhotoLinks:
    """Signs addresses by a key that only this service has.

    Attributes:
        base_url: by which people reach the api, without a slash at the end.
    """

    keyed_hash: KeyedHash
    base_url: str

    def upload_url(self, photo: Photo) -> str:
        """Where the photo is put, by whoever has this address."""
        return f"{self.base_url}/photos/{photo.id}?ticket={self._ticket(photo.id)}"

    def is_ticket(self, photo_id: str, ticket: str) -> bool:
        """Whether it is the ticket of this photo; until when is in the photo."""
        return hmac.compare_digest(self._ticket(photo_id).encode(), ticket.encode())

    def shown_url(self, photo: Photo, rendition: Rendition, *, until: datetime) -> str:
        """Where the photo is seen until a moment, whole seconds."""
        second = int(until.timestamp())
        signature = self._signature(photo.id, rendition, second)
        return f"{self.base_url}/photos/{photo.id}/{rendition}?until={second}&sig={signature}"

    def is_shown(
        self, photo_id: str, rendition: Rendition, until: str, signature: str, at: datetime
    ) -> bool:
        """Whether this address is one of ours and still good."""
        if not (until.isascii() and until.isdecimal() and len(until) <= 12):
            return False
        good = self._signature(photo_id, rendition, int(until))
        if not hmac.compare_digest(good.encode(), signature.encode()):
            return False
        return at < datetime.fromtimestamp(int(until), UTC) <= at + SHOWN_FOR + _CLOCKS_APART

    def _ticket(self, photo_id: str) -> str:
        return self.keyed_hash("photo.upload", photo_id)

    def _signature(self, photo_id: str, rendition: Rendition, until: int) -> str:
        return self.keyed_hash("photo.show", f"{photo_id}/{rendition}/{until}")

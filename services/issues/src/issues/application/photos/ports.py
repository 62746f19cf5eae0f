"""What the use cases of photos need of the outside."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from issues.application.evidence_ports import Photos as EvidencePhotos
from issues.application.ports import Aggregates, Cursor, Due
from issues.domain.photos.photo import Photo, Rendition
from issues.domain.photos.places import PhotoPlaces

PhotoId = Callable[[str, str], str]
"""Derives the id of the photo that an account asks for under a request id."""

PlacesId = Callable[[str], str]
"""Derives the id under which the places of an issue's photos are kept: (issue id)."""

Places = Aggregates[PhotoPlaces]
"""Who has which place among the photos of an issue."""


class Photos(Aggregates[Photo], EvidencePhotos, Protocol):
    """What is known of photos."""

    async def of_ticket(self, photo_id: str) -> Photo:
        """Read the photo that a ticket or an address names. Raises: PhotoNotFound."""

    async def kept_of(self, community_id: str, issue_ids: Sequence[str]) -> list[Photo]:
        """Read the photos of issues that can be shown, the first uploaded first."""

    async def sent_by(
        self, community_id: str, account_id: str, issue_ids: Sequence[str]
    ) -> list[Photo]:
        """Read those of them that an account sent, the first uploaded first."""

    async def due_to_clear(self, at: datetime, *, first: int, after: Cursor | None) -> list[Due]:
        """Name those whose leftovers are to be looked for, of all communities."""


class PhotoFiles(Protocol):
    """The bytes of photos: a file for each rendition that an upload made."""

    async def write(
        self, photo_id: str, attempt: int, rendition: Rendition, content: bytes
    ) -> None:
        """Keep the bytes; each file is written once."""

    async def read(self, photo_id: str, attempt: int, rendition: Rendition) -> bytes | None:
        """Read the bytes; None where there are none."""

    async def delete(self, photo_id: str, attempt: int) -> None:
        """Delete all that an upload wrote, or began to write."""


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """A picture as it is kept: JPEG, upright, sRGB, nothing but pixels.

    Attributes:
        width: of the full rendition, in pixels.
    """

    full: bytes
    thumbnail: bytes
    width: int
    height: int


class Pictures(Protocol):
    """Reads pictures that strangers send."""

    async def render(self, content: bytes) -> Rendered:
        """Make what is kept. Raises: PhotoNotAnImage; PhotoTooManyPixels."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A body on its way in.

    Attributes:
        announced_bytes: how long it says it is; None where it does not.
        pieces: the body; raises PhotoIncomplete where it breaks off.
    """

    announced_bytes: int | None
    pieces: AsyncIterator[bytes]

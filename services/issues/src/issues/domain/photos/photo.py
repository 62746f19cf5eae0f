"""A photo of an issue: asked for, uploaded once for a ticket, kept without what gives one away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from issues.domain.events import Event
from issues.domain.handling.evidence import Evidence
from issues.domain.photos.errors import (
    PhotoAlreadyUploaded,
    PhotoNotAnImage,
    PhotoRefused,
    PhotoTicketInvalid,
    PhotoTooLarge,
    PhotoTooManyPixels,
)

TICKET_LIFETIME = timedelta(minutes=10)
LARGEST_PHOTO_BYTES = 10 * 1000 * 1000
_CLEARED_AFTER = timedelta(minutes=10)
"""After the ticket's end: longer than the longest upload may take."""
_MAX_ATTEMPTS = 5


class PhotoState(StrEnum):
    """Where it stands."""

    AWAITING = "awaiting"
    KEPT = "kept"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why there is no photo."""

    NOT_AN_IMAGE = "not_an_image"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    LAPSED = "lapsed"


REFUSALS: dict[type[PhotoRefused], Refusal] = {
    PhotoNotAnImage: Refusal.NOT_AN_IMAGE,
    PhotoTooLarge: Refusal.TOO_LARGE,
    PhotoTooManyPixels: Refusal.TOO_MANY_PIXELS,
}
"""What is wrong with the bytes themselves, and so uses the ticket up."""


class Rendition(StrEnum):
    """In which size it is shown."""

    FULL = "full"
    THUMBNAIL = "thumbnail"


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a picture that was kept.

    Attributes:
        width: of the full rendition, in pixels.
        size_bytes: of the full rendition.
        sha256: hexadecimal, of the bytes that were sent.
        attempt: which of the uploads wrote the files.
    """

    width: int
    height: int
    size_bytes: int
    sha256: str
    attempt: int
    uploaded_at: datetime


class Photo(msgspec.Struct, frozen=True, kw_only=True):
    """One photo of one issue.

    Attributes:
        attempts: how many uploads have begun to write files; each has files of its own.
        clear_at: when the worker looks for what is left over; None once it has.
    """

    id: str
    community_id: str
    issue_id: str
    taken_by: str
    requested_at: datetime
    expires_at: datetime
    clear_at: datetime | None
    state: PhotoState = PhotoState.AWAITING
    attempts: int = 0
    refusal: Refusal | None = None
    picture: Picture | None = None
    version: int = 0

    def check_ticket(self, at: datetime) -> None:
        """Say whether something may be uploaded. Raises: PhotoTicketInvalid."""
        if self.state is PhotoState.REFUSED or at >= self.expires_at:
            raise PhotoTicketInvalid

    def is_repeat(self, sha256: str) -> bool:
        """Whether these bytes are the photo that is there. Raises: PhotoAlreadyUploaded."""
        if self.picture is None:
            return False
        if self.picture.sha256 != sha256:
            raise PhotoAlreadyUploaded
        return True

    def begin(self, at: datetime) -> tuple["Photo", Sequence[Event]]:
        """Count an upload before it writes a file. Raises: PhotoTicketInvalid."""
        self.check_ticket(at)
        if self.attempts >= _MAX_ATTEMPTS:
            raise PhotoTicketInvalid
        return msgspec.structs.replace(self, attempts=self.attempts + 1), ()

    def keep(self, picture: Picture) -> tuple["Photo", Sequence[Event]]:
        """Name the files that were written; the first upload to do so is the photo.

        Raises: PhotoTicketInvalid when it was refused meanwhile; PhotoAlreadyUploaded.
        """
        if self.state is PhotoState.REFUSED:
            raise PhotoTicketInvalid
        if self.is_repeat(picture.sha256):
            return self, ()
        return msgspec.structs.replace(self, state=PhotoState.KEPT, picture=picture), ()

    def refuse(self, refusal: Refusal) -> tuple["Photo", Sequence[Event]]:
        """Close it without a photo; what is kept or refused stays as it is."""
        if self.state is not PhotoState.AWAITING:
            return self, ()
        return msgspec.structs.replace(self, state=PhotoState.REFUSED, refusal=refusal), ()

    def cleared(self) -> tuple["Photo", Sequence[Event]]:
        """Note that nothing is left over."""
        return msgspec.structs.replace(self, clear_at=None), ()

    def evidence(self, picture: Picture) -> Evidence:
        """What of it counts as a proof, once its picture is there."""
        return Evidence(photo_id=self.id, taken_by=self.taken_by, uploaded_at=picture.uploaded_at)

    @property
    def left_over(self) -> list[int]:
        """The uploads whose files nobody names."""
        kept = self.picture.attempt if self.picture else None
        return [attempt for attempt in range(1, self.attempts + 1) if attempt != kept]


def request_photo(
    photo_id: str, *, community_id: str, issue_id: str, by: str, at: datetime
) -> Photo:
    """Ask for a photo; its ticket is good for ten minutes."""
    expires_at = at + TICKET_LIFETIME
    return Photo(
        id=photo_id,
        community_id=community_id,
        issue_id=issue_id,
        taken_by=by,
        requested_at=at,
        expires_at=expires_at,
        clear_at=expires_at + _CLEARED_AFTER,
    )

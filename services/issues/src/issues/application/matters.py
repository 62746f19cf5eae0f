"""What the service can do for a person: one facade a room."""

from dataclasses import dataclass

from issues.application.handling.handling import Handling
from issues.application.intake_desk import IntakeDesk
from issues.application.photos.photo_desk import PhotoDesk
from issues.application.ports import Now
from issues.application.public.public_desk import PublicDesk


@dataclass(frozen=True)
class Matters:
    """The rooms behind the graph."""

    intake: IntakeDesk
    handling: Handling
    photos: PhotoDesk
    public: PublicDesk
    now: Now

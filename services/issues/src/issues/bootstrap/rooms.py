"""Every room of this service, each built from the foundation and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chassis.clock import Now, utc_now
from chassis.rooms import Plan, Room

from issues.application.matters import Matters
from issues.application.public.public_desk import PublicDesk
from issues.bootstrap import handling, intake, photos, public
from issues.bootstrap.foundation import Foundation
from issues.bootstrap.handling import HandlingRoom
from issues.bootstrap.intake import IntakeRoom
from issues.bootstrap.photos import PhotosRoom
from issues.settings import IssuesSettings

PLANS: Sequence[Plan] = (intake.PLAN, handling.PLAN, photos.PLAN, public.PLAN)
OUTBOXES = tuple(collection for plan in PLANS for collection in plan.outboxes)


@dataclass(frozen=True)
class Rooms:
    """What api, worker and commands have in common."""

    foundation: Foundation
    intake: IntakeRoom
    handling: HandlingRoom
    photos: PhotosRoom
    public: Room[PublicDesk]

    @property
    def all(self) -> Sequence[Room[Any]]:
        """Each room."""
        return (self.intake.room, self.handling.room, self.photos.room, self.public)

    @property
    def matters(self) -> Matters:
        """What the graph calls."""
        return Matters(
            intake=self.intake.room.use_cases,
            handling=self.handling.room.use_cases,
            photos=self.photos.room.use_cases,
            public=self.public.use_cases,
            now=self.foundation.now,
        )


def build(settings: IssuesSettings, now: Now = utc_now) -> Rooms:
    """Build everything; the store need not be there yet."""
    return build_on(Foundation.laid(settings, now))


def build_on(foundation: Foundation) -> Rooms:
    """Build everything on what is there already, such as a store that a test listens to."""
    photos_room = photos.build(foundation)
    return Rooms(
        foundation=foundation,
        intake=intake.build(foundation),
        handling=handling.build(foundation, photos_room.photos),
        photos=photos_room,
        public=public.build(foundation),
    )

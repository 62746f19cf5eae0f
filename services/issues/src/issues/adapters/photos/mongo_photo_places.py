"""Who has which place among the photos of an issue, in MongoDB; found by id."""

from chassis.aggregates import Aggregates
from chassis.clock import Now
from chassis.mongo import Store

from issues.domain.errors import IssueNotFound
from issues.domain.photos.places import PhotoPlaces

COLLECTION = "photo_places"


class MongoPhotoPlaces(Aggregates[PhotoPlaces]):
    """The port `Places`."""

    def __init__(self, store: Store, *, topic: str, now: Now) -> None:
        super().__init__(
            store,
            COLLECTION,
            PhotoPlaces,
            topic=topic,
            not_found=lambda _: IssueNotFound(),
            now=now,
        )

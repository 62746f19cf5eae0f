"""The edges of photos over stores in memory, and a clerk who asks for tickets."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
from chassis.encryption import KEY_BYTES, LookupHash
from chassis.ids import derived_id, new_id
from chassis.testing import REQUESTS, FrozenClock
from issues.adapters.memory import MemoryFailures, MemoryIssues
from issues.adapters.photos.memory import MemoryPhotoFiles, MemoryPhotoPlaces, MemoryPhotos
from issues.adapters.photos.pillow_pictures import PillowPictures
from issues.api.photos.edges import edge_routes
from issues.api.photos.upload_gate import UploadGate
from issues.application.photos.clear_photos import ClearPhotos
from issues.application.photos.create_photo_upload import CreatePhotoUpload
from issues.application.photos.photo_links import PhotoLinks
from issues.application.photos.show_photo import ShowPhoto
from issues.application.photos.take_place import TakePlace
from issues.application.photos.upload_photo import UploadPhoto
from issues.derived_ids import photo_places_id_of
from issues.domain.permissions import Actor
from issues.domain.photos.photo import Photo
from starlette.applications import Starlette

BASE_URL = "http://photos.test"


@dataclass
class Desk:
    """Everything that photos need."""

    clock: FrozenClock
    issues: MemoryIssues = field(default_factory=MemoryIssues)
    photos: MemoryPhotos = field(default_factory=MemoryPhotos)
    places: MemoryPhotoPlaces = field(default_factory=MemoryPhotoPlaces)
    files: MemoryPhotoFiles = field(default_factory=MemoryPhotoFiles)
    failures: MemoryFailures = field(default_factory=MemoryFailures)
    pictures: PillowPictures = field(default_factory=PillowPictures)
    links: PhotoLinks = field(
        default_factory=lambda: PhotoLinks(LookupHash(bytes(KEY_BYTES)), BASE_URL)
    )

    @property
    def upload(self) -> UploadPhoto:
        return UploadPhoto(self.photos, self.files, self.pictures, self.links, self.clock)

    @property
    def clear(self) -> ClearPhotos:
        return ClearPhotos(self.photos, self.files, self.failures, self.clock)

    def client(
        self, *, body_within_seconds: float = 60, waits_seconds: float = 10
    ) -> httpx.AsyncClient:
        """Speaks to the edges as a phone does."""
        show = ShowPhoto(self.photos, self.files, self.links, self.clock)
        gate = UploadGate(waits_seconds=waits_seconds)
        routes = edge_routes(self.upload, show, gate=gate, body_within_seconds=body_within_seconds)
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=routes)), base_url=BASE_URL
        )

    async def ask(self, actor: Actor, issue_id: str, *, request_id: str | None = None) -> Photo:
        """Ask to send a photo."""
        request_id = request_id or new_id("request")
        take_place = TakePlace(self.places, self.photos, photo_places_id_of)
        create = CreatePhotoUpload(self.photos, self.issues, take_place, self.clock)
        return await create(
            actor,
            issue_id,
            photo_id=derived_id("photo", actor.account_id, request_id),
            request=REQUESTS.request_for(actor.account_id, request_id, issue_id=issue_id),
        )

    async def photo(self, photo: Photo) -> Photo:
        """Read it as it now is."""
        return await self.photos.get(photo.community_id, photo.id)


def ticket_of(url: str) -> str:
    """The ticket in an upload address."""
    (ticket,) = parse_qs(urlsplit(url).query)["ticket"]
    return ticket


async def pieces(content: bytes, *, of_bytes: int = 65_536) -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for start in range(0, len(content), of_bytes):
        yield content[start : start + of_bytes]

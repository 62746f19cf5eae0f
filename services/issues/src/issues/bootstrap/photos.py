"""The room of photos: asked for, sent for a ticket, drawn anew, shown for a signature."""

from dataclasses import dataclass

from chassis.lease import Lease
from chassis.rooms import Plan, Room

from issues.adapters.photos import mongo_photos
from issues.adapters.photos.grid_photo_files import GridPhotoFiles
from issues.adapters.photos.mongo_photo_places import MongoPhotoPlaces
from issues.adapters.photos.mongo_photos import MongoPhotos
from issues.adapters.photos.pillow_pictures import PillowPictures
from issues.adapters.prometheus_failures import PrometheusFailures
from issues.api.photos.edges import edge_routes
from issues.application.photos.clear_photos import ClearPhotos
from issues.application.photos.create_photo_upload import CreatePhotoUpload
from issues.application.photos.photo_desk import PhotoDesk
from issues.application.photos.photo_links import PhotoLinks
from issues.application.photos.show_photo import ShowPhoto
from issues.application.photos.take_place import TakePlace
from issues.application.photos.upload_photo import UploadPhoto
from issues.bootstrap.foundation import Foundation
from issues.consumers.on_intake_accepted import ISSUES_TOPIC
from issues.derived_ids import photo_places_id_of

PLAN = Plan(indexes=mongo_photos.INDEXES)

_CLEARS_EVERY_SECONDS = 30.0


@dataclass(frozen=True)
class PhotosRoom:
    """What the others need of it."""

    room: Room[PhotoDesk]
    photos: MongoPhotos


def build(foundation: Foundation) -> PhotosRoom:
    """Build the room."""
    settings, store, now = foundation.settings, foundation.store, foundation.now
    photos = MongoPhotos(store, topic=ISSUES_TOPIC, now=now)
    files, pictures = GridPhotoFiles(store), PillowPictures()
    links = PhotoLinks(settings.photo_url_hash(), settings.issues_public_base_url)
    places = MongoPhotoPlaces(store, topic=ISSUES_TOPIC, now=now)
    take_place = TakePlace(places, photos, photo_places_id_of)
    desk = PhotoDesk(
        create_photo_upload=CreatePhotoUpload(photos, foundation.issues, take_place, now),
        upload_photo=UploadPhoto(photos, files, pictures, links, now),
        show_photo=ShowPhoto(photos, files, links, now),
        links=links,
        photos=photos,
    )
    clear, clearing = (
        ClearPhotos(photos, files, PrometheusFailures(), now),
        Lease(store, "photos-clear"),
    )
    room = Room(
        use_cases=desk,
        routes=edge_routes(desk.upload_photo, desk.show_photo),
        stops={"pictures": pictures.close},
        background={"photos clear": lambda: clearing.run_every(_CLEARS_EVERY_SECONDS, clear)},
    )
    return PhotosRoom(room, photos)

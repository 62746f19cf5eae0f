"""The file that a backup is: frames, each with its length, and a checksum over all of them.

It is written as it is read from the store and read as it is written, in memory that does not grow
with it. Nothing of it is believed before all of it has been read once and its checksum is right.
"""

import hashlib
import struct
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, BinaryIO, Literal

import bson
import msgspec

from chassis.consumer_groups import GroupOffset

MAGIC = b"LINLI BACKUP 1\n"
_HEAD = struct.Struct(">cI")
_LARGEST_FRAME_BYTES = 64 * 1024 * 1024
_ABOUT, _COLLECTION, _DOCUMENT, _COLLECTION_END, _END = b"A", b"C", b"D", b"E", b"Z"

Kind = Literal["data", "keys"]


class BackupDamaged(Exception):
    """The file is no backup, or not all of one, or not as it was written."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """Of what, and of when a backup is.

    Attributes:
        kind: "keys" for the keys of persons, which are kept apart and not for long.
        offsets: where the service's consumer groups were.
    """

    service: str
    kind: Kind
    taken_at: datetime
    offsets: list[GroupOffset] = msgspec.field(default_factory=list)


class Copied(msgspec.Struct, frozen=True):
    """One collection in a backup: how many documents, and the checksum of them in their order."""

    collection: str
    documents: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """All that a backup holds; printed when it is taken, and the end of its file."""

    about: About
    collections: list[Copied]

    @property
    def documents(self) -> int:
        """In all collections."""
        return sum(each.documents for each in self.collections)


class CollectionFound(msgspec.Struct, frozen=True):
    """The beginning of a collection in a file, and its indexes as the store described them."""

    name: str
    indexes: list[dict[str, Any]]


class ArchiveWriter:
    """Writes one backup from its beginning to its end."""

    def __init__(self, out: BinaryIO, about: About) -> None:
        self._out = out
        self._about = about
        self._all = hashlib.sha256()
        self._copied: list[Copied] = []
        self._write(MAGIC)
        self._frame(_ABOUT, msgspec.json.encode(about))

    def begin(self, name: str, indexes: list[dict[str, Any]]) -> None:
        """The documents that follow are of this collection."""
        self._name, self._count, self._of_collection = name, 0, hashlib.sha256()
        self._frame(_COLLECTION, bson.encode({"name": name, "indexes": indexes}))

    def document(self, raw: bytes) -> None:
        """Write one document as its BSON."""
        self._count += 1
        self._of_collection.update(raw)
        self._frame(_DOCUMENT, raw)

    def end(self) -> None:
        """The collection is complete."""
        copied = Copied(self._name, self._count, self._of_collection.hexdigest())
        self._copied.append(copied)
        self._frame(_COLLECTION_END, msgspec.json.encode(copied))

    def close(self) -> Manifest:
        """The backup is complete; a file without this is none."""
        manifest = Manifest(self._about, self._copied)
        self._frame(_END, msgspec.json.encode((manifest, self._all.hexdigest())))
        self._out.flush()
        return manifest

    def _frame(self, kind: bytes, payload: bytes) -> None:
        self._write(_HEAD.pack(kind, len(payload)))
        self._write(payload)

    def _write(self, some: bytes) -> None:
        self._all.update(some)
        self._out.write(some)


def verified(file: BinaryIO) -> Manifest:
    """Read all of a backup and believe it only then. Raises: BackupDamaged."""
    reading = _Verifying()
    for kind, payload in _frames(file, reading.all.update):
        reading.take(kind, payload)
    if reading.manifest is None:
        raise BackupDamaged("it breaks off")
    return reading.manifest


def contents(file: BinaryIO) -> Iterator[CollectionFound | bytes]:
    """Each collection's beginning, and then its documents, of a file that was verified."""
    for kind, payload in _frames(file, lambda _: None):
        if kind == _COLLECTION:
            found = bson.decode(payload)
            yield CollectionFound(found["name"], found["indexes"])
        elif kind == _DOCUMENT:
            yield payload


class _Verifying:
    """Follows the frames of a file and compares what is said at the end with what was read."""

    def __init__(self) -> None:
        self.all = hashlib.sha256()
        self.manifest: Manifest | None = None
        self._about: About | None = None
        self._copied: list[Copied] = []
        self._before = self.all.copy()
        self._count = 0
        self._of_collection = hashlib.sha256()

    def take(self, kind: bytes, payload: bytes) -> None:
        """Look at one frame. Raises: BackupDamaged."""
        if self.manifest is not None:
            raise BackupDamaged("something follows its end")
        try:
            self._take(kind, payload)
        except (msgspec.DecodeError, bson.errors.InvalidBSON, KeyError) as error:
            raise BackupDamaged("a part of it cannot be read") from error
        self._before = self.all.copy()

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == _ABOUT:
            self._about = msgspec.json.decode(payload, type=About)
        elif kind == _COLLECTION:
            self._count, self._of_collection = 0, hashlib.sha256()
            self._name = str(bson.decode(payload)["name"])
        elif kind == _DOCUMENT:
            self._count += 1
            self._of_collection.update(payload)
        elif kind == _COLLECTION_END:
            read = Copied(self._name, self._count, self._of_collection.hexdigest())
            if msgspec.json.decode(payload, type=Copied) != read:
                raise BackupDamaged(f"{self._name} is not as it was written")
            self._copied.append(read)
        elif kind == _END:
            self._finish(payload)
        else:
            raise BackupDamaged("it has a part that nobody knows")

    def _finish(self, payload: bytes) -> None:
        manifest, sha256 = msgspec.json.decode(payload, type=tuple[Manifest, str])
        if sha256 != self._before.hexdigest():
            raise BackupDamaged("its checksum is another")
        if manifest.about != self._about or manifest.collections != self._copied:
            raise BackupDamaged("it does not hold what it says")
        self.manifest = manifest


def _frames(file: BinaryIO, seen: Callable[[bytes], object]) -> Iterator[tuple[bytes, bytes]]:
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        raise BackupDamaged("it does not begin as a backup of Linli does")
    seen(magic)
    while head := file.read(_HEAD.size):
        if len(head) < _HEAD.size:
            raise BackupDamaged("it breaks off")
        kind, length = _HEAD.unpack(head)
        if length > _LARGEST_FRAME_BYTES:
            raise BackupDamaged("a part of it is too long")
        payload = file.read(length)
        if len(payload) < length:
            raise BackupDamaged("it breaks off")
        seen(head)
        seen(payload)
        yield kind, payload

"""A copy of one service's database, and the way back.

A copy is of one point when nothing is written while it is taken: that is what READ_ONLY is for.
The keys of persons go into a file of their own, which is not kept for long: who is erased by
the destruction of their key is then erased from every older copy, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from chassis.backup_archive import (
    About,
    ArchiveWriter,
    BackupDamaged,
    CollectionFound,
    Kind,
    Manifest,
    contents,
    verified,
)
from chassis.clock import Now, utc_now
from chassis.consumer_groups import GroupOffset, set_offsets
from chassis.kafka_access import KafkaAccess
from chassis.mongo import Document, Store
from chassis.person_keys import COLLECTION as PERSON_KEYS

_AT_ONCE_BYTES = 1024 * 1024
_ID_INDEX = "_id_"


class DatabaseNotEmpty(Exception):
    """A backup is put back into an empty database alone; what is there stays as it is."""


class OtherBackup(Exception):
    """It is a backup of another service, or of the other kind."""


@dataclass(frozen=True)
class Backup:
    """The database of one service, for copies of it.

    Attributes:
        store: it is written to by `restore` alone.
    """

    service: str
    store: Store
    now: Now = utc_now

    async def take(
        self, out: BinaryIO, kind: Kind, offsets: Sequence[GroupOffset] = ()
    ) -> Manifest:
        """Write all collections but the keys of persons, or these alone.

        Raises: StoreUnavailable; OSError where it cannot be written.
        """
        about = About(service=self.service, kind=kind, taken_at=self.now(), offsets=list(offsets))
        writer = ArchiveWriter(out, about)
        for name in await self.store.collection_names():
            if (name == PERSON_KEYS) is (kind == "keys"):
                collection = self.store.collection(name)
                writer.begin(name, [_plain(each) for each in await collection.indexes()])
                async for raw in collection.each_raw():
                    writer.document(raw)
                writer.end()
        return writer.close()

    async def check_empty(self) -> None:
        """Let nothing be written over. Raises: DatabaseNotEmpty, StoreUnavailable."""
        for name in await self.store.collection_names():
            if await self.store.collection(name).count({}, limit=1):
                raise DatabaseNotEmpty(f"{name} holds documents")

    def check(self, file: BinaryIO, kind: Kind) -> Manifest:
        """Read all of a file. Raises: BackupDamaged, OtherBackup."""
        manifest = verified(file)
        about = manifest.about
        if (about.service, about.kind) != (self.service, kind):
            raise OtherBackup(f"it is of the {about.kind} of {about.service}")
        return manifest

    async def put_back(self, file: BinaryIO) -> None:
        """Write what a file holds that was checked. Raises: StoreUnavailable."""
        collection, waiting, size = None, list[bytes](), 0
        indexes: list[tuple[str, Document]] = []
        for part in contents(file):
            if isinstance(part, CollectionFound):
                if collection is not None and waiting:
                    await collection.insert_raw(waiting)
                collection, waiting, size = self.store.collection(part.name), [], 0
                indexes += [(part.name, each) for each in part.indexes]
                continue
            waiting.append(part)
            size += len(part)
            if collection is not None and size >= _AT_ONCE_BYTES:
                await collection.insert_raw(waiting)
                waiting, size = [], 0
        if collection is not None and waiting:
            await collection.insert_raw(waiting)
        for name, index in indexes:
            if index["name"] != _ID_INDEX:
                await self.store.collection(name).create_index_as(index)


async def restore(
    backup: Backup, data: BinaryIO, keys: BinaryIO | None, kafka: KafkaAccess | None
) -> Manifest:
    """Put a service's database back, and its consumer groups to where they were.

    The groups first: whose worker still runs is noticed there, with nothing written.

    Args:
        keys: None leaves every person of it unreadable.
        kafka: None leaves the groups where they are.
    Raises: BackupDamaged, OtherBackup, DatabaseNotEmpty, GroupInUse, BrokerUnavailable, with
        nothing written to the store; StoreUnavailable.
    """
    manifest = backup.check(data, "data")
    if keys is not None:
        backup.check(keys, "keys")
    await backup.check_empty()
    if kafka is not None:
        await set_offsets(kafka, manifest.about.offsets)
    for file in (data, keys):
        if file is not None:
            file.seek(0)
            await backup.put_back(file)
    return manifest


def _plain(index: Document) -> Document:
    """An index as it can be asked for: without what the store says of itself."""
    return {name: value for name, value in dict(index).items() if name not in {"v", "ns"}}


__all__ = ["Backup", "BackupDamaged", "DatabaseNotEmpty", "OtherBackup", "restore"]

"""The bytes of files in MongoDB: pieces of a megabyte, each sealed under the file's own key.

A file is `import_files`: {_id, community_id, sealed_key, size_bytes, pieces, unnamed_since,
version}, with `pieces` None until it has come whole and `unnamed_since` None once a batch is known
to name it, and `import_pieces`: {_id, community_id, file_id, number, sealed}. The key of a file is
random, and sealed under the wrapping key.
"""

import hashlib
import os
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from chassis.clock import Now
from chassis.encryption import KEY_BYTES, FieldCipher, SecretBox
from chassis.ids import derived_id
from chassis.mongo import Document, Index, Store
from chassis.rewrapping import SealedSecrets, Secret

from residents.application.imports.ports import ImportFileGone, UnnamedFile
from residents.domain.imports.batch import ImportFile

FILES = "import_files"
PIECES = "import_pieces"
PIECE_BYTES = 1024 * 1024
_MARK = "import.file"

INDEXES = (
    Index(collection=FILES, keys=(("unnamed_since", 1),)),
    Index(collection=PIECES, keys=(("community_id", 1), ("file_id", 1))),
)


class MongoImportFiles:
    """The port `ImportFiles`."""

    def __init__(
        self, store: Store, box: SecretBox, keyed_hash: Callable[[str, str], str], *, now: Now
    ) -> None:
        self._files = store.collection(FILES)
        self._pieces = store.collection(PIECES)
        self._box = box
        self._keyed_hash = keyed_hash
        self._now = now

    async def keep(
        self, community_id: str, file_id: str, pieces: AsyncIterator[bytes]
    ) -> ImportFile:
        """See the port."""
        key = os.urandom(KEY_BYTES)
        await self._files.insert_one(
            {
                "_id": file_id,
                "community_id": community_id,
                "sealed_key": self._box.seal(_place(file_id), key),
                "size_bytes": 0,
                "pieces": None,
                "unnamed_since": self._now(),
                "version": 1,
            }
        )
        try:
            return await self._kept(community_id, file_id, FieldCipher(key), pieces)
        except BaseException:
            await self.drop(community_id, file_id)
            raise

    async def read(self, community_id: str, file_id: str) -> bytes:
        """See the port."""
        file = await self._files.find_one({"_id": file_id, "community_id": community_id})
        if file is None or file["pieces"] is None:
            raise ImportFileGone
        cipher = FieldCipher(self._box.open(_place(file_id), file["sealed_key"]))
        whole = bytearray()
        for number in range(file["pieces"]):
            piece = await self._pieces.find_one(
                {"_id": _piece_id(file_id, number), "community_id": community_id}
            )
            if piece is None:
                raise ImportFileGone
            whole += cipher.decrypt(piece["sealed"], _piece_place(file_id, number))
        return bytes(whole)

    async def drop(self, community_id: str, file_id: str) -> None:
        """See the port. The pieces go first, so that whoever is stopped can be found again."""
        await self._pieces.delete_many({"community_id": community_id, "file_id": file_id})
        await self._files.delete_one({"_id": file_id, "community_id": community_id})

    async def unnamed(self, since_before: datetime, *, limit: int) -> list[UnnamedFile]:
        """See the port."""
        found = await self._files.find(
            {"unnamed_since": {"$lt": since_before}}, fields={"community_id": 1}, limit=limit
        )
        return [UnnamedFile(file["community_id"], file["_id"]) for file in found]

    async def named(self, community_id: str, file_id: str) -> None:
        """See the port."""
        await self._files.update_one(
            {"_id": file_id, "community_id": community_id},
            {"$set": {"unnamed_since": None}, "$inc": {"version": 1}},
        )

    async def _kept(
        self, community_id: str, file_id: str, cipher: FieldCipher, pieces: AsyncIterator[bytes]
    ) -> ImportFile:
        digest, size_bytes, number = hashlib.sha256(), 0, 0
        async for piece in _of_size(pieces):
            digest.update(piece)
            size_bytes += len(piece)
            await self._pieces.insert_one(
                {
                    "_id": _piece_id(file_id, number),
                    "community_id": community_id,
                    "file_id": file_id,
                    "sealed": cipher.encrypt(piece, _piece_place(file_id, number)),
                }
            )
            number += 1
        await self._files.update_one(
            {"_id": file_id, "community_id": community_id},
            {
                "$set": {
                    "size_bytes": size_bytes,
                    "pieces": number,
                    "unnamed_since": self._now(),
                },
                "$inc": {"version": 1},
            },
        )
        return ImportFile(file_id, self._keyed_hash(_MARK, digest.hexdigest()), size_bytes)


async def _of_size(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in pieces of one megabyte."""
    waiting = bytearray()
    async for piece in pieces:
        waiting += piece
        while len(waiting) >= PIECE_BYTES:
            yield bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
    if waiting:
        yield bytes(waiting)


def _piece_id(file_id: str, number: int) -> str:
    return derived_id("piece", file_id, str(number))


def _piece_place(file_id: str, number: int) -> bytes:
    return f"import_piece\x00{file_id}\x00{number}".encode()


def _place(file_id: str) -> str:
    return f"import_file.{file_id}"


def _keys(file: Document) -> list[Secret]:
    return [Secret("sealed_key", _place(file["_id"]), file["sealed_key"])]


FILE_KEYS = SealedSecrets(FILES, _keys)

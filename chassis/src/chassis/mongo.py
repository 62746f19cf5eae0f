"""The module that imports the driver, with mongo_failures: one database, its collections.

Motor is what the customer named; PyMongo Async is its successor. Both are driven through the
few calls below, so a setting chooses between them (docs/adr/0004-motor-behind-one-module.md).
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

import msgspec
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from gridfs.asynchronous import AsyncGridFSBucket
from gridfs.errors import CorruptGridFile, FileExists, NoFile
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorGridFSBucket
from pymongo import AsyncMongoClient, UpdateOne, WriteConcern

from chassis.errors import ReadOnly
from chassis.mongo_commands_told import CommandsTold, OnCommand
from chassis.mongo_failures import DuplicateKey, call, inserted_beside_known_ids, named_failures

__all__ = [
    "Collection",
    "Document",
    "DriverName",
    "DuplicateKey",
    "FileBucket",
    "Index",
    "OnCommand",
    "Sort",
    "Store",
]

Document = dict[str, Any]
Sort = tuple[tuple[str, int], ...]
DriverName = Literal["motor", "pymongo"]

_TIMEOUTS_MS: Mapping[str, Any] = {"timeoutMS": 4000, "serverSelectionTimeoutMS": 3000}
_READ_AT_ONCE = 10_000  # or 16 MB, as the store says; else it stops after 101 to be asked again
_UPDATED_AT_ONCE = 100  # 0.3 ms each in the embedded store, and as much for some indexes more


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """One index as the code wants it; `create_indexes` makes the store agree."""

    collection: str
    keys: Sort
    unique: bool = False
    sparse: bool = False
    partial: Mapping[str, Any] | None = None
    expire_after_seconds: int | None = None

    @property
    def name(self) -> str:
        """The name that the store would choose by itself: field_direction pairs."""
        return "_".join(f"{field}_{direction}" for field, direction in self.keys)


class Collection:
    """The operations on one collection that Linli uses, with failures named.

    Raises: StoreUnavailable from every call; DuplicateKey and ReadOnly from every write.
    """

    def __init__(self, driver: Any, *, read_only: bool = False) -> None:
        self._driver = driver
        self._read_only = read_only

    @property
    def _writable(self) -> Any:
        """The driver, for a write. Raises: ReadOnly."""
        if self._read_only:
            raise ReadOnly
        return self._driver

    @property
    def name(self) -> str:
        """The collection's name in its database."""
        return str(self._driver.name)

    async def find(
        self,
        where: Document,
        *,
        fields: Mapping[str, int] | None = None,
        sort: Sort | None = None,
        limit: int = 0,
    ) -> list[Document]:
        """All matching documents; give a limit unless the filter itself bounds them."""
        cursor = self._driver.find(
            where, fields, limit=limit, sort=list(sort) if sort else None, batch_size=_READ_AT_ONCE
        )
        found: list[Document] = await call(cursor.to_list(length=limit or None))
        return found

    async def find_one(
        self, where: Document, *, fields: Mapping[str, int] | None = None, sort: Sort | None = None
    ) -> Document | None:
        """The first matching document, or None."""
        found: Document | None = await call(
            self._driver.find_one(where, fields, sort=list(sort) if sort else None)
        )
        return found

    async def insert_one(self, document: Document) -> None:
        """Insert one document that carries its own `_id`."""
        await call(self._writable.insert_one(document))

    async def insert_many(self, documents: Sequence[Document]) -> None:
        """Insert those not yet there; DuplicateKey says that some were."""
        await call(self._writable.insert_many(documents, ordered=False))

    async def insert_missing(self, documents: Sequence[Document]) -> int:
        """Insert those whose `_id` is not there yet; the others stay as they are.

        Returns: how many were inserted.
        Raises: DuplicateKey when another unique index refuses one; the others are inserted.
        """
        try:
            await self.insert_many(documents)
        except DuplicateKey as error:
            inserted = inserted_beside_known_ids(error.__cause__)
            if inserted is None:
                raise
            return inserted
        return len(documents)

    async def update_one(self, where: Document, update: Document, *, upsert: bool = False) -> int:
        """Update at most one document; returns how many matched (an upsert's insert counts)."""
        result = await call(self._writable.update_one(where, update, upsert=upsert))
        return int(result.matched_count) + (result.upserted_id is not None)

    async def update_many(self, where: Document, update: Document | list[Document]) -> int:
        """Update every match, by an update or a pipeline; returns how many matched."""
        result = await call(self._writable.update_many(where, update))
        return int(result.matched_count)

    async def update_each(self, updates: Sequence[tuple[Document, Document]]) -> int:
        """Many updates of one document each, (where, update), in a few calls and in no order.

        Returns: how many matched.
        """
        matched = 0
        for at in range(0, len(updates), _UPDATED_AT_ONCE):
            some = [UpdateOne(*each) for each in updates[at : at + _UPDATED_AT_ONCE]]
            result = await call(self._writable.bulk_write(some, ordered=False))
            matched += int(result.matched_count)
        return matched

    async def delete_one(self, where: Document) -> int:
        """Delete at most one document; returns how many went."""
        result = await call(self._writable.delete_one(where))
        return int(result.deleted_count)

    async def delete_many(self, where: Document) -> int:
        """Delete every match; returns how many went."""
        result = await call(self._writable.delete_many(where))
        return int(result.deleted_count)

    async def count(self, where: Document, *, limit: int = 0) -> int:
        """Count matches, by index where there is one; stops at the limit if it is not 0."""
        options = {"limit": limit} if limit else {}
        return int(await call(self._driver.count_documents(where, **options)))

    async def aggregate(self, pipeline: Sequence[Document]) -> list[Document]:
        """Run a pipeline and return all that it yields."""
        with named_failures():
            cursor = self._driver.aggregate(list(pipeline))
            if not hasattr(cursor, "to_list"):  # PyMongo Async hands out a coroutine here
                cursor = await cursor
            found: list[Document] = await cursor.to_list(length=None)
            return found

    async def watch(
        self, pipeline: Sequence[Document] = (), *, wait_ms: int = 1000
    ) -> AsyncIterator[Document]:
        """Yield the collection's changes from now on, for as long as the store is there."""
        with named_failures():
            stream = self._driver.watch(list(pipeline), max_await_time_ms=wait_ms)
            if not hasattr(stream, "__aenter__"):  # PyMongo Async hands out a coroutine here
                stream = await stream
            async with stream:
                async for change in stream:
                    yield change

    async def explain_find(
        self, where: Document, *, sort: Sort | None = None, limit: int = 0
    ) -> Document:
        """How the store would answer a find, with execution statistics."""
        command: Document = {"find": self.name, "filter": where, "limit": limit}
        if sort:
            command["sort"] = dict(sort)
        return await self._explain(command)

    async def explain_aggregate(self, pipeline: Sequence[Document]) -> Document:
        """How the store would answer a pipeline, with execution statistics."""
        return await self._explain(
            {"aggregate": self.name, "pipeline": list(pipeline), "cursor": {}}
        )

    async def _explain(self, command: Document) -> Document:
        plan: Document = await call(
            self._driver.database.command({"explain": command, "verbosity": "executionStats"})
        )
        return plan

    async def indexes(self) -> list[Document]:
        """Every index as the store describes it, that of `_id` first; none without a collection."""
        with named_failures():
            cursor = self._driver.list_indexes()
            if not hasattr(cursor, "to_list"):  # PyMongo Async hands out a coroutine here
                cursor = await cursor
            found: list[Document] = await cursor.to_list(length=None)
            return found

    async def each_raw(self) -> AsyncIterator[bytes]:
        """Every document as its BSON, by `_id`, for a copy that is the same to the byte."""
        options = CodecOptions(document_class=RawBSONDocument)
        with named_failures():
            found = self._driver.with_options(codec_options=options).find({}, sort=[("_id", 1)])
            async for document in found:
                yield document.raw

    async def insert_raw(self, documents: Sequence[bytes]) -> None:
        """Insert what `each_raw` gave."""
        raw = [RawBSONDocument(document) for document in documents]
        await call(self._writable.insert_many(raw, ordered=False))

    async def create_index_as(self, description: Document) -> None:
        """Make an index that is as `indexes` described one."""
        asked = {"createIndexes": self.name, "indexes": [description]}
        await call(self._writable.database.command(asked))

    async def create_index(self, index: Index) -> None:
        """Make the store have this index."""
        options: Document = {"name": index.name, "unique": index.unique}
        if index.sparse:
            options["sparse"] = True
        if index.partial is not None:
            options["partialFilterExpression"] = dict(index.partial)
        if index.expire_after_seconds is not None:
            options["expireAfterSeconds"] = index.expire_after_seconds
        await call(self._writable.create_index(list(index.keys), **options))


class FileBucket:
    """Files of a few megabytes, each written once and whole under an id of its own (GridFS).

    Beside the files there is no document of theirs that says more: what a file is, and that it is
    wanted, is kept by the aggregate that names it.

    Raises: StoreUnavailable from every call; ReadOnly from `write` and `delete`.
    """

    def __init__(self, driver: Any, *, read_only: bool = False) -> None:
        self._driver = driver
        self._read_only = read_only

    async def write(self, file_id: str, content: bytes) -> None:
        """Write a new file; what is interrupted is no file. Raises: DuplicateKey for a used id."""
        self._check_writable()
        try:
            await call(self._driver.upload_from_stream_with_id(file_id, file_id, content))
        except FileExists as error:
            raise DuplicateKey("_id_") from error

    async def read(self, file_id: str) -> bytes | None:
        """Read a file; None where there is none, or it is going."""
        try:
            with named_failures():
                stream = await self._driver.open_download_stream(file_id)
                content: bytes = await stream.read()
                return content
        except (NoFile, CorruptGridFile):
            return None

    async def delete(self, file_id: str) -> None:
        """Delete a file, or the pieces of one whose writing was interrupted."""
        self._check_writable()
        try:
            await call(self._driver.delete(file_id))
        except NoFile:
            return

    def _check_writable(self) -> None:
        if self._read_only:
            raise ReadOnly


class Store:
    """One service's database.

    Attributes:
        read_only: every write raises ReadOnly before the driver hears of it.
    """

    def __init__(self, client: Any, database: str, *, read_only: bool = False) -> None:
        self._client = client
        self.read_only = read_only
        self._database = client.get_database(
            database,
            codec_options=CodecOptions(tz_aware=True, tzinfo=UTC),
            write_concern=WriteConcern(w="majority", j=True),
        )

    @classmethod
    def connect(
        cls,
        uri: str,
        database: str,
        *,
        driver: DriverName = "motor",
        read_only: bool = False,
        on_command: OnCommand | None = None,
    ) -> "Store":
        """Prepare a connection; the store need not be there yet.

        `timeoutMS` bounds each whole operation: with a server-selection timeout alone a read
        of a frozen store hangs. Closing is no operation, and looks for the server to say
        goodbye: for 30 s, were the other not given. What the URI says of them is taken first.

        Args:
            on_command: told of each command that is sent, from whichever thread sends it; what a
                test counts by.
        """
        client: Any
        options: dict[str, Any] = {
            **_timeouts_not_in(uri),
            "event_listeners": [CommandsTold(on_command)] if on_command else [],
        }
        if driver == "motor":
            client = AsyncIOMotorClient(uri, appname=database, **options)
        else:
            client = AsyncMongoClient(uri, appname=database, **options)
        return cls(client, database, read_only=read_only)

    def collection(self, name: str) -> Collection:
        """One collection of this database."""
        return Collection(self._database[name], read_only=self.read_only)

    def file_bucket(self, name: str) -> FileBucket:
        """Files of one kind; they lie in the collections `<name>.files` and `<name>.chunks`."""
        motor = isinstance(self._client, AsyncIOMotorClient)
        bucket = AsyncIOMotorGridFSBucket if motor else AsyncGridFSBucket
        return FileBucket(bucket(self._database, bucket_name=name), read_only=self.read_only)

    async def collection_names(self) -> list[str]:
        """The names of all collections that are there, in order."""
        return sorted(await call(self._database.list_collection_names()))

    async def create_indexes(self, indexes: Iterable[Index]) -> None:
        """Make the store have every declared index; those already there cost nothing.

        Raises: ReadOnly where one is missing.
        """
        for index in await self.missing_indexes(indexes) if self.read_only else indexes:
            await self.collection(index.collection).create_index(index)

    async def missing_indexes(self, indexes: Iterable[Index]) -> list[Index]:
        """Those that are not there, by name."""
        there: dict[str, set[str]] = {}
        missing = []
        for index in indexes:
            if index.collection not in there:
                found = await self.collection(index.collection).indexes()
                there[index.collection] = {str(each["name"]) for each in found}
            if index.name not in there[index.collection]:
                missing.append(index)
        return missing

    async def ping(self) -> None:
        """Answer only if the store does. Raises: StoreUnavailable."""
        await call(self._database.command("ping"))

    async def close(self) -> None:
        """Close every connection."""
        closing = self._client.close()
        if closing is not None:  # Motor's is a plain call
            await closing


def _timeouts_not_in(uri: str) -> dict[str, Any]:
    given = {name.lower() for name, _ in parse_qsl(urlsplit(uri).query)}
    return {name: ms for name, ms in _TIMEOUTS_MS.items() if name.lower() not in given}

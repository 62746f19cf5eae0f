"""The store as it lies there: every document of every collection that names a person."""

from collections.abc import AsyncIterator, Collection

from chassis.mongo import Document, Store

_BATCH = 200


class StoredDocuments:
    """Nothing is unlocked, and no collection is left out: the store itself says which there are.

    It reads everything, once; for an operator, not for a request.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def naming(self, names: Collection[str]) -> AsyncIterator[tuple[str, Document]]:
        """Each document in which one of these ids stands, with its collection's name."""
        for collection in await self._store.collection_names():
            async for document in self._all(collection):
                if _names_one(document, names):
                    yield collection, document

    async def one(self, collection: str, document_id: str) -> Document | None:
        """One document as it lies there."""
        return await self._store.collection(collection).find_one({"_id": document_id})

    async def _all(self, name: str) -> AsyncIterator[Document]:
        where: Document = {}
        while batch := await self._store.collection(name).find(
            where, sort=(("_id", 1),), limit=_BATCH
        ):
            for document in batch:
                yield document
            where = {"_id": {"$gt": batch[-1]["_id"]}}


def _names_one(value: object, names: Collection[str]) -> bool:
    match value:
        case str():
            return value in names
        case dict():
            return any(_names_one(part, names) for part in value.values())
        case list():
            return any(_names_one(part, names) for part in value)
    return False

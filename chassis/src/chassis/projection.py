"""What a service remembers of another's aggregates: one document per source aggregate."""

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

import msgspec

from chassis.mongo import Document, DuplicateKey, Store

P = TypeVar("P", bound=msgspec.Struct)

# Above every sequence, so that no event is newer than an erasure.
_ERASED = 2**53
_NATIVE = (datetime, bytes)


class Projection(Generic[P]):
    """Remembered aggregates of one kind, each at the highest sequence that has arrived.

    The struct's fields are stored flat, beside `_id`, `community_id` and `sequence`. It must be
    complete from any one event: what needs two events is an aggregate of your own with
    `EarlyArrival`.
    """

    def __init__(self, store: Store, collection: str, kind: type[P]) -> None:
        self.collection = store.collection(collection)
        self._kind = kind

    async def put(self, subject: str, community_id: str, sequence: int, state: P) -> bool:
        """Remember the state at this sequence; False if a newer one, or an erasure, is there."""
        document: Document = msgspec.to_builtins(state, builtin_types=_NATIVE)
        document.pop("community_id", None)
        document.pop("id", None)
        return await self._write(
            {"_id": subject, "community_id": community_id, "sequence": {"$lt": sequence}},
            {"$set": {**document, "sequence": sequence}},
        )

    async def erase(self, subject: str, community_id: str) -> None:
        """Forget it and leave a tombstone that no later event fills again."""
        fields = {field.encode_name for field in msgspec.structs.fields(self._kind)}
        forgotten = dict.fromkeys(sorted(fields - {"id", "community_id"}), "")
        await self._write(
            {"_id": subject, "community_id": community_id},
            {"$set": {"sequence": _ERASED}, **({"$unset": forgotten} if forgotten else {})},
        )

    async def get(self, community_id: str, subject: str) -> P | None:
        """What is remembered; None if nothing is, or no longer."""
        return (await self.get_many(community_id, [subject]))[0]

    async def get_many(self, community_id: str, subjects: Sequence[str]) -> list[P | None]:
        """What is remembered of each, in the order asked, by one query."""
        found = await self.collection.find(
            {"_id": {"$in": list(subjects)}, "community_id": community_id}
        )
        states = {document["_id"]: self._state(document) for document in found}
        return [states.get(subject) for subject in subjects]

    def _state(self, document: Document) -> P | None:
        if document["sequence"] == _ERASED:
            return None
        return msgspec.convert(
            {**document, "id": document["_id"]}, self._kind, builtin_types=_NATIVE
        )

    async def _write(self, where: Document, update: Document) -> bool:
        try:
            return await self.collection.update_one(where, update, upsert=True) == 1
        except DuplicateKey as there:
            if there.index.strip("_") not in {"", "id"}:
                raise
            return False

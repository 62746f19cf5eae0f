"""Owners in MongoDB, what is known of them locked with a key of each owner's own."""

from collections.abc import Sequence
from operator import methodcaller
from typing import Any

from chassis.aggregates import Aggregates, Page
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Document, Index, Store
from chassis.person_keys import PersonKeys

from residents.application.ports import Cursor
from residents.domain.events import SERVICE_TOPIC
from residents.domain.owners.errors import OwnerNotFound
from residents.domain.owners.owner import Owner

COLLECTION = "owners"
STAGED_FOR = "staged.edition"
_BY_ID = (("_id", 1),)
INDEXES = (
    Index(collection=COLLECTION, keys=(("community_id", 1), ("marks", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("staged.marks", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("resident.resident_id", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("staged.resident.resident_id", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("lists", 1), *_BY_ID)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("lists", 1), ("from_edition", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("from_edition", 1))),
    # Empty but while an import is applied.
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), (STAGED_FOR, 1), *_BY_ID),
        partial={STAGED_FOR: {"$gt": 0}},
    ),
)
# The simpler of the embedded stores takes four times as long for twice as many.
_MARKS_AT_ONCE = 200
LOCKED = ("facts", "staged.facts")


class MongoOwners(Aggregates[Owner]):
    """See `ports.Owners`."""

    def __init__(self, store: Store, keys: PersonKeys, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            COLLECTION,
            Owner,
            topic=SERVICE_TOPIC,
            not_found=lambda _: OwnerNotFound(),
            codec=EncryptedFields(
                keys, fields=LOCKED, person_key=lambda document: str(document["person_key"])
            ),
            now=now,
        )

    async def has_any(self, community_id: str) -> bool:
        """See `Owners.has_any`."""
        return await self.collection.count({"community_id": community_id}, limit=1) > 0

    async def with_marks(self, community_id: str, marks: Sequence[str]) -> list[Owner]:
        """See `Owners.with_marks`."""
        found: dict[str, Document] = {}
        for start in range(0, len(marks), _MARKS_AT_ONCE):
            some = marks[start : start + _MARKS_AT_ONCE]
            found |= await self._having(community_id, "marks", some)
        return await self._aggregates(list(found.values()))

    async def of_residents(self, community_id: str, resident_ids: Sequence[str]) -> list[Owner]:
        """See `Owners.of_residents`."""
        found = await self._having(community_id, "resident.resident_id", resident_ids)
        return await self._aggregates(list(found.values()))

    async def of_list(
        self, community_id: str, of: str, *, edition: int, first: int, after: Cursor | None = None
    ) -> Page[Owner]:
        """See `Owners.of_list`."""
        return await self.page(
            _listed(community_id, of, edition), sort=_BY_ID, first=first, after=after
        )

    async def count_of_list(self, community_id: str, of: str, *, edition: int) -> int:
        """See `Owners.count_of_list`."""
        return await self.collection.count(_listed(community_id, of, edition))

    async def settle(self, community_id: str, edition: int, *, limit: int) -> int:
        """See `Owners.settle`."""
        where = {"community_id": community_id, STAGED_FOR: edition}
        return await self.change_found(where, methodcaller("settled", edition), limit=limit)

    async def unstage(self, community_id: str, *, above: int, upto: int) -> None:
        """See `Owners.unstage`."""
        # By name, not as a range: the embedded wheel store loses the end of such a one.
        between = {"$in": list(range(above + 1, upto + 1))}
        where: Document = {"community_id": community_id, STAGED_FOR: between}
        await self.collection.update_many(where, {"$set": {"staged": None}, "$inc": {"version": 1}})
        await self.collection.delete_many({"community_id": community_id, "from_edition": between})

    async def _having(
        self, community_id: str, field: str, values: Sequence[str]
    ) -> dict[str, Document]:
        """By id; what is staged is asked first: whoever is folded in between is found twice."""
        found: dict[str, Document] = {}
        for each in (f"staged.{field}", field):
            where: Document = {"community_id": community_id, each: {"$in": list(values)}}
            listed = await self.collection.find(where)
            # The embedded wheel store lists a document under what was taken from it, too.
            found |= {one["_id"]: one for one in listed if _has(one, each, values)}
        return found


def _has(document: Document, path: str, values: Sequence[str]) -> bool:
    """Whether one of the values, or a list with one of them, is at the dotted path."""
    at: Any = document
    for name in path.split("."):
        at = at.get(name) if isinstance(at, dict) else None
    return bool(set(at if isinstance(at, list) else [at]) & set(values))


def _listed(community_id: str, of: str, edition: int) -> Document:
    return {"community_id": community_id, "lists": of, "from_edition": {"$lte": edition}}

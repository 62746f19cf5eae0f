"""Walking an index without a condition beside it.

The embedded store leaves the index, and reads the whole collection, for any condition that the
index does not hold, and for a keyset's "or". So a list asks for a range of one index alone; what
does not count, and what came before the cursor, is left out here. Both are few.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from chassis.keyset import Cursor, value_at
from chassis.mongo import Collection, Document

BESIDE_THE_STATE: Mapping[str, int] = {"held": 0, "outbox": 0, "requests": 0, "creation": 0}
"""What a document has beside the aggregate's state, and a list does not read."""
_SAME_DOOR = 8
"""How many lie under one key, more or less: those before the cursor are read again."""


_MOST_AT_ONCE = 1000


class Walked(NamedTuple):
    """Documents with their places in the list, and whether more follow."""

    documents: list[Document]
    cursors: list[Cursor]
    has_more: bool


NOTHING = Walked([], [], has_more=False)


async def walk(
    collection: Collection, where: Document, key: str, *, first: int, after: Cursor | None,
    keep: Callable[[Document], bool],
) -> Walked:  # fmt: skip
    """The first documents beyond a cursor, sorted by a key and `_id`.

    Args:
        where: equalities on all that an index starts with before the key, and the key's bounds.
        key: by which the index goes on, after it `_id`; or `_id` itself.
        after: the key and `_id` of the last one seen.
        keep: whether a document belongs to the list.
    """
    found: list[tuple[Cursor, Document]] = []
    place, limit = after, first + 1 + (_SAME_DOOR if after else 0)
    while True:
        documents = await collection.find(
            _from(where, key, place),
            fields=BESIDE_THE_STATE,
            sort=((key, 1),) if key == "_id" else ((key, 1), ("_id", 1)),
            limit=limit,
        )
        placed = [((value_at(each, key), each["_id"]), each) for each in documents]
        new = [each for each in placed if place is None or each[0] > place]
        found += [each for each in new if keep(each[1])]
        if len(documents) < limit or len(found) > first:
            break
        if new:
            place = new[-1][0]
        # all of these lie under one key, or hardly one of them belongs to the list
        limit = min(2 * limit, max(limit, _MOST_AT_ONCE)) if new else 2 * limit
    return Walked(
        [document for _, document in found[:first]],
        [cursor for cursor, _ in found[:first]],
        len(found) > first,
    )


def _from(where: Document, key: str, place: Cursor | None) -> Document:
    if place is None:
        return where
    bounds = {name: bound for name, bound in where[key].items() if name not in {"$gt", "$gte"}}
    return {**where, key: {"$gte": place[0], **bounds}}

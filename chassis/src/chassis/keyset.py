"""Pages of a sorted list by the place of the last item seen, bounded so that an index is walked."""

from chassis.mongo import Document, Sort

Cursor = tuple[object, ...]
"""What the last item seen has in each field of the sort."""


def value_at(document: Document, path: str) -> object:
    """What a document holds at a dotted path; None where it has nothing."""
    value: object = document
    for name in path.split("."):
        value = value[name] if isinstance(value, dict) else None
    return value


def narrowed(where: Document, beyond: Document) -> Document:
    """Both filters at once; a range on the same field keeps the bounds of both."""
    both = {**where, **beyond}
    for field in where.keys() & beyond.keys():
        both[field] = {**where[field], **beyond[field]}
    return both


def beyond(sort: Sort, after: Cursor) -> Document:
    """What lies beyond a cursor, bounded on the first field so that its index is walked.

    (a, b, c) > (x, y, z) is a ≥ x and (a > x or (b ≥ y and (b > y or c > z))).
    """
    (field, direction), *rest = sort
    value, *values = after
    past = {field: {"$gt" if direction > 0 else "$lt": value}}
    if not rest:
        return past
    return {
        field: {"$gte" if direction > 0 else "$lte": value},
        "$or": [past, beyond(tuple(rest), tuple(values))],
    }

"""The driver's failures by our names; with chassis.mongo the only place that knows them."""

import re
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pymongo import errors

from chassis.errors import StoreUnavailable

T = TypeVar("T")

_UNAVAILABLE = (
    errors.ConnectionFailure,
    errors.ExecutionTimeout,
    errors.WaitQueueTimeoutError,
    errors.WTimeoutError,
    errors.NetworkTimeout,
)
_DUPLICATE = 11000
_AWAY_CODES = frozenset(
    {6, 7, 50, 64, 89, 91, 189, 202, 262, 9001, 10107, 11600, 11602, 13435, 13436}
)
_INDEX_IN_MESSAGE = re.compile(r"index: (?:\S+\.\$)?(\S+)")


class DuplicateKey(Exception):
    """A unique index already holds this key.

    Attributes:
        index: the index's name as the store reports it, "" where it does not.
    """

    def __init__(self, index: str) -> None:
        self.index = index
        super().__init__(f"duplicate key in index {index!r}")


@contextmanager
def named_failures() -> Iterator[None]:
    """Turn the driver's failures into ours; anything else is a bug and passes through."""
    try:
        yield
    except errors.PyMongoError as error:
        if _means_duplicate(error):
            found = _INDEX_IN_MESSAGE.search(str(error))
            raise DuplicateKey(found.group(1) if found else "") from error
        if _means_away(error):
            raise StoreUnavailable from error
        raise


async def call(answer: Awaitable[T]) -> T:
    """Await one of the driver's answers. Raises: StoreUnavailable, DuplicateKey."""
    with named_failures():
        return await answer


def inserted_beside_known_ids(refusal: BaseException | None) -> int | None:
    """How many of many were inserted; None unless each other one's `_id` was there."""
    if not isinstance(refusal, errors.BulkWriteError):
        return None
    found = (_INDEX_IN_MESSAGE.search(write["errmsg"]) for write in refusal.details["writeErrors"])
    if not all(index is not None and index.group(1) == "_id_" for index in found):
        return None
    return int(refusal.details["nInserted"])


def _means_duplicate(error: errors.PyMongoError) -> bool:
    if isinstance(error, errors.BulkWriteError):
        return all(failure.get("code") == _DUPLICATE for failure in error.details["writeErrors"])
    return isinstance(error, errors.DuplicateKeyError)


def _means_away(error: errors.PyMongoError) -> bool:
    if isinstance(error, _UNAVAILABLE) or error.timeout:
        return True
    return isinstance(error, errors.OperationFailure) and error.code in _AWAY_CODES

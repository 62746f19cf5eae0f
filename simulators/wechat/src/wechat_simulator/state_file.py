"""One SQLite file that holds every record, so that a restart keeps them."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)

IN_MEMORY = "memory"


class StateFile:
    """The file of records. `memory` keeps nothing."""

    def __init__(self, path: str) -> None:
        # Only the event loop's thread uses it, but the loop may be another thread than this one's.
        self._connection = sqlite3.connect(
            ":memory:" if path == IN_MEMORY else path, isolation_level=None, check_same_thread=False
        )
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS record"
            " (kind TEXT, key TEXT, body BLOB, PRIMARY KEY (kind, key))"
        )

    def rows(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Return every (key, body) of a kind, first written first."""
        yield from self._connection.execute(
            "SELECT key, body FROM record WHERE kind = ? ORDER BY rowid", (kind,)
        )

    def write(self, kind: str, key: str, body: bytes) -> None:
        """Keep the body under the key, in place of what was there."""
        self._connection.execute(
            "INSERT INTO record (kind, key, body) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            (kind, key, body),
        )

    def remove(self, kind: str, key: str) -> None:
        """Forget what is under the key, if anything."""
        self._connection.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, key))

    def close(self) -> None:
        """Close the file; what was written is in it."""
        self._connection.close()


class Table(Generic[T]):
    """The records of one kind, in memory, each written to the file as it changes.

    `group_of` names the group that a record belongs to, for ever.
    """

    def __init__(
        self, file: StateFile, kind: type[T], *, group_of: Callable[[T], str] = lambda record: ""
    ) -> None:
        self._file = file
        self._name = kind.__name__
        self._group_of = group_of
        self._records: dict[str, T] = {}
        self._groups: defaultdict[str, dict[str, T]] = defaultdict(dict)
        decode = msgspec.json.Decoder(kind).decode
        for key, body in file.rows(self._name):
            self._keep(key, decode(body))

    def get(self, key: str) -> T | None:
        """Return the record under the key, or none."""
        return self._records.get(key)

    def put(self, key: str, record: T) -> T:
        """Keep the record under the key and return it."""
        self._file.write(self._name, key, msgspec.json.encode(record))
        self._keep(key, record)
        return record

    def remove(self, key: str) -> None:
        """Forget the record under the key, if any."""
        self._file.remove(self._name, key)
        record = self._records.pop(key, None)
        if record is not None:
            del self._groups[self._group_of(record)][key]

    def all(self) -> list[T]:
        """Return every record, first written first."""
        return list(self._records.values())

    def group(self, name: str) -> list[T]:
        """Return the records of a group, first written first."""
        return list(self._groups[name].values()) if name in self._groups else []

    def _keep(self, key: str, record: T) -> None:
        self._records[key] = record
        self._groups[self._group_of(record)][key] = record

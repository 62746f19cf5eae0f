"""The command that shows what lies in the store for one person, byte for byte."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Protocol

import typer
from chassis.errors import StoreUnavailable

Document = dict[str, Any]

_HASH = re.compile(r"(?:[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{64})")
_NAMES_IN_ACCOUNT = ("login_id", "wechat_person_id", "own_person_key")
_HEX_SHOWN = 16
_TEXT_SHOWN = 40


class Stored(Protocol):
    """The store as it lies there."""

    def naming(self, names: Collection[str]) -> AsyncIterator[tuple[str, Document]]:
        """Each document in which one of these ids stands, with its collection's name."""

    async def one(self, collection: str, document_id: str) -> Document | None:
        """One document as it lies there."""


class Bound(Protocol):
    """Whose account is whose."""

    async def accounts_of(self, community_id: str, resident_id: str) -> Sequence[str]:
        """The accounts that are verified to be a resident's."""


@dataclass(frozen=True)
class Showing:
    """What the command needs."""

    stored: Stored
    bound: Bound


OpenShowing = Callable[[], AbstractAsyncContextManager[Showing]]


def mount_showing_commands(app: typer.Typer, open_showing: OpenShowing) -> None:
    """Add `show-stored` to the service's commands."""

    @app.command("show-stored")
    def show_stored(
        resident_id: Annotated[str, typer.Argument(help="The resident.")],
    ) -> None:
        """Print every document that names a resident or their accounts, as it lies in the store.

        Of each field: its type, its length, its first bytes, and whether they can be read.
        `locked` needs the person's key, `hash` can only be compared, `clear` is what it says.
        Nothing is unlocked. It reads the whole store.
        """
        try:
            asyncio.run(_show(open_showing, resident_id))
        except StoreUnavailable as error:
            typer.echo(error.for_operators, err=True)
            raise typer.Exit(1) from None


async def _show(open_showing: OpenShowing, resident_id: str) -> None:
    async with open_showing() as showing:
        resident = await showing.stored.one("residents", resident_id)
        if resident is None:
            typer.echo("RESIDENT_NOT_FOUND: no such resident", err=True)
            raise typer.Exit(1)
        names = await _names(showing, resident)
        documents = fields = locked = 0
        async for collection, document in showing.stored.naming(names):
            typer.echo(f"{collection} {document['_id']}")
            for path, value in fields_of(document):
                line = Line.of(path, value)
                typer.echo(f"  {line}")
                fields, locked = fields + 1, locked + (line.legibility == "locked")
            documents += 1
        typer.echo(f"{documents} documents, {fields} fields, {locked} of them locked")


async def _names(showing: Showing, resident: Document) -> set[str]:
    """Every id that stands for this person and nobody else."""
    names = {resident["_id"], resident["person_key"]}
    for account_id in await showing.bound.accounts_of(resident["community_id"], resident["_id"]):
        account = await showing.stored.one("accounts", account_id) or {}
        found = [account_id, *(account.get(field) for field in _NAMES_IN_ACCOUNT)]
        names.update(name for name in found if name)
    return names


def fields_of(document: Document) -> Iterator[tuple[str, object]]:
    """Every value of a document that holds no other, by its path."""
    for name, value in document.items():
        yield from _parts(name, value)


def _parts(path: str, value: object) -> Iterator[tuple[str, object]]:
    match value:
        case dict() if value:
            for name, part in value.items():
                yield from _parts(f"{path}.{name}", part)
        case list() if value:
            for number, part in enumerate(value):
                yield from _parts(f"{path}.{number}", part)
        case _:
            yield path, value


@dataclass(frozen=True)
class Line:
    """A field as it lies in the store."""

    path: str
    kind: str
    raw: bytes
    legibility: str
    text: str

    @classmethod
    def of(cls, path: str, value: object) -> "Line":
        """What there is to say of a value."""
        raw = _raw(value)
        kind = type(value).__name__
        match value:
            case bytes():
                return cls(path, kind, raw, "locked", "")
            case str() if _HASH.fullmatch(value):
                return cls(path, kind, raw, "hash", "")
        return cls(path, kind, raw, "clear", _shortened(str(value), _TEXT_SHOWN))

    def __str__(self) -> str:
        """One line, in columns."""
        shown = _shortened(self.raw.hex(), 2 * _HEX_SHOWN)
        size = f"{len(self.raw)} B"
        columns = f"{self.path:<32} {self.kind:<8} {size:>8}  {shown:<33} {self.legibility:<6}"
        return f"{columns} {self.text}".rstrip()


def _raw(value: object) -> bytes:
    """The bytes of a value as BSON has them, without its length."""
    match value:
        case bytes():
            return value
        case str():
            return value.encode()
        case bool():
            return bytes([value])
        case int():
            return value.to_bytes(8, "little", signed=True)
        case datetime():
            return int(value.timestamp() * 1000).to_bytes(8, "little", signed=True)
    return b""


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"

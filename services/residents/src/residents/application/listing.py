"""Lists of which a rule of the domain picks some."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from residents.application.ports import Cursor

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)
_AT_ONCE = 200


class PageOf(Protocol[A_co]):
    """Some of a list, as every room's stores give it."""

    @property
    def items(self) -> Sequence[A_co]:
        """What is listed."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each is in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


ReadPage = Callable[[int, Cursor | None], Awaitable[PageOf[A]]]


class Listed(msgspec.Struct, Generic[A], frozen=True):
    """Some of a list."""

    items: Sequence[A]
    cursors: Sequence[Cursor]
    has_next_page: bool


async def every_page(read: ReadPage[A], after: Cursor | None = None) -> AsyncIterator[A]:
    """Yield everything after a place, read a page at a time."""
    async for item, _ in _with_cursors(read, after):
        yield item


async def picked(
    read: ReadPage[A], pick: Callable[[A], bool], *, first: int, after: Cursor | None
) -> Listed[A]:
    """The next items that the rule picks, however many lie between them."""
    items: list[A] = []
    cursors: list[Cursor] = []
    async for item, cursor in _with_cursors(read, after):
        if not pick(item):
            continue
        if len(items) == first:
            return Listed(items, cursors, has_next_page=True)
        items.append(item)
        cursors.append(cursor)
    return Listed(items, cursors, has_next_page=False)


async def _with_cursors(read: ReadPage[A], after: Cursor | None) -> AsyncIterator[tuple[A, Cursor]]:
    while True:
        page = await read(_AT_ONCE, after)
        for item, cursor in zip(page.items, page.cursors, strict=True):
            yield item, cursor
        if not page.has_next_page:
            return
        after = page.cursors[-1]

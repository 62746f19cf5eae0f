"""Lists by keyset cursor, Relay style, shareable between services; and rates with their rows."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Generic, Protocol, TypedDict, TypeVar

import msgspec
import strawberry

from chassis.errors import BadUserInput, QueryRefused

DEFAULT_FIRST = 20
MAX_FIRST = 100
FIRST = f"How many at most, 1 to {MAX_FIRST}."
AFTER = "Only those after this cursor."

Cursor = tuple[object, ...]
_LONGEST_CURSOR = 1_024
_SMALLEST_INT, _LARGEST_INT = -(2**63), 2**63 - 1

T = TypeVar("T")
A_co = TypeVar("A_co", covariant=True)
A = TypeVar("A")


class PageOf(Protocol[A_co]):
    """What a store answers for one page; chassis.aggregates.Page is one."""

    @property
    def items(self) -> Sequence[A_co]:
        """The items of the page."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """The keyset of each item."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


@strawberry.federation.type(shareable=True, description="Where a page of a list ends.")
class PageInfo:
    """One shape in every service, so that the gateway can merge them."""

    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether something came before.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item.")


@strawberry.type(description="One item of a list, and where it is in it.")
class Edge(Generic[T]):
    """An item and its cursor."""

    node: T = strawberry.field(description="The item.")
    cursor: str = strawberry.field(description="Its place: give it as `after` to go on from here.")


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    """A page of a list."""

    edges: list[Edge[T]] = strawberry.field(description="The items with their cursors.")
    nodes: list[T] = strawberry.field(description="The items alone.")
    page_info: PageInfo = strawberry.field(description="Where this page ends.")


def connection_of(
    page: PageOf[A], node: Callable[[A], T], *, after: str | None = None
) -> Connection[T]:
    """Make a connection of a store's page.

    Args:
        node: makes the graph's type of the stored item.
        after: the cursor that was asked for, if any; something came before then.
    """
    nodes = [node(item) for item in page.items]
    cursors = [encode_cursor(cursor) for cursor in page.cursors]
    return Connection(
        edges=[Edge(node=node, cursor=cursor) for node, cursor in zip(nodes, cursors, strict=True)],
        nodes=nodes,
        page_info=PageInfo(
            has_next_page=page.has_next_page,
            has_previous_page=after is not None,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        ),
    )


def checked_first(first: int) -> int:
    """Give back a `first` that may be asked for.

    Raises: BadUserInput below 1; QueryRefused above 100.
    """
    if first < 1:
        raise BadUserInput("first 至少为 1。", input_name="first")
    if first > MAX_FIRST:
        raise QueryRefused(f"一次最多查询 {MAX_FIRST} 条。")
    return first


def encode_cursor(cursor: Cursor) -> str:
    """Make a keyset opaque. Its parts are str, int, bool, None or aware datetimes."""
    tagged = [_tagged(part) for part in cursor]
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(tagged)).rstrip(b"=").decode()


def decode_cursor(text: str | None) -> Cursor | None:
    """Undo `encode_cursor`; None stays None.

    Raises: BadUserInput for anything that `encode_cursor` did not make.
    """
    if text is None:
        return None
    try:
        if len(text) > _LONGEST_CURSOR:
            raise ValueError("too long")
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        parts = msgspec.msgpack.decode(raw, type=list[tuple[str, object]])
        return tuple(_untagged(tag, part) for tag, part in parts)
    except (binascii.Error, ValueError, msgspec.DecodeError, OverflowError) as error:
        raise BadUserInput(
            "分页游标 after 无效，请从第一页重新查询。", input_name="after"
        ) from error


def _tagged(part: object) -> tuple[str, object]:
    match part:
        case datetime() if part.tzinfo is not None:
            return "t", (part - _EPOCH) // _MICROSECOND
        case bool() | None:
            return "c", part
        case int() if _SMALLEST_INT <= part <= _LARGEST_INT:
            return "i", part
        case str():
            return "s", part
    raise TypeError(f"a cursor cannot hold a {type(part).__name__}")


def _untagged(tag: str, part: object) -> object:
    match tag, part:
        case "c", bool() | None:
            return part
        case "t", int() if not isinstance(part, bool):
            return _EPOCH + part * _MICROSECOND
        case "i", int() if not isinstance(part, bool) and _SMALLEST_INT <= part <= _LARGEST_INT:
            return part
        case "s", str():
            return part
    raise ValueError(f"unknown part {tag}")


@strawberry.federation.type(shareable=True, description="What a rate leaves out, and why.")
class Exclusion:
    """A reason and how many it leaves out."""

    reason: str = strawberry.field(description="Why these are not counted, a stable code.")
    count: int = strawberry.field(description="How many are not counted for this reason.")


@strawberry.interface(description="A share that opens: every type of it adds `rows`.")
class Rate:
    """Subclass it as a strawberry type and add a resolver `rows`."""

    value: float | None = strawberry.field(
        description="numerator / denominator; null when there is nothing to divide by."
    )
    numerator: int = strawberry.field(description="How many of the denominator it holds for.")
    denominator: int = strawberry.field(description="How many were counted.")
    excluded: list[Exclusion] = strawberry.field(description="What was not counted.")
    as_of: datetime = strawberry.field(description="The moment it was computed for.")


class RateFields(TypedDict):
    """The fields of a Rate, as keywords of its constructor."""

    value: float | None
    numerator: int
    denominator: int
    excluded: list[Exclusion]
    as_of: datetime


def rate_of(
    *,
    numerator: int,
    denominator: int,
    as_of: datetime,
    excluded: Mapping[str, int] | None = None,
) -> RateFields:
    """Compute the fields of a Rate. Args: excluded: reason → count."""
    return RateFields(
        value=numerator / denominator if denominator else None,
        numerator=numerator,
        denominator=denominator,
        excluded=[Exclusion(reason=r, count=n) for r, n in (excluded or {}).items()],
        as_of=as_of,
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = datetime.resolution

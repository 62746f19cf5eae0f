"""Some of a list of what is no aggregate."""

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from vouchers.application.ports import Cursor

T = TypeVar("T")


class Listed(msgspec.Struct, Generic[T], frozen=True):
    """See the port `Page`."""

    items: Sequence[T] = ()
    cursors: Sequence[Cursor] = ()
    has_next_page: bool = False

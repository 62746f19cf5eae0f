"""What showing a contact needs from outside."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

import msgspec

from residents.application.ports import Cursor, Kept
from residents.domain.archive.residents import Resident
from residents.domain.privacy.reveals import Reveal

NewShowing = Callable[[], str]
"""Names one reading of a contact, so that each is written down."""


class Contact(msgspec.Struct, frozen=True):
    """What is shown."""

    name: str
    phone: str | None
    birth_date: date | None


class RevealPage(Protocol):
    """Some of a list of reveals."""

    @property
    def items(self) -> Sequence[Reveal]:
        """The reveals."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each is in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class Reveals(Kept[Reveal], Protocol):
    """get and change raise RevealNotFound."""

    async def newest_first(
        self, community_id: str, *, resident_id: str | None = None, first: int,
        after: Cursor | None,
    ) -> RevealPage:  # fmt: skip
        """A community's reveals, or those of one resident."""


class ReadableResidents(Protocol):
    """The archive, as far as it counts."""

    async def residents_by_id(
        self, community_id: str, ids: Sequence[str]
    ) -> Sequence[Resident | None]:
        """Residents in the order of the ids; None for unknown ones. Facts come decrypted."""

"""A short hold on a person who is being entered, so that two clerks do not enter them twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from residents.domain.archive.errors import PersonAlreadyHere
from residents.domain.archive.events import ArchiveEvent

HOLD_LIFETIME = timedelta(minutes=1)
"""Longer than any request lasts; a request that crashed is taken over after it."""


class PersonHold(msgspec.Struct, frozen=True, kw_only=True):
    """Who is entering a person; its id is derived from a mark of the person.

    Attributes:
        resident_id: the id under which they are entered.
        expires_at: from then on somebody else may enter them, and the store forgets it.
    """

    id: str
    community_id: str
    resident_id: str
    expires_at: datetime
    version: int = 0

    def taken_by(
        self, resident_id: str, at: datetime
    ) -> tuple["PersonHold", Sequence[ArchiveEvent]]:
        """Enter the person under that id. Raises: PersonAlreadyHere while another's holds."""
        if self.resident_id == resident_id:
            return self, ()
        if at < self.expires_at:
            raise PersonAlreadyHere
        after = msgspec.structs.replace(
            self, resident_id=resident_id, expires_at=at + HOLD_LIFETIME
        )
        return after, ()

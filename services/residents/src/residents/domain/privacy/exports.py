"""A ticket to everything that is kept of one person: good once, for minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from residents.domain.events import Event
from residents.domain.privacy.errors import ExportNotFound, ExportReasonRequired
from residents.domain.privacy.notes import is_said
from residents.domain.roles import Role

TICKET_LIFETIME = timedelta(minutes=5)

OWN_REQUEST = "OWN_REQUEST"
COUNTER_REQUEST = "COUNTER_REQUEST"


class DataExport(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody may take out a person's data, and whether they did.

    Attributes:
        account_id: who asked: the person, or a secretary for a resident at the counter.
        resident_id: whose data; None for the caller's own.
        note: why, where staff asked; encrypted under the resident's key.
    """

    id: str
    community_id: str
    account_id: str
    by_role: Role | None
    resident_id: str | None
    person_key: str | None
    note: str | None
    requested_at: datetime
    expires_at: datetime
    taken_at: datetime | None = None
    version: int = 0

    @property
    def subject(self) -> str:
        """Whom it is about, as a pseudonym."""
        return self.resident_id or self.account_id

    @property
    def purpose(self) -> str:
        """Why, as a code."""
        return COUNTER_REQUEST if self.resident_id else OWN_REQUEST

    def check_open(self, at: datetime) -> None:
        """Raises: ExportNotFound for a ticket that was used or has expired."""
        if self.taken_at is not None or at >= self.expires_at:
            raise ExportNotFound

    def take(self, at: datetime) -> tuple["DataExport", Sequence[Event]]:
        """Use the ticket. Raises: ExportNotFound."""
        self.check_open(at)
        return msgspec.structs.replace(self, taken_at=at), ()


def checked_reason(note: str) -> str:
    """Raises: ExportReasonRequired."""
    if not is_said(note):
        raise ExportReasonRequired
    return note.strip()

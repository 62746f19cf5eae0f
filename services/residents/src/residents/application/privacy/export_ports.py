"""What exports need from outside."""

from collections.abc import Callable, Sequence
from typing import Protocol

from residents.application.ports import Kept
from residents.domain.privacy.exports import DataExport

TicketSecret = Callable[[str], str]
"""The secret of a ticket, derived under a key that is not in the store, by the export's id."""


class DataExports(Kept[DataExport], Protocol):
    """get and change raise ExportNotFound."""

    async def of_ticket(self, export_id: str) -> DataExport:
        """The export that a ticket names, whatever its community. Raises: ExportNotFound."""

    async def of_subject(self, community_id: str, subject: str) -> Sequence[DataExport]:
        """Every export of a resident, or of an account's own data, the oldest first."""

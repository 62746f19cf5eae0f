"""Ask for everything that is kept of a person: one's own, or a resident's at the counter."""

from dataclasses import dataclass

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.privacy.export_ports import DataExports, TicketSecret
from residents.application.privacy.reach import Reach
from residents.domain.privacy.exports import TICKET_LIFETIME, DataExport, checked_reason
from residents.domain.privacy.permissions import EXPORT_FOR_RESIDENT, EXPORT_OWN_DATA
from residents.domain.roles import Actor


class Ticket(msgspec.Struct, frozen=True):
    """An export, and the secret that opens it."""

    export: DataExport
    secret: str

    def __repr__(self) -> str:
        """The export alone."""
        return f"Ticket({self.export.id})"


@dataclass(frozen=True)
class RequestExport:
    """A repeat gets the same ticket; it is not good any longer for that."""

    exports: DataExports
    reach: Reach
    secret_of: TicketSecret
    now: Now

    async def own(self, actor: Actor, export_id: str, *, request: Request) -> Ticket:
        """Raises: RequestIdReused."""
        demand(actor, EXPORT_OWN_DATA)
        at = self.now()
        export = DataExport(
            id=export_id,
            community_id=actor.community_id,
            account_id=actor.account_id,
            by_role=None,
            resident_id=None,
            person_key=None,
            note=None,
            requested_at=at,
            expires_at=at + TICKET_LIFETIME,
        )
        return await self._keep(export, request)

    async def for_resident(
        self, actor: Actor, export_id: str, resident_id: str, note: str, *, request: Request
    ) -> Ticket:
        """Raises: ResidentNotFound; ExportReasonRequired; RequestIdReused."""
        demand(actor, EXPORT_FOR_RESIDENT)
        resident, role = await self.reach.resident(actor, resident_id, EXPORT_FOR_RESIDENT)
        at = self.now()
        export = DataExport(
            id=export_id,
            community_id=actor.community_id,
            account_id=actor.account_id,
            by_role=role,
            resident_id=resident.id,
            person_key=resident.person_key,
            note=checked_reason(note),
            requested_at=at,
            expires_at=at + TICKET_LIFETIME,
        )
        return await self._keep(export, request)

    async def _keep(self, export: DataExport, request: Request) -> Ticket:
        kept = await self.exports.add(export, request=request)
        return Ticket(kept, self.secret_of(kept.id))

"""Hand out, for a ticket, everything that this service keeps of a person."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from residents.application.logins.ports import BoundAccounts
from residents.application.ports import Now
from residents.application.privacy.export_ports import DataExports, TicketSecret
from residents.application.privacy.ports import AuditTrail, PersonalData, PersonRef
from residents.application.privacy.reveal_ports import ReadableResidents
from residents.domain.privacy.audit import AuditAct, AuditAction
from residents.domain.privacy.errors import ExportNotFound
from residents.domain.privacy.exports import DataExport

_EXPLANATION = (
    "这是居民服务保存的与您有关的数据；您的留言和诉求保存在其他系统，需要时请向社区提出。"
)


@dataclass(frozen=True)
class TakeExport:
    """Gathered, written into the trail, the ticket used up, handed out: in this order."""

    exports: DataExports
    residents: ReadableResidents
    bound: BoundAccounts
    parts: Sequence[PersonalData]
    trail: AuditTrail
    secret_of: TicketSecret
    now: Now

    async def __call__(self, export_id: str, secret: str) -> Mapping[str, object]:
        """Everything, as plain data for JSON.

        Raises: ExportNotFound for a ticket that is wrong, used or expired; StoreUnavailable,
            with the ticket as good as before.
        """
        if not hmac.compare_digest(self.secret_of(export_id).encode(), secret.encode()):
            raise ExportNotFound
        export = await self.exports.of_ticket(export_id)
        export.check_open(self.now())
        person = await self._person(export)
        told = {part.part: await part.of(person) for part in self.parts}
        await self.trail.append(_act(export, self.now))
        taken = await self.exports.change(
            export.community_id, export.id, lambda kept: kept.take(self.now())
        )
        return {"explanation": _EXPLANATION, "exportedAt": taken.taken_at, **told}

    async def _person(self, export: DataExport) -> PersonRef:
        community_id = export.community_id
        if export.resident_id is None:
            accounts: Sequence[str] = [export.account_id]
            residents = await self.bound.resident_ids_of(community_id, export.account_id)
        else:
            accounts = await self.bound.accounts_of(community_id, export.resident_id)
            residents = [export.resident_id]
        found = await self.residents.residents_by_id(community_id, residents)
        return PersonRef(
            community_id=community_id,
            account_ids=tuple(accounts),
            resident_ids=tuple(resident.id for resident in found if resident),
            person_keys=tuple(resident.person_key for resident in found if resident),
        )


def _act(export: DataExport, now: Now) -> AuditAct:
    return AuditAct(
        community_id=export.community_id,
        actor_account_id=export.account_id,
        action=AuditAction.EXPORT,
        subject=export.subject,
        purpose=export.purpose,
        source_id=export.id,
        at=now(),
    )

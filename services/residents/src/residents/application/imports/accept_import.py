"""A person who answers for it wants a checked file applied."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand_for_all
from residents.application.imports.ports import ImportBatches
from residents.application.ports import Now
from residents.application.privacy.ports import AuditAct, AuditAction, AuditTrail
from residents.domain.imports.batch import ImportBatch, ImportState
from residents.domain.imports.errors import ImportInProgress
from residents.domain.imports.permissions import ACCEPT_IMPORT
from residents.domain.roles import Actor


@dataclass(frozen=True)
class AcceptImport:
    """One write makes it accepted.

    Of two that are accepted at the same moment each looks for the other after its own write, so
    that at least one steps back.
    """

    batches: ImportBatches
    audit: AuditTrail
    now: Now

    async def __call__(
        self, actor: Actor, batch_id: str, *, request: Request | None = None
    ) -> ImportBatch:
        """Accept it. Raises: Forbidden; ImportNotFound; ImportNotChecked; ImportInProgress."""
        demand_for_all(actor, ACCEPT_IMPORT)
        community_id, at = actor.community_id, self.now()
        batch = await self.batches.get(community_id, batch_id)
        wanted, _ = batch.accept(actor.account_id, at)
        if wanted is not batch:
            await self._refuse_beside_another(batch)
            await self.audit.append(_written_down(actor, wanted))
        accepted = await self.batches.change(
            community_id,
            batch_id,
            lambda batch: batch.accept(actor.account_id, at),
            request=request,
        )
        return await self._alone(accepted)

    async def _alone(self, accepted: ImportBatch) -> ImportBatch:
        """Step back if another is accepted too; one that is being applied already goes on."""
        if accepted.state is not ImportState.ACCEPTED:
            return accepted
        try:
            await self._refuse_beside_another(accepted)
        except ImportInProgress:
            stands = await self.batches.change(
                accepted.community_id, accepted.id, ImportBatch.withdraw_acceptance
            )
            if stands.state is ImportState.CHECKED:
                raise
            return stands
        return accepted

    async def _refuse_beside_another(self, batch: ImportBatch) -> None:
        if any(each.id != batch.id for each in await self.batches.in_progress(batch.community_id)):
            raise ImportInProgress


def _written_down(actor: Actor, batch: ImportBatch) -> AuditAct:
    """The same act when the same state is accepted again; one that was taken back is another."""
    return AuditAct(
        community_id=batch.community_id,
        actor_account_id=actor.account_id,
        action=AuditAction.IMPORT_ACCEPTED,
        subject=batch.id,
        purpose=batch.kind.name,
        source_id=f"{batch.id}:accepted:{actor.account_id}:{batch.version}",
        at=batch.accepted_at or batch.received_at,
    )

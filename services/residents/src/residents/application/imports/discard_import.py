"""Give up a file that nobody wants applied."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand_for_all
from residents.application.imports.clear_up import ClearUp
from residents.application.imports.ports import ImportBatches
from residents.application.ports import Now
from residents.domain.imports.batch import ImportBatch
from residents.domain.imports.permissions import DISCARD_IMPORT
from residents.domain.roles import Actor


@dataclass(frozen=True)
class DiscardImport:
    """One write; then its file goes, here or with the next sweep."""

    batches: ImportBatches
    clear_up: ClearUp
    now: Now

    async def __call__(
        self, actor: Actor, batch_id: str, *, request: Request | None = None
    ) -> ImportBatch:
        """Discard it. Raises: Forbidden; ImportNotFound; ImportUnderway."""
        demand_for_all(actor, DISCARD_IMPORT)
        at = self.now()
        discarded = await self.batches.change(
            actor.community_id, batch_id, lambda batch: batch.discard(at), request=request
        )
        return await self.clear_up(discarded) if discarded.has_leftovers else discarded

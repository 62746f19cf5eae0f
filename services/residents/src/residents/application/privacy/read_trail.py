"""Read the audit trail: the auditor, and nobody else."""

from dataclasses import dataclass

from residents.application.authorisation import demand_for_all
from residents.application.privacy.audit_ports import AuditEntries, Cursor, EntryFilter, EntryPage
from residents.domain.privacy.permissions import READ_AUDIT_TRAIL
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ReadTrail:
    """Pseudonyms and codes only; reading them is not written down again."""

    entries: AuditEntries

    async def __call__(
        self, actor: Actor, which: EntryFilter, *, first: int, after: Cursor | None
    ) -> EntryPage:
        """The community's entries, the newest first."""
        demand_for_all(actor, READ_AUDIT_TRAIL)
        return await self.entries.newest_first(actor.community_id, which, first=first, after=after)

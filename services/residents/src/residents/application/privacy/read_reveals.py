"""Look at who saw whose contact: the secretary and the auditor, in pseudonyms."""

from dataclasses import dataclass

from residents.application.authorisation import demand_for_all
from residents.application.ports import Cursor
from residents.application.privacy.reveal_ports import RevealPage, Reveals
from residents.domain.privacy.permissions import READ_REVEAL_NOTES, READ_REVEALS
from residents.domain.privacy.reveals import Reveal
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ReadReveals:
    """No contact is in the list, and the note is for the secretary alone."""

    reveals: Reveals

    async def __call__(
        self, actor: Actor, *, resident_id: str | None, first: int, after: Cursor | None
    ) -> RevealPage:
        """The community's reveals, the newest first; those of one resident or all."""
        demand_for_all(actor, READ_REVEALS)
        return await self.reveals.newest_first(
            actor.community_id, resident_id=resident_id, first=first, after=after
        )

    def note_of(self, actor: Actor, reveal: Reveal) -> str | None:
        """What was written to justify it; None once the resident is erased."""
        demand_for_all(actor, READ_REVEAL_NOTES)
        return reveal.note

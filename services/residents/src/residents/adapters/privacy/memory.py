"""The privacy room's stores in memory, for unit tests."""

from residents.domain.privacy.audit import AuditAct
from residents.domain.privacy.purposes import Purpose


class MemoryAuditTrail:
    """What was written down, in order: for tests of rooms that only append.

    Attributes:
        acts: each once, by its source.
    """

    def __init__(self) -> None:
        self.acts: list[AuditAct] = []

    async def append(self, entry: AuditAct) -> None:
        """See `AuditTrail.append`."""
        known = {(act.community_id, act.source_id) for act in self.acts}
        if (entry.community_id, entry.source_id) not in known:
            self.acts.append(entry)


class MemoryConsentGiven:
    """Consent as a test says it.

    Attributes:
        given: who agrees to what: (subject, purpose).
    """

    def __init__(self, *given: tuple[str, Purpose]) -> None:
        self.given = set(given)

    async def __call__(self, community_id: str, subject_id: str, purpose: Purpose) -> bool:
        """See `ConsentGiven`."""
        del community_id
        return (subject_id, purpose) in self.given

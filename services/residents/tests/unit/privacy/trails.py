"""Acts to be written down, and a trail in memory."""

from datetime import UTC, datetime

from chassis.encryption import KEY_BYTES, LookupHash
from residents.adapters.privacy.memory import MemoryAuditEntries
from residents.application.privacy.append_to_trail import AppendToTrail
from residents.application.privacy.verify_trail import VerifyTrail
from residents.domain.privacy.audit import AuditAct, AuditAction

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HERE = "community_here"
_HASH = LookupHash(bytes(KEY_BYTES))


def keyed_hash(text: str) -> str:
    """A hash under a key that everybody knows."""
    return _HASH("audit.entry", text)


def an_act(
    number: int, *, community_id: str = HERE, actor: str = "account_clerk",
    action: AuditAction = AuditAction.REVEAL,
) -> AuditAct:  # fmt: skip
    """The act of that number."""
    return AuditAct(
        community_id=community_id,
        actor_account_id=actor,
        action=action,
        subject=f"resident_{number}",
        purpose="HOME_VISIT",
        source_id=f"reveal_{number}",
        at=AT,
    )


class Trail:
    """A trail in memory, to be written, broken and verified."""

    def __init__(self) -> None:
        self.entries = MemoryAuditEntries()
        self.appending = AppendToTrail(self.entries, keyed_hash)
        self.verify = VerifyTrail(self.entries, keyed_hash)

    async def write(self, count: int, *, community_id: str = HERE) -> None:
        """Write that many acts."""
        for number in range(1, count + 1):
            await self.appending.append(an_act(number, community_id=community_id))

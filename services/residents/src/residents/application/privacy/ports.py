"""What the privacy room needs from outside, and what it gives to the other rooms."""

from typing import Protocol

from residents.domain.privacy.audit import AuditAct, AuditAction
from residents.domain.privacy.purposes import Purpose

__all__ = ["AuditAct", "AuditAction", "AuditTrail", "ConsentGiven", "Purpose"]


class AuditTrail(Protocol):
    """Where an act is written down before it is done."""

    async def append(self, entry: AuditAct) -> None:
        """Write it down; the same source a second time changes nothing.

        Raises: StoreUnavailable; TooMuchContention. Then it may or may not be written: the act
        must not be done, and a repeat finds out.
        """


class ConsentGiven(Protocol):
    """Whether a person agrees to a purpose as its policy now stands."""

    async def __call__(self, community_id: str, subject_id: str, purpose: Purpose) -> bool:
        """Ask.

        Args:
            subject_id: an account, or a resident who agreed at the counter.
        Returns: False also where only an earlier version of the policy was agreed to.
        """

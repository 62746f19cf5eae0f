"""What the privacy room needs from outside, and what it gives to the other rooms."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

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


class PersonRef(msgspec.Struct, frozen=True, kw_only=True):
    """One person, by every name under which this service keeps something of theirs."""

    community_id: str
    account_ids: tuple[str, ...]
    resident_ids: tuple[str, ...]
    person_keys: tuple[str, ...]


Told = Mapping[str, object] | Sequence[Mapping[str, object]]
"""Plain data for JSON, in the words of the graph: camelCase, times, codes."""


class PersonalData(Protocol):
    """What one part of this service keeps of a person, for the person to have."""

    @property
    def part(self) -> str:
        """Under which name it stands in the export: camelCase, of its own."""

    async def of(self, person: PersonRef) -> Told:
        """Everything, readable; no secret, no hash, nothing of anybody else."""

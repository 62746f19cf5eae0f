"""A contact shown in clear: to one account, in one session, for a reason, for minutes."""

from datetime import datetime
from enum import StrEnum

import msgspec

from residents.domain.privacy.errors import RevealReasonRequired
from residents.domain.privacy.notes import is_said
from residents.domain.roles import Actor, Role


class RevealReason(StrEnum):
    """Why a contact is needed."""

    ISSUE_FOLLOW_UP = "ISSUE_FOLLOW_UP"
    HOME_VISIT = "HOME_VISIT"
    EMERGENCY = "EMERGENCY"
    CARE_CHECK = "CARE_CHECK"
    RECORD_CORRECTION = "RECORD_CORRECTION"
    OWN_DATA = "OWN_DATA"


class Reveal(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody may see a resident's contact until it expires; not the contact itself.

    Attributes:
        by_role: the role that allowed it; a resident's own is RESIDENT.
        note: encrypted under the resident's key; None once they are erased, or where a resident
            looks at their own.
    """

    id: str
    community_id: str
    account_id: str
    session_id: str
    by_role: Role
    resident_id: str
    person_key: str
    reason: RevealReason
    note: str | None
    revealed_at: datetime
    expires_at: datetime
    version: int = 0

    def is_for(self, actor: Actor) -> bool:
        """Whether it was made by this account, in this very session."""
        return (self.account_id, self.session_id) == (actor.account_id, actor.session_id)

    def has_expired(self, at: datetime) -> bool:
        """Whether the contact is hidden again."""
        return at >= self.expires_at


def checked_note(reason: RevealReason, note: str, *, is_own: bool) -> str | None:
    """The note as it is kept: a resident owes none. Raises: RevealReasonRequired."""
    if is_own != (reason is RevealReason.OWN_DATA):
        raise RevealReasonRequired
    if is_own:
        return None
    if not is_said(note):
        raise RevealReasonRequired
    return note.strip()

"""What this room tells."""

from datetime import datetime
from typing import ClassVar

import msgspec

from residents.domain.privacy.purposes import Purpose


class ConsentWithdrawn(msgspec.Struct, frozen=True):
    """Somebody no longer agrees to a purpose: what rests on it ends."""

    type: ClassVar[str] = "consent.withdrawn.v1"

    community_id: str
    subject_id: str
    purpose: Purpose
    policy_version: int
    withdrawn_at: datetime

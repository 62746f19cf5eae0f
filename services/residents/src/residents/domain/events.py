"""What this service tells: facts after the write, without a name or a secret in them."""

from datetime import datetime
from typing import ClassVar, Protocol

import msgspec

from residents.domain.roles import Role

SERVICE_TOPIC = "linli.residents.events"
SESSIONS_TOPIC = "linli.residents.sessions"


class Event(Protocol):
    """A fact of any part of this service: a struct, and the name of its kind."""

    type: ClassVar[str]


class SessionRevoked(msgspec.Struct, frozen=True):
    """A session's tokens are void from now on, in every service."""

    type: ClassVar[str] = "session.revoked.v1"
    topic: ClassVar[str] = SESSIONS_TOPIC

    session_id: str
    revoked_at: datetime
    community_id: str


class AccountDisabled(msgspec.Struct, frozen=True):
    """An account may do nothing any more; this service then ends its sessions."""

    type: ClassVar[str] = "account.disabled.v1"

    community_id: str
    account_id: str
    disabled_at: datetime


class HeldRole(msgspec.Struct, frozen=True):
    """What somebody may act as, everywhere (`scope` is None) or in the estates named."""

    role: Role
    scope: tuple[str, ...] | None


class AccountRolesChanged(msgspec.Struct, frozen=True):
    """All that a staff or steward account may act as from now on; nothing once it is shut."""

    type: ClassVar[str] = "account.roles_changed.v1"

    community_id: str
    account_id: str
    roles: tuple[HeldRole, ...]
    changed_at: datetime

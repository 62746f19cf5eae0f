"""How often a login was tried: for a name, whether anybody has it or not, and for an address."""

from datetime import datetime, timedelta

import msgspec

from residents.domain.errors import AccountLocked
from residents.domain.events import Event
from residents.domain.login import GLOBAL

LOCK_LIFETIME = timedelta(minutes=15)
USERNAME_LIMIT = 5
ADDRESS_LIMIT = 20
"""A whole office logs in from one address."""


class LoginAttempts(msgspec.Struct, frozen=True, kw_only=True):
    """The failures of one username or one address.

    Its id is a keyed hash of that name or address; neither is kept.

    Attributes:
        forget_at: from then on the failures no longer count.
    """

    id: str
    limit: int
    forget_at: datetime
    failures: int = 0
    locked_until: datetime | None = None
    community_id: str = GLOBAL
    version: int = 0

    @classmethod
    def none_yet(cls, key: str, *, limit: int, at: datetime) -> "LoginAttempts":
        """Begin to count; what is forgotten at once might be gone before it counts."""
        return cls(id=key, limit=limit, forget_at=at + LOCK_LIFETIME)

    def check_open(self, at: datetime) -> None:
        """Raises: AccountLocked after too many failures."""
        if self.locked_until is not None and at < self.locked_until:
            raise AccountLocked(self.locked_until)

    def begin(self, at: datetime) -> tuple["LoginAttempts", tuple[Event, ...]]:
        """Count one attempt as failed before it is tried, so that many at once all count.

        Raises: AccountLocked.
        """
        self.check_open(at)
        failures = 1 + (self.failures if at < self.forget_at else 0)
        until = at + LOCK_LIFETIME
        locked_until = until if failures >= self.limit else None
        counted = msgspec.structs.replace(
            self, failures=failures, forget_at=until, locked_until=locked_until
        )
        return counted, ()

    def take_back(self) -> tuple["LoginAttempts", tuple[Event, ...]]:
        """The last attempt succeeded after all: those before it still count."""
        failures = max(0, self.failures - 1)
        return msgspec.structs.replace(self, failures=failures, locked_until=None), ()

    def clear(self) -> tuple["LoginAttempts", tuple[Event, ...]]:
        """The right person was here: nothing before counts."""
        return msgspec.structs.replace(self, failures=0, locked_until=None), ()

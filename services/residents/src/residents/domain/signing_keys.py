"""The keys that sign access tokens: the next, the active, and those still to be recognised."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from residents.domain.errors import NextKeyTooYoung
from residents.domain.events import Event
from residents.domain.login import GLOBAL
from residents.domain.session import ACCESS_TOKEN_LIFETIME

_CLOCKS_APART = timedelta(minutes=2)
RECOGNISED_FOR = ACCESS_TOKEN_LIFETIME + _CLOCKS_APART
"""How long after its retirement a key may still be met in a token."""
_VERIFIERS_READ_EVERY = timedelta(minutes=5)
KNOWN_EVERYWHERE_AFTER = _VERIFIERS_READ_EVERY + _CLOCKS_APART
"""How long after it was made every verifier has read a key."""


class SigningKeyState(StrEnum):
    """next → active → retired, then gone."""

    NEXT = "next"
    ACTIVE = "active"
    RETIRED = "retired"


class SigningKey(msgspec.Struct, frozen=True, kw_only=True):
    """An Ed25519 key pair.

    Attributes:
        id: the token header's `kid`.
        public_key: 32 bytes, base64url without padding, as a JWK's `x`.
        sealed_private_key: encrypted by the service's own key.
        created_at: when it was made; None for one of before that was noted.
    """

    id: str
    public_key: str
    sealed_private_key: bytes
    state: SigningKeyState = SigningKeyState.NEXT
    created_at: datetime | None = None
    retired_at: datetime | None = None


class SigningKeys(msgspec.Struct, frozen=True, kw_only=True):
    """All signing keys, as one aggregate: there is exactly one active at any time.

    The next key is published before it signs, so that no verifier meets a key it cannot know.
    """

    id: str
    keys: tuple[SigningKey, ...]
    community_id: str = GLOBAL
    version: int = 0

    @classmethod
    def first(
        cls, keys_id: str, active: SigningKey, following: SigningKey, at: datetime
    ) -> "SigningKeys":
        """The set that a new installation starts with."""
        active = msgspec.structs.replace(active, state=SigningKeyState.ACTIVE, created_at=at)
        return cls(id=keys_id, keys=(active, msgspec.structs.replace(following, created_at=at)))

    @property
    def active(self) -> SigningKey:
        """The key that signs."""
        return next(key for key in self.keys if key.state is SigningKeyState.ACTIVE)

    def rotate(
        self, following: SigningKey, at: datetime, *, force: bool = False
    ) -> tuple["SigningKeys", tuple[Event, ...]]:
        """Let the next key sign, keep the old ones for as long as their tokens may live.

        Args:
            force: even if there are verifiers that have not read the next key yet: they refuse
                every new token until they do.

        Raises: NextKeyTooYoung.
        """
        if following.id in {key.id for key in self.keys}:
            return self, ()
        if not force:
            self._check_known_everywhere(at)
        kept = tuple(_moved_on(key, at) for key in self.keys if not _is_gone(key, at))
        following = msgspec.structs.replace(following, created_at=at)
        return msgspec.structs.replace(self, keys=(*kept, following)), ()

    def _check_known_everywhere(self, at: datetime) -> None:
        for key in self.keys:
            if key.state is SigningKeyState.NEXT and key.created_at is not None:
                known_at = key.created_at + KNOWN_EVERYWHERE_AFTER
                if at < known_at:
                    raise NextKeyTooYoung(known_at)

    def recognised(self, at: datetime) -> tuple[SigningKey, ...]:
        """The keys whose tokens are to be believed, the next one included."""
        return tuple(key for key in self.keys if not _is_gone(key, at))


def _moved_on(key: SigningKey, at: datetime) -> SigningKey:
    if key.state is SigningKeyState.NEXT:
        return msgspec.structs.replace(key, state=SigningKeyState.ACTIVE)
    if key.state is SigningKeyState.ACTIVE:
        return msgspec.structs.replace(key, state=SigningKeyState.RETIRED, retired_at=at)
    return key


def _is_gone(key: SigningKey, at: datetime) -> bool:
    return key.retired_at is not None and at >= key.retired_at + RECOGNISED_FOR

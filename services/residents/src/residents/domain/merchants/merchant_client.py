"""A merchant's client: a till or a portal, which proves itself by an id and a secret."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from residents.domain.events import Event
from residents.domain.login import AccountRef
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.session import Client

KINDS = frozenset({Client.TILL, Client.PORTAL})


class KnownMerchant(msgspec.Struct, frozen=True):
    """What was heard last of a merchant."""

    is_approved: bool


class MerchantClient(msgspec.Struct, frozen=True, kw_only=True):
    """A client.

    Attributes:
        kind: TILL or PORTAL.
        secret_hash: argon2id; the secret itself was shown once.
    """

    id: str
    community_id: str
    merchant_id: str
    kind: Client
    secret_hash: str
    issued_at: datetime
    issued_by: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    version: int = 0

    @property
    def account(self) -> AccountRef:
        """Whom its tokens name: itself."""
        return AccountRef(self.community_id, self.id)

    @property
    def grant(self) -> RoleGrant:
        """What its tokens let it do: act as this merchant."""
        return RoleGrant(Role.MERCHANT, scope=(self.merchant_id,))

    def revoke(self, by: Actor, at: datetime) -> tuple["MerchantClient", Sequence[Event]]:
        """Let it get no more tokens; once is enough, and the first time stands."""
        if self.revoked_at is not None:
            return self, ()
        return msgspec.structs.replace(self, revoked_at=at, revoked_by=by.account_id), ()

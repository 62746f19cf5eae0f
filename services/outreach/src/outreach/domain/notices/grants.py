"""What people allowed with their thumbs: one permission of WeChat's, one message."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from outreach.domain.events import Event
from outreach.domain.notices.errors import GrantSpent
from outreach.domain.notices.kinds import Template

UNSPENT_KEPT = 20
"""Of one account and template; a person who taps more often is not kept more of."""


class GrantState(StrEnum):
    """Whether a permission can be used."""

    UNSPENT = "unspent"
    SPENT = "spent"
    VOID = "void"


class WeChatUser(msgspec.Struct, frozen=True, kw_only=True):
    """As whom the community's mini-program knows an account's person.

    Attributes:
        id: derived from a keyed hash of the openid: whoever comes by it first has it.
        locked_for: the pseudonym whose key locks the openid; the account's id while residents
            have verified nobody behind it.
        openid: encrypted at rest; None once that key has been destroyed.
    """

    id: str
    community_id: str
    version: int = 0
    account_id: str
    locked_for: str
    openid: str | None

    def locked_by(self, person_key: str) -> tuple["WeChatUser", Sequence[Event]]:
        """Lock the openid with this person's key from now on."""
        return msgspec.structs.replace(self, locked_for=person_key), []

    def forgotten(self) -> tuple["WeChatUser", Sequence[Event]]:
        """Keep no openid: its person was erased."""
        return msgspec.structs.replace(self, openid=None), []


class SubscriptionGrant(msgspec.Struct, frozen=True, kw_only=True):
    """One message that a person allowed.

    Attributes:
        id: derived from account, request and template.
        wechat_user_id: who allowed it.
        spent_on: the notice that it was given to; while that one is tried again it keeps it.
    """

    id: str
    community_id: str
    version: int = 0
    account_id: str
    template: Template
    wechat_user_id: str
    granted_at: datetime
    state: GrantState = GrantState.UNSPENT
    spent_on: str | None = None

    def spend(self, notification_id: str) -> "Changed":
        """Give it to a notice. Raises: GrantSpent where another has it, or it is void."""
        if self.state is GrantState.SPENT and self.spent_on == notification_id:
            return self, []
        if self.state is not GrantState.UNSPENT:
            raise GrantSpent
        return msgspec.structs.replace(self, state=GrantState.SPENT, spent_on=notification_id), []

    def give_back(self, notification_id: str) -> "Changed":
        """Take it back from a notice that was certainly not sent with it."""
        if self.state is not GrantState.SPENT or self.spent_on != notification_id:
            return self, []
        return msgspec.structs.replace(self, state=GrantState.UNSPENT, spent_on=None), []

    def superseded(self) -> "Changed":
        """Use it no more: newer ones are more than enough."""
        return self.void() if self.state is GrantState.UNSPENT else (self, [])

    def void(self) -> "Changed":
        """Use it no more: WeChat says that the person allows nothing."""
        return msgspec.structs.replace(self, state=GrantState.VOID), []


Changed = tuple[SubscriptionGrant, Sequence[Event]]

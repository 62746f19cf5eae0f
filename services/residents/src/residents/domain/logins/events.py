"""What logins tell: whose account is whose, by pseudonyms."""

from datetime import datetime
from typing import ClassVar

import msgspec


class AccountBound(msgspec.Struct, frozen=True):
    """The person of an account is this resident of this household.

    Attributes:
        person_key: of the account: that of the resident it was first bound to.
        union_mark: a keyed hash of WeChat's unionid under a key shared with outreach.
    """

    type: ClassVar[str] = "account.bound.v1"

    community_id: str
    account_id: str
    person_key: str
    resident_id: str
    household_id: str
    estate_id: str
    building_id: str
    union_mark: str | None
    bound_at: datetime


class AccountUnbound(msgspec.Struct, frozen=True):
    """An account is no longer bound to a household."""

    type: ClassVar[str] = "account.unbound.v1"

    community_id: str
    account_id: str
    household_id: str
    unbound_at: datetime

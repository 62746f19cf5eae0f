"""Residents, as far as outreach hears of them."""

from datetime import datetime

from chassis.clock import utc_now
from chassis.encryption import LookupHash
from chassis.ids import derived_id

from .kafka import tell
from .running import UNION_MARK_KEY


class BoundAccountAtResidents:
    """One account, and what residents tell of it."""

    def __init__(self, kafka: str, community_id: str, account_id: str) -> None:
        self._kafka = kafka
        self._community_id = community_id
        self.account_id = account_id
        self.person_key = derived_id("person", account_id)
        self._sequence = 0

    async def bound(self, unionid: str | None, *, at: datetime | None = None) -> None:
        """Tell that a steward verified who it is."""
        union_mark = None
        if unionid is not None:
            union_mark = LookupHash.parse(UNION_MARK_KEY)("wechat.unionid", unionid)
        await self._tell(
            "account.bound.v1",
            account_id=self.account_id,
            person_key=self.person_key,
            resident_id=derived_id("resident", self.account_id),
            household_id=derived_id("household", self.account_id),
            estate_id=derived_id("estate", "1"),
            building_id=derived_id("building", "1"),
            union_mark=union_mark,
            bound_at=(at or utc_now()).isoformat(),
        )

    async def unbound(self) -> None:
        """Tell that the binding is over."""
        await self._tell(
            "account.unbound.v1",
            account_id=self.account_id,
            household_id=derived_id("household", self.account_id),
            unbound_at=utc_now().isoformat(),
        )

    async def _tell(self, event_type: str, **data: object) -> None:
        self._sequence += 1
        await tell(
            self._kafka,
            "residents",
            event_type,
            self.account_id,
            self._community_id,
            self._sequence,
            **data,
        )

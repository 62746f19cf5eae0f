"""What vouchers knows of the accounts that residents bound to households."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from vouchers.domain.events import Event

HOUSEHOLDS_KEPT = 20


class BoundHousehold(msgspec.Struct, frozen=True, kw_only=True):
    """When an account was last bound to a household and last parted from it, as far as told."""

    household_id: str
    estate_id: str | None = None
    bound_at: datetime | None = None
    unbound_at: datetime | None = None

    @property
    def is_bound(self) -> bool:
        """By the later of the two; at the same moment it is over."""
        if self.bound_at is None:
            return False
        return self.unbound_at is None or self.bound_at > self.unbound_at


class AccountHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands behind an account; its id is residents' account id.

    Told by events that may come late and again: each household goes by its latest times alone,
    and who the person is by the latest event.

    Attributes:
        person_key: the resident's pseudonym, as residents told it last; it outlives the bindings,
            so `person` says who may do something as that resident.
        told_sequence: of the event that `person_key` stems from.
    """

    id: str
    community_id: str
    version: int = 0
    person_key: str | None = None
    told_sequence: int = 0
    households: tuple[BoundHousehold, ...] = ()

    @property
    def home(self) -> BoundHousehold | None:
        """The household bound last of those that stand: there the caps of a household count."""
        standing = [it for it in self.households if it.is_bound]
        return max(standing, key=_when_bound, default=None)

    @property
    def person(self) -> str | None:
        """The pseudonym of who stands behind the account; None once no binding stands."""
        return self.person_key if self.home else None

    def bind(
        self, household_id: str, *, estate_id: str, person_key: str, at: datetime, sequence: int
    ) -> "Changed":
        """Take note that residents verified a binding.

        Args:
            sequence: of the event among those of the account.
        """
        bound = self
        if sequence > self.told_sequence:
            bound = msgspec.structs.replace(self, person_key=person_key, told_sequence=sequence)
        there = self._household(household_id)
        if there.bound_at is not None and at <= there.bound_at:
            return bound, []
        now_there = msgspec.structs.replace(there, estate_id=estate_id, bound_at=at)
        return bound._with(now_there), []

    def unbind(self, household_id: str, *, at: datetime) -> "Changed":
        """Take note that a binding is over."""
        there = self._household(household_id)
        if there.unbound_at is not None and at <= there.unbound_at:
            return self, []
        return self._with(msgspec.structs.replace(there, unbound_at=at)), []

    def _household(self, household_id: str) -> BoundHousehold:
        for household in self.households:
            if household.household_id == household_id:
                return household
        return BoundHousehold(household_id=household_id)

    def _with(self, changed: BoundHousehold) -> "AccountHolder":
        others = [it for it in self.households if it.household_id != changed.household_id]
        kept = sorted(others, key=lambda it: (it.is_bound, _last_told(it)))[1 - HOUSEHOLDS_KEPT :]
        return msgspec.structs.replace(self, households=(*kept, changed))


Changed = tuple[AccountHolder, Sequence[Event]]


def _when_bound(household: BoundHousehold) -> tuple[datetime, str]:
    assert household.bound_at is not None  # noqa: S101 - asked of bound ones alone
    return household.bound_at, household.household_id


def _last_told(household: BoundHousehold) -> datetime:
    return max(at for at in (household.bound_at, household.unbound_at) if at is not None)

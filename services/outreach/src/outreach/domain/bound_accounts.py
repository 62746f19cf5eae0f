"""What outreach knows of the accounts that residents bound to households."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from outreach.domain.events import Event
from outreach.domain.joining import Joined, JoinedBy

HOUSEHOLDS_KEPT = 50


class BoundHousehold(msgspec.Struct, frozen=True, kw_only=True):
    """When an account was last bound to a household and last parted from it, as far as told."""

    household_id: str
    bound_at: datetime | None = None
    unbound_at: datetime | None = None

    @property
    def is_bound(self) -> bool:
        """By the later of the two; at the same moment it is over."""
        if self.bound_at is None:
            return False
        return self.unbound_at is None or self.bound_at > self.unbound_at

    @property
    def changed_at(self) -> datetime | None:
        """When it was last told of."""
        return max(filter(None, (self.bound_at, self.unbound_at)), default=None)


class BoundAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account; its id is residents' account id.

    Told by events that may come late and again: each household goes by its latest times alone,
    and who the account is by the latest event. A binding is told again, with the time that it had,
    when residents know better who the account is.

    Attributes:
        person_key: the resident's pseudonym, as residents told it last.
        union_mark: keyed hash of WeChat's unionid; None where residents have none.
        told_sequence: of the event that `person_key` and `union_mark` stem from.
    """

    id: str
    community_id: str
    version: int = 0
    person_key: str | None = None
    union_mark: str | None = None
    told_sequence: int = 0
    households: tuple[BoundHousehold, ...] = ()

    @property
    def is_bound(self) -> bool:
        """Whether it is bound to any household."""
        return any(household.is_bound for household in self.households)

    def may_be_joined(self, at: datetime) -> bool:
        """Whether a claim of that moment counts: not one that the end of the last binding ended."""
        left = [it.unbound_at for it in self.households if it.unbound_at is not None]
        return self.is_bound or not left or at > max(left)

    def bind(
        self, household_id: str, *, person_key: str, union_mark: str | None, at: datetime,
        sequence: int,
    ) -> "Changed":  # fmt: skip
        """Take note that residents verified a binding.

        Args:
            sequence: of the event among those of the account.
        """
        bound = self
        if sequence > self.told_sequence:
            bound = msgspec.structs.replace(
                self, person_key=person_key, union_mark=union_mark, told_sequence=sequence
            )
        there = self._household(household_id)
        if there.bound_at is not None and at <= there.bound_at:
            return bound, []
        return bound._with(msgspec.structs.replace(there, bound_at=at)), []

    def unbind(self, household_id: str, at: datetime) -> "Changed":
        """Take note that a binding is over."""
        there = self._household(household_id)
        if there.unbound_at is not None and at <= there.unbound_at:
            return self, []
        return self._with(msgspec.structs.replace(there, unbound_at=at)), []

    def by_union(self, at: datetime) -> Joined | None:
        """The claim to what the same WeChat user wrote; None while there is none to make."""
        if not self.is_bound or self.union_mark is None:
            return None
        return self.claim(JoinedBy.UNION, at)

    def claim(self, how: JoinedBy, at: datetime) -> Joined:
        """A claim to what somebody wrote, under the pseudonym that is known now."""
        return Joined(
            account_id=self.id,
            person_key=self.person_key,
            how=how,
            at=at,
            told_sequence=self.told_sequence,
        )

    def _household(self, household_id: str) -> BoundHousehold:
        for household in self.households:
            if household.household_id == household_id:
                return household
        return BoundHousehold(household_id=household_id)

    def _with(self, changed: BoundHousehold) -> "BoundAccount":
        others = [it for it in self.households if it.household_id != changed.household_id]
        kept = sorted(others, key=lambda it: (it.is_bound, it.changed_at))[1 - HOUSEHOLDS_KEPT :]
        return msgspec.structs.replace(self, households=(*kept, changed))


Changed = tuple[BoundAccount, Sequence[Event]]

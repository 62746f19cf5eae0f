"""Who owns a dwelling, and who owned it: one aggregate a household."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec

from residents.domain.owners.errors import OwnershipInFuture, OwnershipKnown, OwnershipUnknown
from residents.domain.owners.events import OwnerShare, OwnershipChanged
from residents.domain.owners.periods import Period, Periods, on_day, present, standing, succeeded

Events = tuple[OwnershipChanged, ...]
People = Mapping[str, str]
"""The person keys of owners who are residents, by the owner's id."""


class Dwelling(msgspec.Struct, frozen=True):
    """A household as something that is owned.

    Attributes:
        order_key: sorts the dwellings of an estate by their doors.
    """

    household_id: str
    building_id: str
    estate_id: str
    order_key: str


class StagedPeriods(msgspec.Struct, frozen=True):
    """The history as an import makes it; it counts from an edition of the register on."""

    edition: int
    periods: Periods
    people: dict[str, str]


class OwnershipList(StrEnum):
    """A list of dwellings that a figure opens."""

    KNOWN = "known"
    CO_OWNED = "co_owned"


class Ownership(msgspec.Struct, frozen=True, kw_only=True):
    """The owners of a dwelling over time.

    Attributes:
        people: the person keys of those present owners who are residents, by owner.
        owner_ids: of the present owners; sought by. Settling brings it after an import.
        all_owner_ids: everybody who ever stood here, corrections included; sought by.
        owners_mark: the same for every dwelling of exactly these owners, or None.
        lists: the figures that count it.
    """

    id: str
    community_id: str
    dwelling: Dwelling
    periods: Periods = ()
    staged: StagedPeriods | None = None
    people: dict[str, str] = {}
    owner_ids: tuple[str, ...] = ()
    all_owner_ids: tuple[str, ...] = ()
    owners_mark: str | None = None
    lists: tuple[OwnershipList, ...] = ()
    version: int = 0

    @classmethod
    def unknown(cls, ownership_id: str, *, community_id: str, dwelling: Dwelling) -> "Ownership":
        """A dwelling of which nothing is known yet."""
        return cls(id=ownership_id, community_id=community_id, dwelling=dwelling)

    def history(self, edition: int) -> Periods:
        """All that stands as of an edition of the register, the earliest first."""
        return standing(self._periods_at(edition))

    def present(self, edition: int) -> Period | None:
        """The owners now, as of an edition of the register."""
        return present(self._periods_at(edition))

    def on(self, day: date, edition: int) -> Period | None:
        """The owners on a day; None before anything is known."""
        return on_day(self._periods_at(edition), day)

    def record(
        self, first: Period, people: People, *, edition: int, today: date
    ) -> tuple["Ownership", Events]:
        """Say by hand who owns the dwelling, of which nothing was known.

        Raises: OwnershipKnown; OwnershipInFuture.
        Emits: ownership.changed v1.
        """
        if self.present(edition) is not None:
            raise OwnershipKnown
        return self._by_hand(first, people, edition=edition, today=today)

    def transfer(
        self, new: Period, people: People, *, edition: int, today: date
    ) -> tuple["Ownership", Events]:
        """Say by hand whose the dwelling is from a day on.

        What begins on the day of the present owners corrects them.

        Raises: OwnershipUnknown; OwnershipBeforePresent; OwnershipInFuture; OwnershipHistoryFull.
        Emits: ownership.changed v1.
        """
        if self.present(edition) is None:
            raise OwnershipUnknown
        return self._by_hand(new, people, edition=edition, today=today)

    def staged_with(
        self, new: Period, people: People, *, edition: int, visible: int
    ) -> tuple["Ownership", Events]:
        """What a file says; it counts once the register is of that edition. Twice is once.

        Args: visible: the edition that readers see meanwhile.
        Raises: OwnershipBeforePresent; OwnershipHistoryFull.
        """
        before = self._periods_at(visible)
        after = succeeded(before, new)
        staged = StagedPeriods(edition, after, dict(people)) if after != before else None
        return msgspec.structs.replace(self, staged=staged), ()

    def settled(self, edition: int, at: datetime) -> tuple["Ownership", Events]:
        """Fold in what counts by now, and let the lists say it.

        Emits: ownership.changed v1.
        """
        if self.staged is None or self.staged.edition > edition:
            return self, ()
        after = self._with_periods(self.staged.periods, self.staged.people)
        return after, after.changed_events(at)

    def with_resident(
        self, owner_id: str, person_key: str | None, at: datetime
    ) -> tuple["Ownership", Events]:
        """Say which resident a present owner is, or that they are none.

        Emits: ownership.changed v1.
        """
        if owner_id not in self.owner_ids or self.people.get(owner_id) == person_key:
            return self, ()
        people = {key: value for key, value in self.people.items() if key != owner_id}
        if person_key is not None:
            people[owner_id] = person_key
        after = msgspec.structs.replace(self, people=people)
        return after, after.changed_events(at)

    def unstaged(self, edition: int) -> tuple["Ownership", Events]:
        """Forget what a given-up import staged for an edition."""
        if self.staged is None or self.staged.edition != edition:
            return self, ()
        return msgspec.structs.replace(self, staged=None), ()

    def changed_events(self, at: datetime) -> Events:
        """The fact as it is now; nothing is told of a dwelling whose owners are unknown."""
        now = present(self.periods)
        if now is None:
            return ()
        owners = tuple(
            OwnerShare(
                owner_id=stake.owner_id,
                person_key=self.people.get(stake.owner_id),
                share_numerator=stake.share.numerator if stake.share else None,
                share_denominator=stake.share.denominator if stake.share else None,
            )
            for stake in now.holding.stakes
        )
        household_id = self.dwelling.household_id
        return (OwnershipChanged(self.community_id, household_id, owners, now.valid_from, at),)

    def _by_hand(
        self, new: Period, people: People, *, edition: int, today: date
    ) -> tuple["Ownership", Events]:
        """The hand knows better than a file not yet shown: what that staged is dropped."""
        if new.valid_from > today:
            raise OwnershipInFuture
        before = self._periods_at(edition)
        periods = succeeded(before, new)
        if periods == before:
            return self, ()
        after = self._with_periods(periods, people)
        return after, after.changed_events(new.recorded_at)

    def _periods_at(self, edition: int) -> Periods:
        if self.staged is not None and self.staged.edition <= edition:
            return self.staged.periods
        return self.periods

    def _with_periods(self, periods: Periods, people: People) -> "Ownership":
        now = present(periods)
        if now is None:
            return msgspec.structs.replace(self, periods=periods, staged=None)
        owner_ids = now.holding.owner_ids
        lists = [OwnershipList.KNOWN]
        if now.holding.is_co_owned:
            lists.append(OwnershipList.CO_OWNED)
        return msgspec.structs.replace(
            self,
            periods=periods,
            staged=None,
            people={key: value for key, value in people.items() if key in owner_ids},
            owner_ids=owner_ids,
            all_owner_ids=tuple(dict.fromkeys(i for p in periods for i in p.holding.owner_ids)),
            owners_mark=now.holding.owners_mark,
            lists=tuple(lists),
        )


def ownership_facts(ownership: Ownership) -> Events:
    """What `republish` tells."""
    now = present(ownership.periods)
    return ownership.changed_events(now.recorded_at) if now is not None else ()

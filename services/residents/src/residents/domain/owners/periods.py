"""Who owned a dwelling from which day on: a history in which nothing is lost."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec

from residents.domain.owners.errors import (
    OwnerRepeated,
    OwnershipBeforePresent,
    OwnershipHistoryFull,
    OwnersMissing,
    OwnersTooMany,
)
from residents.domain.owners.shares import Share, settled_shares

MOST_OWNERS = 50
MOST_PERIODS = 100

OwnersMark = Callable[[Sequence[str]], str]
"""Hashes the sorted ids of owners under the service's key."""


class Stake(msgspec.Struct, frozen=True):
    """An owner of a dwelling.

    Attributes:
        share: None when all of its owners hold it jointly, without shares.
    """

    owner_id: str
    share: Share | None


class Holding(msgspec.Struct, frozen=True):
    """All owners of a dwelling at one time.

    Attributes:
        stakes: sorted by the owner's id.
        owners_mark: the same for every dwelling that exactly these own.
    """

    stakes: tuple[Stake, ...]
    owners_mark: str

    @classmethod
    def of(cls, stakes: Sequence[Stake], mark: OwnersMark) -> "Holding":
        """Check them together.

        Raises: OwnersMissing; OwnersTooMany; OwnerRepeated; OwnerSharesDoNotAddUp.
        """
        if not stakes:
            raise OwnersMissing
        if len(stakes) > MOST_OWNERS:
            raise OwnersTooMany
        in_order = sorted(stakes, key=lambda stake: stake.owner_id)
        owner_ids = [stake.owner_id for stake in in_order]
        if len(set(owner_ids)) < len(owner_ids):
            raise OwnerRepeated
        shares = settled_shares([stake.share for stake in in_order])
        settled = tuple(map(Stake, owner_ids, shares))
        return cls(settled, mark(owner_ids))

    @property
    def owner_ids(self) -> tuple[str, ...]:
        """Whose it is."""
        return tuple(stake.owner_id for stake in self.stakes)

    @property
    def is_co_owned(self) -> bool:
        """Whether it is of more than one."""
        return len(self.stakes) > 1


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """From when on a dwelling was of these owners; it ends where the next one begins.

    Attributes:
        valid_from: the first day.
        is_start_known: whether that is the day of registration; otherwise only that they
            owned on that day is known.
        corrected_at: when something else was recorded in its place; it then never was.
    """

    valid_from: date
    is_start_known: bool
    holding: Holding
    recorded_at: datetime
    corrected_at: datetime | None = None


Periods = tuple[Period, ...]
"""In the order in which they were recorded; of those that stand, each begins after the last."""


def standing(periods: Periods) -> Periods:
    """Those that nothing corrected, the earliest first."""
    return tuple(period for period in periods if period.corrected_at is None)


def present(periods: Periods) -> Period | None:
    """The latest that stands."""
    return next((period for period in reversed(periods) if period.corrected_at is None), None)


def on_day(periods: Periods, day: date) -> Period | None:
    """Who owned on that day; None for a day before anything is known."""
    begun = [period for period in standing(periods) if period.valid_from <= day]
    return begun[-1] if begun else None


def succeeded(periods: Periods, new: Period) -> Periods:
    """The history with what comes after the present.

    What begins on the very day of the present corrects it. The same owners with the same shares
    are no change, unless now their day of registration is known and was not.

    Returns: the same history when nothing changes.
    Raises: OwnershipBeforePresent; OwnershipHistoryFull.
    """
    now = present(periods)
    if now is None:
        return _with(periods, new)
    if new.holding == now.holding:
        return _with_known_start(periods, now, new)
    if new.valid_from < now.valid_from:
        raise OwnershipBeforePresent
    if new.valid_from == now.valid_from:
        return _with(_without(periods, now, new.recorded_at), new)
    return _with(periods, new)


def _with_known_start(periods: Periods, now: Period, new: Period) -> Periods:
    """The same owners: only an earlier day, now registered, says something new."""
    if now.is_start_known or not new.is_start_known or new.valid_from > now.valid_from:
        return periods
    before = standing(periods)[:-1]
    if before and before[-1].valid_from >= new.valid_from:
        raise OwnershipBeforePresent
    return _with(_without(periods, now, new.recorded_at), new)


def _without(periods: Periods, wrong: Period, at: datetime) -> Periods:
    corrected = msgspec.structs.replace(wrong, corrected_at=at)
    return tuple(corrected if period is wrong else period for period in periods)


def _with(periods: Periods, new: Period) -> Periods:
    if len(periods) >= MOST_PERIODS:
        raise OwnershipHistoryFull
    return (*periods, new)

"""Distinct sets of owners: who decides together, with all dwellings that are exactly theirs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from residents.domain.owners.ownership import Ownership


class OwnerSet(msgspec.Struct, frozen=True, kw_only=True):
    """Owners who own the same dwellings together.

    Attributes:
        owners_mark: names the set.
        household_ids: the dwellings that exactly these own, sorted.
        area_cm2: of those dwellings whose area is known, in square centimetres.
        without_area: how many of the dwellings have no known area.
    """

    owners_mark: str
    owner_ids: tuple[str, ...]
    household_ids: tuple[str, ...]
    area_cm2: int
    without_area: int


def owner_sets(
    ownerships: Iterable[Ownership],
    areas_cm2: Mapping[str, int | None],
    *,
    on: date,
    edition: int,
) -> list[OwnerSet]:
    """The distinct sets on a day, sorted by mark; a dwelling without known owners is in none.

    Args: areas_cm2: by household, as of that same day where that is known.
    """
    owner_ids: dict[str, tuple[str, ...]] = {}
    dwellings: defaultdict[str, list[str]] = defaultdict(list)
    for ownership in ownerships:
        period = ownership.on(on, edition)
        if period is not None:
            owner_ids[period.holding.owners_mark] = period.holding.owner_ids
            dwellings[period.holding.owners_mark].append(ownership.dwelling.household_id)
    return [
        _owner_set(mark, owner_ids[mark], dwellings[mark], areas_cm2) for mark in sorted(dwellings)
    ]


def _owner_set(
    mark: str,
    owner_ids: tuple[str, ...],
    household_ids: list[str],
    areas_cm2: Mapping[str, int | None],
) -> OwnerSet:
    areas = [areas_cm2.get(household_id) for household_id in household_ids]
    known = [area for area in areas if area is not None]
    return OwnerSet(
        owners_mark=mark,
        owner_ids=owner_ids,
        household_ids=tuple(sorted(household_ids)),
        area_cm2=sum(known),
        without_area=len(areas) - len(known),
    )

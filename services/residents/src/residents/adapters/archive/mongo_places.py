"""Estates, buildings and households in MongoDB, and the indexes that their lists walk."""

from chassis.aggregates import Page
from chassis.clock import Now, utc_now
from chassis.mongo import Document, Index, Store

from residents.adapters.archive.index_walk import NOTHING, Walked, walk
from residents.adapters.archive.mongo_imported import (
    STAGED_FOR,
    MongoImported,
    MongoStageable,
    counts_as_it_lies,
    held_index,
    staged_index,
)
from residents.adapters.archive.pages import in_each, merged
from residents.application.archive.ports import Within
from residents.application.ports import Cursor
from residents.domain.archive.editions import View
from residents.domain.archive.errors import BuildingNotFound, EstateNotFound, HouseholdNotFound
from residents.domain.archive.order import below, range_below
from residents.domain.archive.places import (
    Building,
    Estate,
    Household,
    StagedEstate,
    StagedHousehold,
)
from residents.domain.events import SERVICE_TOPIC

_BY_DOOR = (("order_key", 1), ("_id", 1))

PLACE_INDEXES = (
    Index(collection="estates", keys=(("community_id", 1), *_BY_DOOR)),
    Index(collection="buildings", keys=(("community_id", 1), *_BY_DOOR)),
    Index(collection="households", keys=(("community_id", 1), *_BY_DOOR)),
    Index(collection="households", keys=(("community_id", 1), ("vacant", 1), *_BY_DOOR)),
    staged_index("estates"),
    staged_index("households"),
    staged_index("households", "staged.vacant", "order_key"),
    held_index("estates"),
    held_index("buildings"),
    held_index("households"),
)


class MongoEstates(MongoStageable[Estate, StagedEstate]):
    """See `ports.Estates`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store, "estates", Estate, topic=SERVICE_TOPIC, not_found=lambda _: EstateNotFound(),
            now=now,
        )  # fmt: skip

    async def all_of(self, community_id: str, *, view: View) -> list[Estate]:
        """See `Estates.all_of`."""
        found = await self.collection.find({"community_id": community_id}, sort=_BY_DOOR)
        seen = [each for each in found if view.sees(each["from_edition"])]
        return [estate.effective(view.edition) for estate in await self._aggregates(seen)]


class MongoBuildings(MongoImported[Building]):
    """See `ports.Buildings`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store, "buildings", Building, topic=SERVICE_TOPIC,
            not_found=lambda _: BuildingNotFound(), now=now,
        )  # fmt: skip

    async def of_estate(
        self, estate: Estate, *, view: View, first: int, after: Cursor | None = None
    ) -> Page[Building]:
        """See `Buildings.of_estate`."""
        where: Document = {
            "community_id": estate.community_id,
            "order_key": _below(estate.order_key),
        }
        walked = await walk(
            self.collection,
            where,
            "order_key",
            first=first,
            after=after,
            keep=lambda it: it["estate_id"] == estate.id and view.sees(it["from_edition"]),
        )
        items = await self._aggregates(walked.documents)
        return Page(items=items, cursors=walked.cursors, has_next_page=walked.has_more)

    async def all_of(self, community_id: str, *, view: View) -> list[Building]:
        """See `Buildings.all_of`."""
        found = await self.collection.find({"community_id": community_id}, sort=_BY_DOOR)
        return await self._aggregates([it for it in found if view.sees(it["from_edition"])])


class MongoHouseholds(MongoStageable[Household, StagedHousehold]):
    """See `ports.Households`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store, "households", Household, topic=SERVICE_TOPIC,
            not_found=lambda _: HouseholdNotFound(), now=now,
        )  # fmt: skip

    async def of_building(
        self, building: Building, *, view: View, first: int, after: Cursor | None = None,
        unit: str | None = None,
    ) -> Page[Household]:  # fmt: skip
        """See `Households.of_building`."""
        key = building.order_key if unit is None else below(building.order_key, unit)
        where = {"community_id": building.community_id, "order_key": _below(key)}

        def is_there(document: Document) -> bool:
            return (
                document["building_id"] == building.id
                and unit in (None, document["unit"])
                and view.sees(document["from_edition"])
            )

        walked = await walk(
            self.collection, where, "order_key", first=first, after=after, keep=is_there
        )
        return await self._page(walked, view)

    async def listed(
        self, community_id: str, *, view: View, first: int, after: Cursor | None = None,
        within: Within | None = None, vacant: bool | None = None,
    ) -> Page[Household]:  # fmt: skip
        """See `Households.listed`."""

        async def of_place(place: Estate | Building | None, wanted: int) -> Page[Household]:
            there = {"community_id": community_id, "order_key": inside(place)}
            staged = NOTHING
            if vacant is not None and not view.is_settled:
                waiting = {**there, STAGED_FOR: view.edition, "staged.vacant": vacant}
                staged = await self._walk(waiting, place, None, wanted, after)
            lying = await self._walk(_with_vacancy(there, vacant), place, view, wanted, after)
            return await self._page(merged(staged, lying, first=wanted), view)

        return await in_each(within, of_place, first=first, after=after)

    async def _walk(
        self, where: Document, place: Estate | Building | None, view: View | None, first: int,
        after: Cursor | None,
    ) -> Walked:  # fmt: skip
        """Args: view: in which a document must count as it lies; None where it is staged."""

        def belongs(document: Document) -> bool:
            if view is None:
                return is_in(document, place)
            if "vacant" not in where:
                return view.sees(document["from_edition"]) and is_in(document, place)
            return counts_as_it_lies(document, view) and is_in(document, place)

        return await walk(
            self.collection, where, "order_key", first=first, after=after, keep=belongs
        )

    async def _page(self, walked: Walked, view: View) -> Page[Household]:
        items = [each.effective(view.edition) for each in await self._aggregates(walked.documents)]
        return Page(items=items, cursors=walked.cursors, has_next_page=walked.has_more)


def is_in(inner: Document, place: Estate | Building | None) -> bool:
    """Whether a household, or a home, lies in a place."""
    match place:
        case None:
            return True
        case Estate():
            return bool(inner["estate_id"] == place.id)
        case Building():
            return bool(inner["building_id"] == place.id)


def _with_vacancy(where: Document, vacant: bool | None) -> Document:
    return where if vacant is None else {**where, "vacant": vacant}


def inside(place: Estate | Building | None) -> Document:
    """The order keys of what lies in a place, or anywhere."""
    return {"$gt": ""} if place is None else _below(place.order_key)


def _below(order_key: str) -> Document:
    begin, end = range_below(order_key)
    return {"$gte": begin, "$lt": end}

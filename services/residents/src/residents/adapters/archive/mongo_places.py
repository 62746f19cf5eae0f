"""Estates, buildings and households in MongoDB, and the indexes that their lists walk."""

from chassis.aggregates import Page
from chassis.clock import Now, utc_now
from chassis.mongo import Document, Index, Store

from residents.adapters.archive.mongo_imported import (
    STAGED_FOR,
    MongoImported,
    MongoStageable,
    counting,
    held_index,
    staged_index,
)
from residents.adapters.archive.pages import first_of, in_each
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
        where: Document = {"community_id": community_id, "from_edition": {"$lte": view.edition}}
        found = await self.collection.find(where, sort=_BY_DOOR)
        return [estate.effective(view.edition) for estate in await self._aggregates(found)]


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
            "estate_id": estate.id,
            "from_edition": {"$lte": view.edition},
        }
        return await self.page(where, sort=_BY_DOOR, first=first, after=after)

    async def all_of(self, community_id: str, *, view: View) -> list[Building]:
        """See `Buildings.all_of`."""
        where: Document = {"community_id": community_id, "from_edition": {"$lte": view.edition}}
        return await self._aggregates(await self.collection.find(where, sort=_BY_DOOR))


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
        where: Document = {
            "community_id": building.community_id,
            "order_key": _below(building.order_key),
            "building_id": building.id,
            "from_edition": {"$lte": view.edition},
        }
        if unit is not None:
            where |= {"order_key": _below(below(building.order_key, unit)), "unit": unit}
        page = await self.page(where, sort=_BY_DOOR, first=first, after=after)
        return first_of([page], first=first, view=view)

    async def listed(
        self, community_id: str, *, view: View, first: int, after: Cursor | None = None,
        within: Within | None = None, vacant: bool | None = None,
    ) -> Page[Household]:  # fmt: skip
        """See `Households.listed`."""

        async def of_place(place: Estate | Building | None, wanted: int) -> Page[Household]:
            where = _inside(community_id, place)
            if vacant is None:
                pages = [{**where, "from_edition": {"$lte": view.edition}}]
            else:
                pages = [{**where, "vacant": vacant, **counting(view)}]
                if not view.is_settled:
                    staged = {STAGED_FOR: view.edition, "staged.vacant": vacant}
                    pages.append({**where, **staged})
            found = [
                await self.page(each, sort=_BY_DOOR, first=wanted, after=after) for each in pages
            ]
            return first_of(found, first=wanted, view=view)

        return await in_each(within, of_place, first=first, after=after)


def _inside(community_id: str, place: Estate | Building | None) -> Document:
    match place:
        case None:
            return {"community_id": community_id, "order_key": {"$gt": ""}}
        case Estate():
            own = {"estate_id": place.id}
        case Building():
            own = {"building_id": place.id}
    return {"community_id": community_id, "order_key": _below(place.order_key), **own}


def _below(order_key: str) -> Document:
    begin, end = range_below(order_key)
    return {"$gte": begin, "$lt": end}

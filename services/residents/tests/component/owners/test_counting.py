"""Owners are counted when the event of a change is heard, over the worker and the broker."""

from chassis.ids import derived_id
from chassis.testing_waits import until
from residents.bootstrap.rooms import Rooms
from residents.domain.archive.places import Building, Estate, EstateKind, Household

from ..conftest import Person
from ..graph import Graph
from .documents import RECORD, TRANSFER

COUNT = """
query Count($community: ID!) {
  community(id: $community) { ownership { owners { count rows { nodes { id maskedName } } } } }
}
"""


async def a_dwelling(rooms: Rooms, community_id: str) -> str:
    """A household of a community. Returns: its id."""
    stores, estate_id = rooms.archive.stores, derived_id("estate", community_id)
    estate = Estate.of(
        estate_id, community_id=community_id, name="春和苑", kind=EstateKind.OLD, from_edition=0
    )
    building = Building.of(
        derived_id("building", estate_id), estate=estate, label="1", from_edition=0
    )
    household = Household.of(
        derived_id("household", estate_id), building=building, unit="1", room="101",
        area_cm2=None, vacant=False, from_edition=0,
    )  # fmt: skip
    await stores.estates.add(estate)
    await stores.buildings.add(building)
    await stores.households.add(household)
    return household.id


async def test_who_sold_is_counted_out_and_who_bought_in(
    rooms: Rooms, secretary: Person, as_secretary: Graph
) -> None:
    household_id = await a_dwelling(rooms, secretary.community_id)

    async def owned_by(*names: str) -> bool:
        """Whether the figure and its rows, which are two reads, have both come to this."""
        found = await as_secretary.ask(COUNT, community=secretary.community_id)
        counted = found["ownership"]["owners"]
        shown = sorted(owner["maskedName"] for owner in counted["rows"]["nodes"])
        return bool(counted["count"] == len(shown) and shown == sorted(names))

    for document, day, name in (
        (RECORD, "2010-05-01", "王建国"),
        (TRANSFER, "2020-05-01", "李秀英"),
    ):
        given = {
            "requestId": day,
            "householdId": household_id,
            "validFrom": day,
            "owners": [{"owner": {"kind": "PERSON", "name": name}}],
        }
        made = await as_secretary.ask(document, input=given)
        assert made["__typename"].endswith("Success"), made
        await until(lambda: owned_by(f"{name[0]}**"), within_seconds=60)  # noqa: B023

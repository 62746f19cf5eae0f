"""What is read beside whole collections: what was founded, and which tags are shown."""

from types import SimpleNamespace
from typing import Any, cast

from chaos.audit.expected import MADE
from chaos.collecting import Collector
from chaos.founding import Society
from chaos.model import Deed, Model
from chaos.stores import Stores
from local_stack.programs import SERVICES

COMMUNITY = "community_1"
TAGS = {"resident_1": ["LOW_INCOME", "标签1"], "resident_2": [], "resident_3": None}


class Clerk:
    """Somebody who is shown the tags of the residents that there are."""

    async def read(self, query: str, *, id: str) -> Any:  # noqa: A002
        return {"resident": {"tags": TAGS[id]} if id in TAGS else None}


class Stored:
    """A store whose collections hold one document of each of two communities."""

    def collection(self, name: str) -> Any:
        async def find(where: dict[str, str]) -> list[dict[str, str]]:
            there = [
                {"_id": f"{name}_{of}", "community_id": of} for of in (COMMUNITY, "community_2")
            ]
            return [each for each in there if where.items() <= each.items()]

        return SimpleNamespace(find=find)


def collector(model: Model) -> Collector:
    doors = SimpleNamespace(model=model)
    society: Any = SimpleNamespace(doors=doors, clerks=(Clerk(),), community_id=COMMUNITY)
    stores: Any = SimpleNamespace(by_service={name: Stored() for name in SERVICES})
    return Collector(cast(Society, society), cast(Stores, stores))


async def test_the_tags_of_everybody_whom_somebody_wanted_to_tag_are_read() -> None:
    model = Model()
    for resident_id in ("resident_1", "resident_1", "resident_2", "resident_3", "gone"):
        model.begin(Deed.TAG, key="k", actor="a", about=resident_id, marker="标签1")
    model.begin(Deed.MOVE_IN, key="k", actor="a", about="household_1")

    assert await collector(model).resident_tags() == [
        {"resident_id": "resident_1", "tag": "LOW_INCOME"},
        {"resident_id": "resident_1", "tag": "标签1"},
    ]


async def test_what_the_community_was_founded_with_is_known_by_place() -> None:
    founded = await collector(Model()).what_was_founded()

    assert founded == {
        making.place: [f"{making.place.partition('.')[2]}_{COMMUNITY}"] for making in MADE.values()
    }

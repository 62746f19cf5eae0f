"""Scenes of the archive in figures, each of which opens its rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from demo_community.story_people import TIAN, StoryPerson

from story.stage import Person, Stage
from story.stopped import check
from story.words import day_here

_ROWS = 5
_LONGEST_PAGE = 100


@dataclass(frozen=True)
class Population:
    """What is counted, by name, and the answer that it was read from."""

    figures: dict[str, int]
    answer: Any

    def estate_id(self, name: str) -> str:
        """Return the id of an estate."""
        return next(
            str(each["estate"]["id"])
            for each in self.answer["byEstate"]
            if each["estate"]["name"] == name
        )


@dataclass(frozen=True)
class Found:
    """Somebody of the archive, as staff see them, and where they live."""

    person: StoryPerson
    resident_id: str
    household_id: str


async def read_population(stage: Stage, person: Person) -> Population:
    """Ask for the community's figures."""
    asked = {"id": stage.community_id, "first": _ROWS}
    answer = (await stage.ask(person, "Population", **asked)).field("community")["population"]
    names = ("estates", "oldEstates", "buildings", "households", "vacantHouseholds", "residents")
    figures = {name: int(answer[name]["value"]) for name in names}
    return Population({**figures, "area_cm2": int(answer["area"]["valueCm2"])}, answer)


async def see_population(stage: Stage, secretary: Person) -> Population:
    """Read the figures, and see that they are the demo's, in all and estate by estate."""
    truth = stage.workbooks.ledger().truth
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}看家底：一次查询，每个数都能打开看名单。",
        "The community in figures: 6 estates, 39 buildings, 3,312 households, 6,543 residents.",
    ) as step:
        population = await read_population(stage, secretary)
        figures = population.figures
        planted = {
            "estates": len(truth["estates"]),
            "oldEstates": sum(estate["old"] for estate in truth["estates"]),
            "buildings": truth["buildings"],
            "households": truth["households"],
            "vacantHouseholds": truth["vacant_households"],
            "residents": truth["residents"],
            "area_cm2": sum(estate["area_cm2"] for estate in truth["estates"]),
        }
        check(figures == planted, f"the demo's figures {planted}", figures)
        _check_estates(truth["estates"], population.answer["byEstate"])
        step.saw(_told(figures))
        old = [estate["name"] for estate in population.answer["oldEstates"]["rows"]["nodes"]]
        check(len(old) == figures["oldEstates"], "the old estates by name", old)
        step.saw(f"老旧小区：{'、'.join(old)}")
    await _see_elderly(stage, secretary, population)
    return population


async def see_what_is_there(stage: Stage, secretary: Person) -> None:
    """Read the figures in a later play: people may have moved, and the figures still add up."""
    with stage.narrator.step(
        secretary.who,
        "档案早已导入，不再另导，看一眼就好。",
        "The archive is there; nothing is imported again.",
    ) as step:
        population = await read_population(stage, secretary)
        for name in ("buildings", "households", "residents"):
            of_estates = sum(each[name]["value"] for each in population.answer["byEstate"])
            all_of_them = population.figures[name]
            check(of_estates == all_of_them, f"{name} add up to {all_of_them}", of_estates)
        step.saw(_told(population.figures))


async def find_tian(stage: Stage, clerk: Person, population: Population) -> Found:
    """Go from the estate to a door, then find who lives there by her phone."""
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}一层层找：{TIAN.estate} → {TIAN.door.building}号楼 → {TIAN.door}。",
        "From the estate to the building to the door; people are masked.",
    ) as step:
        household = await _browsed(stage, clerk, population.estate_id(TIAN.estate))
        check(household["door"].endswith(str(TIAN.door)), f"the door {TIAN.door}", household)
        step.saw(
            f"{household['door']}：{household['areaCm2'] / 10_000:g} 平方米，"
            f"{'、'.join(one['maskedName'] for one in household['residents'])}"
        )
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}按手机号查人，找到的也是打码的。",
        "Search by phone finds her; what is shown is masked.",
    ) as step:
        found = await search(stage, clerk, TIAN)
        check(found.household_id == household["id"], "the same household", household)
        shown = household["residents"]
        check(TIAN.name not in str(shown), "nobody in clear", shown)
        check(TIAN.phone not in str(shown), "no phone in clear", shown)
        (one,) = shown
        check(one["id"] == found.resident_id, "the same resident", one)
        step.saw(f"{one['maskedName']}  {one['maskedPhone']}  {one['birthYear']}年生")
    return found


async def search(stage: Stage, staff: Person, who: StoryPerson) -> Found:
    """Find somebody of the story by phone. Raises: StoryStopped unless one is found."""
    answer = await stage.ask(staff, "SearchResidents", by={"phone": who.phone}, first=_ROWS)
    found = answer.field("searchResidents")["nodes"]
    check(len(found) == 1, f"one resident with {who.nickname}'s phone", found)
    return Found(who, found[0]["id"], found[0]["household"]["id"])


def _told(figures: dict[str, int]) -> str:
    return (
        f"小区 {figures['estates']} 个（老旧 {figures['oldEstates']} 个），"
        f"楼 {figures['buildings']} 栋，住房 {figures['households']:,} 套"
        f"（空置 {figures['vacantHouseholds']} 套），居民 {figures['residents']:,} 人"
    )


async def _see_elderly(stage: Stage, secretary: Person, population: Population) -> None:
    with stage.narrator.step(
        secretary.who,
        "60岁以上占多少？分子、分母、不计的都写明，还能翻名单。",
        "The share of the elderly says what it counts and leaves out, and opens its rows.",
    ) as step:
        share = population.answer["elderly"]
        day = day_here(datetime.fromisoformat(population.answer["asOf"]))
        elderly = stage.workbooks.elderly_on(day)
        check(share["numerator"] == elderly, f"{elderly} of 60 or more on {day}", share)
        left_out = sum(each["count"] for each in share["excluded"])
        counted = share["denominator"] + left_out
        check(counted == population.figures["residents"], "everybody counted or left out", share)
        rows = share["rows"]["nodes"]
        check(len(rows) == _ROWS, f"a page of {_ROWS}", rows)
        check(all(row["age"] >= 60 for row in rows), "each of 60 or more", rows)
        step.saw(
            f"{share['value']:.1%}（{share['numerator']:,}/{share['denominator']:,}，"
            f"不计 {left_out} 人，按 {day} 的年龄）"
        )
        step.saw("、".join(f"{row['maskedName']}（{row['age']}岁）" for row in rows) + "……")


async def _browsed(stage: Stage, clerk: Person, estate_id: str) -> Any:
    asked = {"id": estate_id, "first": _LONGEST_PAGE}
    buildings = (await stage.ask(clerk, "Estate", **asked)).field("estate")["buildings"]["nodes"]
    building = _only(buildings, "label", str(TIAN.door.building))
    asked = {"id": building["id"], "unit": str(TIAN.door.unit), "first": _LONGEST_PAGE}
    households = (await stage.ask(clerk, "Building", **asked)).field("building")["households"]
    door = _only(households["nodes"], "room", str(TIAN.door.room))
    return (await stage.ask(clerk, "Household", id=door["id"])).field("household")


def _only(nodes: list[Any], key: str, value: str) -> Any:
    found = [node for node in nodes if node[key] == value]
    check(len(found) == 1, f"one with {key} {value}", nodes)
    return found[0]


def _check_estates(planted: list[Any], seen: list[Any]) -> None:
    wanted = {
        estate["name"]: [estate[name] for name in ("buildings", "households", "residents")]
        + [estate["area_cm2"], "OLD" if estate["old"] else "NEW"]
        for estate in planted
    }
    there = {
        each["estate"]["name"]: [
            each[name]["value"] for name in ("buildings", "households", "residents")
        ]
        + [int(each["area"]["valueCm2"]), each["estate"]["kind"]]
        for each in seen
    }
    check(there == wanted, f"estate by estate {wanted}", there)

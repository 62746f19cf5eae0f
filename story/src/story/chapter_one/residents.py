"""Scenes of the residents: what they write on their phones, and what comes back."""

from dataclasses import dataclass
from typing import Any

from story.chapter_one.article import Today
from story.stage import Stage
from story.stopped import check
from story.waiting import until

WATER = "田大妈"
HAZARD = "王师傅"
PRAISE = "小赵"
HEATING = "李叔"
_IN_ENGLISH = {WATER: "Aunt Tian", HAZARD: "Master Wang", PRAISE: "Xiao Zhao", HEATING: "Uncle Li"}

# By the door: the redactor has something to take out.
_WATER_TEXTS = (
    "3号楼2单元501水压太小了，根本洗不了澡，这都第三天了",
    "3号楼2单元501还是没什么水，早上接一盆水要十分钟",
    "3号楼2单元501半夜又停水了，社区给问问",
)
_HAZARD_TEXTS = (
    "门口配电箱门坏了，线都露在外面，孩子放学老去那玩，太危险",
    "东门那个电箱又敞着呢，下雨别漏电",
    "车棚顶上的电线垂下来了，一伸手就够着",
)
_PRAISE_TEXTS = ("为咱社区点赞👍", "这篇写得真好，大家辛苦了", "社区办事就是快，点赞")
_HEATING_TEXTS = (
    "请问今年暖气什么时候来？家里才16度",
    "暖气片一半热一半凉，是要放气吗",
    "暖气费在哪儿交？",
)


@dataclass(frozen=True)
class Written:
    """What each wrote today."""

    water: str
    hazard: str
    praise: str
    heating: str


def texts_of(day: int) -> Written:
    """Return what is written on a day."""
    nth = (day - 1) % len(_WATER_TEXTS)
    return Written(_WATER_TEXTS[nth], _HAZARD_TEXTS[nth], _PRAISE_TEXTS[nth], _HEATING_TEXTS[nth])


async def write(stage: Stage, today: Today) -> Written:
    """Let three comment under today's article and one write to the account."""
    written = texts_of(stage.day)
    account = stage.demo.official_account
    for name in (WATER, HAZARD, PRAISE, HEATING):
        await stage.phones.have(name, account)
    comments = (
        (WATER, written.water, f"{WATER}在文章下留言。", "Aunt Tian comments: low water pressure."),
        (HAZARD, written.hazard, f"{HAZARD}也留言，说的是险情。", "Master Wang tells of a hazard."),
        (PRAISE, written.praise, f"{PRAISE}点赞。", "Xiao Zhao praises."),
    )
    for name, text, zh, en in comments:
        with stage.narrator.step(name, zh, en) as step:
            await stage.phones.comment(name, today.in_wechat, text)
            step.saw(f"“{text}”")
    with stage.narrator.step(
        HEATING, f"{HEATING}给公众号发消息。", "Uncle Li writes to the account; WeChat calls us."
    ) as step:
        await stage.phones.write(HEATING, account, written.heating)
        step.saw(f"“{written.heating}”")
    return written


async def sees(stage: Stage, name: str, kind: str, text: str, *, after: int) -> None:
    """Wait until the phone shows the text, and see that it is there once.

    A reply to somebody of whom nothing is known goes on with a link to take the matter over.

    Args:
        after: the number of the last thing on the phone before the reply was written.
    """
    with stage.narrator.step(
        name, f"{name}的手机上看到回复。", f"{_IN_ENGLISH[name]}'s phone shows the reply."
    ) as step:

        async def look() -> list[Any]:
            items = await stage.phones.received(name)
            return [
                item
                for item in items
                if item["number"] > after and item["kind"] == kind and item["text"].startswith(text)
            ]

        shown = await until(f"{name}'s phone shows the reply", look, bool)
        check(len(shown) == 1, "the reply is there once", shown)
        step.saw(f"“{text}”")

"""Scenes of replying online: the clerk writes, WeChat delivers, the phone shows it."""

from typing import Any

from story.chapter_one import residents
from story.chapter_one.inbox import Intakes
from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import at_clock, in_zh

_WATER = "田大妈您好，已经收到。今天下午请师傅上门看水压，有进展就告诉您。"
_HAZARD = "王师傅，感谢提醒！电工马上到现场，请大家先不要靠近。"
_HEATING = "李叔您好，按供热安排处理，有不热的情况随时联系我们。"


async def reply_online(stage: Stage, clerk: Person, intakes: Intakes) -> None:
    """Reply to those who wait, and see the replies on their phones."""
    await _reply(stage, clerk, intakes.water, residents.WATER, _WATER)
    await _reply(stage, clerk, intakes.hazard, residents.HAZARD, _HAZARD)
    await _reply(stage, clerk, intakes.heating, residents.HEATING, _HEATING)


async def reply_is_known(stage: Stage, clerk: Person, intakes: Intakes) -> None:
    """Wait until the inbox knows of the reply."""
    with stage.narrator.step(
        "系统", "收件箱里这条留言变成“已回复”。", "The intake knows of the reply."
    ) as step:

        async def look() -> Any:
            return (await stage.ask(clerk, "Intake", id=intakes.water["id"])).field("intake")

        intake = await until("the intake is replied", look, lambda seen: _is_replied(seen))
        check(intake["state"] == "REPLIED", "state REPLIED", intake)
        check(intake["comment"]["reply"]["state"] == "DELIVERED", "a delivered reply", intake)
        step.saw(f"{intake['repliedBy']['displayName']}于 {at_clock(intake['repliedAt'])} 回复")


def _is_replied(intake: Any) -> bool:
    return intake["repliedAt"] is not None and intake["repliedBy"] is not None


async def _reply(stage: Stage, clerk: Person, intake: Any, to: str, text: str) -> None:
    before = await stage.phones.last_number(to)
    with stage.narrator.step(
        clerk.who, f"{clerk.who}线上回复{to}。", "The clerk replies online."
    ) as step:
        made = await stage.do(
            clerk, "ReplyToComment", "replyToComment", commentId=intake["comment"]["id"], text=text
        )
        reply = outcome(made, "ReplyToCommentSuccess")["comment"]["reply"]
        step.saw(f"“{text}”  [{in_zh(reply['state'])}]")
    kind = "comment_reply" if intake["source"] == "ARTICLE" else "account_message"
    await residents.sees(stage, to, kind, text, after=before)

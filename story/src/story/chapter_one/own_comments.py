"""A scene of the resident's own: what she wrote in WeChat is there in her account."""

from datetime import datetime
from typing import Any

from demo_community.story_people import TIAN

from story.chapter_one.residents import Written
from story.prologue import mini_program
from story.stage import Stage
from story.stopped import check
from story.waiting import until

_LONGEST_PAGE = 100


async def see_own_comment(stage: Stage, written: Written) -> None:
    """See that today's comment, written before anybody knew whose it is, is hers."""
    with stage.narrator.step(
        TIAN.nickname,
        f"{TIAN.nickname}在小程序里看到自己的留言和回复：公众号和小程序里是同一个人。",
        "Her comment and its reply are in her account: WeChat says it is the same person.",
    ) as step:
        tian, _ = await mini_program.open_by(stage, TIAN)
        # WeChat counts in whole seconds.
        since = stage.started_at.replace(microsecond=0)

        def is_todays(node: Any) -> bool:
            written_at = datetime.fromisoformat(node["commentedAt"])
            return bool(node["text"] == written.water and written_at >= since)

        async def look() -> list[Any]:
            answer = await stage.ask(tian, "MyComments", first=_LONGEST_PAGE)
            return [node for node in answer.field("myComments")["nodes"] if is_todays(node)]

        seen = await until("her comment is joined to her account", look, bool)
        check(len(seen) == 1, "today's comment once", seen)
        reply = seen[0]["reply"]
        check(reply is not None and bool(reply["deliveredAt"]), "with its reply", seen)
        step.saw(f"“{seen[0]['text']}”")
        step.saw(f"回复：“{reply['text']}”")

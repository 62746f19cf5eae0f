"""Scenes at the counter: the red packet is spent once, however often the till asks."""

import asyncio
import secrets
from typing import Any

from story.chapter_two.campaigns import MINIMUM_SPEND_FEN
from story.demo_file import Till
from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import in_yuan, in_zh

_BILL_FEN = 5_680
_TIMES_AT_ONCE = 5
_LONGEST_PAGE = 100


async def spend(stage: Stage, till: Till, resident: Person, voucher: Any) -> str:
    """Pay with the red packet; return the id of the redemption."""
    token = await stage.shop.token(till)
    with stage.narrator.step(
        "收银机",
        f"{resident.who}在粮油店亮码。金额不够先被挡下；网络抖动，收银机同一笔发了{_TIMES_AT_ONCE}次，只扣一次。",
        f"At the till: a bill too small is refused; one redemption sent {_TIMES_AT_ONCE} times "
        "at once is one.",
    ) as step:
        answer = await stage.ask(resident, "VoucherCode", id=voucher["id"])
        code = str(outcome(answer.field("voucherCode"), "VoucherCode")["code"])
        small = await stage.shop.redeem(
            till, token, code=code, bill_fen=MINIMUM_SPEND_FEN - 1, key=secrets.token_hex(8)
        )
        check(small[1].get("code") == "BILL_BELOW_MINIMUM", "BILL_BELOW_MINIMUM", small)
        step.saw(f"{small[1]['code']}：{small[1]['message']}")
        key = secrets.token_hex(8)
        answers = await asyncio.gather(
            *(
                stage.shop.redeem(till, token, code=code, bill_fen=_BILL_FEN, key=key)
                for _ in range(_TIMES_AT_ONCE)
            )
        )
        check([status for status, _ in answers] == [201] * _TIMES_AT_ONCE, "201 each", answers)
        ids = {body["redemptionId"] for _, body in answers}
        check(len(ids) == 1, "one redemption", answers)
        (_, redemption), *_ = answers
        step.saw(
            f"应付{in_yuan(redemption['billFen'])}，红包抵{in_yuan(redemption['amountFen'])}，"
            f"实付{in_yuan(redemption['toPayFen'])}（{_TIMES_AT_ONCE} 次回答相同）"
        )
        twice = await stage.shop.redeem(
            till, token, code=code, bill_fen=_BILL_FEN, key=secrets.token_hex(8)
        )
        check(twice[0] in {409, 422}, "the code is no good a second time", twice)
        step.saw(f"换一笔再用这个码：{twice[1]['code']}：{twice[1]['message']}")
    return str(ids.pop())


async def is_spent(stage: Stage, resident: Person, voucher: Any, redemption_id: str) -> None:
    """See in the app that it was spent once."""
    with stage.narrator.step(
        resident.who,
        f"{resident.who}的红包变成“已用完”，用在哪里写得清楚。",
        "Her red packet is spent, and says where.",
    ) as step:

        async def look() -> Any:
            answer = await stage.ask(resident, "MyVouchers", first=_LONGEST_PAGE)
            nodes = answer.field("myVouchers")["nodes"]
            return next(each for each in nodes if each["id"] == voucher["id"])

        spent = await until("it is spent", look, lambda seen: seen["state"] == "SPENT")
        uses = [use["id"] for use in spent["redemptions"]]
        check(uses == [redemption_id], "used once", spent)
        (use,) = spent["redemptions"]
        step.saw(f"{use['merchantName']} {in_yuan(use['amountFen'])}  [{in_zh(spent['state'])}]")

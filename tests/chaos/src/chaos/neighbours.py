"""What residents do all day: write, follow, claim, pay, rate, allow messages and read them."""

import asyncio
import secrets
from random import Random
from typing import Any

from local_stack.programs import MINI_PROGRAM_APP_ID

from chaos.doors import Caller, Reply, persist
from chaos.founding import TEMPLATES, Resident, Society
from chaos.model import Deed, Write

_TROUBLES = ("路灯不亮了", "楼道灯坏了", "下水道堵了", "门禁坏了", "电梯总停", "树枝挡路")
_SHORTEST_REST_SECONDS, _LONGEST_REST_SECONDS = 0.5, 2.5
"""A machine that they keep busy all the time measures itself, not what was killed."""
_BILL_FEN = 2_000
_RATINGS_AT_MOST = 18
"""A campaign that thanks gives a person twenty vouchers, and no more."""
_PUBLIC = "query P { publicIssues(first: 20) { nodes { id } } }"
_MINE = "query M { myIssues(first: 50) { nodes { id state mine } } }"
_VOUCHERS = "query V { myVouchers(first: 50) { nodes { id state isPaused } } }"
_CODE = "query C($id: ID!) { voucherCode(id: $id) { __typename ... on VoucherCode { code } } }"
_LIVE = "query L { liveCampaigns { id } }"
_NOTICES = "query N { myNotices(first: 20, unreadOnly: true) { nodes { id } } }"
_TILL_SHOWN = ("redemptionId", "amountFen", "billFen")


class Neighbour:
    """One resident; what they choose comes from the seed and their number."""

    def __init__(self, society: Society, resident: Resident, seed: int, number: int) -> None:
        self._society = society
        self._doors = society.doors
        self._me = resident
        self._random = Random(f"neighbour {seed} {number}")  # noqa: S311 - a load, not a key
        self._number = number
        self._written = 0
        self._follows: set[str] = set()
        self._rated: set[str] = set()

    async def act(self) -> None:
        """Do one thing, and rest."""
        deeds = {
            self._comment: 2,
            self._message: 5,
            self._follow: 4,
            self._claim: 4,
            self._pay: 3,
            self._rate: 3,
            self._allow: 2,
            self._read: 1,
        }
        (deed,) = self._random.choices(list(deeds), list(deeds.values()))
        await deed()
        await asyncio.sleep(self._random.uniform(_SHORTEST_REST_SECONDS, _LONGEST_REST_SECONDS))

    async def _comment(self) -> None:
        text = self._words()
        write = self._begin(Deed.COMMENT, about=self._me.phone, marker=text)
        await self._doors.phones.comment(self._me.phone, self._society.article, text)
        self._doors.model.acknowledged(write, {})

    async def _message(self) -> None:
        text = self._words()
        write = self._begin(Deed.MESSAGE, about=self._me.phone, marker=text)
        # Whether the account took it, WeChat tells at the end: see Found.deliveries.
        made = await self._doors.simulator(
            "POST",
            f"phones/{self._me.phone}/messages",
            {"app_id": self._society.account.app_id, "text": text},
        )
        self._doors.model.acknowledged(write, {"msg_id": made["msg_id"]})

    async def _follow(self) -> None:
        nodes = (await self._me.read(_PUBLIC))["publicIssues"]["nodes"]
        if not nodes:
            return
        issue_id = str(self._random.choice(nodes)["id"])
        leaves = issue_id in self._follows
        write = self._begin(Deed.UNFOLLOW if leaves else Deed.FOLLOW, about=issue_id)
        if await self._me.write(write, {"issueId": issue_id}):
            (self._follows.discard if leaves else self._follows.add)(issue_id)

    async def _claim(self) -> None:
        live = (await self._me.read(_LIVE))["liveCampaigns"]
        open_to_all = [each["id"] for each in live if each["id"] not in self._society.not_claimed]
        if not open_to_all:
            return
        write = self._begin(Deed.CLAIM, about=str(self._random.choice(open_to_all)))
        await self._me.write(write, {"campaignId": write.about}, shown="voucher { id }")

    async def _pay(self) -> None:
        nodes = (await self._me.read(_VOUCHERS))["myVouchers"]["nodes"]
        usable = [node["id"] for node in nodes if node["state"] == "CLAIMED"]
        if not usable:
            return
        voucher_id = str(self._random.choice(usable))
        shown = (await self._me.read(_CODE, id=voucher_id))["voucherCode"]
        if shown["__typename"] == "VoucherCode":
            bill_fen = _BILL_FEN + self._random.randrange(100)
            await redeem(self._society, voucher_id, shown["code"], bill_fen)

    async def _rate(self) -> None:
        nodes = (await self._me.read(_MINE))["myIssues"]["nodes"]
        done = [
            node["id"]
            for node in nodes
            if node["mine"] and node["state"] == "RESOLVED" and node["id"] not in self._rated
        ]
        if not done or len(self._rated) >= _RATINGS_AT_MOST:
            return
        issue_id = str(self._random.choice(done))
        rating = self._random.randint(1, 5)
        write = self._begin(Deed.RATE, about=issue_id, given={"rating": rating})
        if await self._me.write(write, {"issueId": issue_id, "rating": rating}):
            self._rated.add(issue_id)

    async def _allow(self) -> None:
        kinds = self._random.choice((["VOUCHER"], ["ISSUE_PROGRESS"], list(TEMPLATES)))
        phone = self._me.phone
        chosen = [TEMPLATES[kind] for kind in kinds]
        await self._doors.phones.allow(phone, MINI_PROGRAM_APP_ID, chosen)
        code = await self._doors.phones.login_code(phone, MINI_PROGRAM_APP_ID)
        write = self._begin(Deed.GRANT, about=phone, given={"templates": kinds})
        await self._me.write(write, {"wechatCode": code, "templates": kinds})

    async def _read(self) -> None:
        nodes = (await self._me.read(_NOTICES))["myNotices"]["nodes"]
        if nodes:
            ids = [node["id"] for node in nodes]
            write = self._begin(Deed.READ, about=self._me.name, given={"ids": ids})
            await self._me.write(write, {"ids": ids})

    def _words(self) -> str:
        self._written += 1
        trouble = self._random.choice(_TROUBLES)
        return f"{trouble}（{self._me.nickname}的第{self._written}条）"

    def _begin(self, deed: Deed, **about: Any) -> Write:
        return self._me.begin(deed, secrets.token_hex(8), **about)


async def redeem(society: Society, voucher_id: str, code: str, bill_fen: int) -> None:
    """Let the till take a voucher, by one idempotency key until it is answered."""
    till = society.till
    body = {"code": code, "billFen": bill_fen, "storeId": till.store_id}
    model = society.doors.model
    write = till.caller.begin(
        Deed.REDEEM, secrets.token_hex(8), about=voucher_id, given={"billFen": bill_fen}
    )
    url = f"{society.doors.layout.address('vouchers-api')}/till/v1/redemptions"

    async def once() -> Reply:
        headers = {"Idempotency-Key": write.key}
        reply = await till.caller.send("POST", url, headers=headers, json=body)
        if reply.again:
            model.lost(write, reply.again)
        return reply

    status, answer = await persist(once)
    if status == 201:
        model.acknowledged(write, {name: answer[name] for name in _TILL_SHOWN})
    else:
        model.refused(write, answer["code"])


async def photo_sent(who: Caller, write: Write, url: str, photo: bytes) -> bool:
    """Send a photo to the address of its ticket until it is taken; a repeat is the same photo."""

    async def once() -> Reply:
        headers = {"Content-Type": "image/jpeg"}
        reply = await who.send("PUT", url, headers=headers, content=photo)
        if reply.again:
            who.doors.model.lost(write, reply.again)
        return reply

    status, answer = await persist(once)
    if status == 201:
        who.doors.model.acknowledged(write, answer)
        return True
    who.doors.model.refused(write, answer["code"])
    return False

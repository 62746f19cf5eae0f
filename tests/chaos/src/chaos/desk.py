"""What a clerk does all day: the inbox, and each matter from the opening to the proof."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from string import ascii_lowercase
from typing import Any

from demo_community.repair_photo import repair_photo

from chaos.doors import Caller
from chaos.founding import Society, Someone
from chaos.model import Deed, Write
from chaos.neighbours import photo_sent

_SHORTEST_REST_SECONDS, _LONGEST_REST_SECONDS = 0.4, 1.6
_MATTERS_AT_ONCE = 12
_ROUNDS_AT_MOST = 2
_MARK_LENGTH = 12
_DECIDES_FIRST, _DISMISSES = 0.6, 0.2
_INBOX = """
query I {
  received: inbox(first: 50, state: RECEIVED) { nodes { ...Seen } }
  replied: inbox(first: 50, state: REPLIED) { nodes { ...Seen } }
}
fragment Seen on Intake { id redactedText comment { id } }
"""
_PARTIES = {"WATER": "供水公司", "POWER": "供电所", "PROPERTY": "物业公司"}


@dataclass
class Matter:
    """An issue that a clerk carries, and how far.

    Attributes:
        next: the step that comes next; None when all is done.
        promises: the numbers of the rounds with a promise that nobody has settled.
    """

    issue_id: str
    next: Callable[["Matter"], Awaitable[None]] | None
    rounds: int = 0
    rounds_planned: int = 0
    promises: tuple[int, ...] = ()


class Desk:
    """One clerk, who takes what is written by every n-th phone, so that none takes another's."""

    def __init__(self, society: Society, clerk: Someone, seed: int, number: int) -> None:
        self._society = society
        self._me: Caller = clerk
        self._random = Random(f"desk {seed} {number}")  # noqa: S311 - a load, not a key
        self._number = number
        self._decided: set[str] = set()
        self._replied: set[str] = set()
        self._matters: list[Matter] = []

    async def act(self) -> None:
        """Do one thing, and rest."""
        going = [matter for matter in self._matters if matter.next is not None]
        if len(going) < _MATTERS_AT_ONCE and (not going or self._random.random() < 0.35):
            await self._look_into_inbox()
        elif going:
            matter = self._random.choice(going)
            assert matter.next is not None
            await matter.next(matter)
        await asyncio.sleep(self._random.uniform(_SHORTEST_REST_SECONDS, _LONGEST_REST_SECONDS))

    async def _look_into_inbox(self) -> None:
        inbox = await self._me.read(_INBOX)
        received = self._mine(inbox["received"], but=self._replied)
        replied = self._mine(inbox["replied"], but=self._decided)
        if replied and self._random.random() < _DECIDES_FIRST:
            await self._decide(self._random.choice(replied))
        elif received:
            await self._reply(self._random.choice(received))

    def _mine(self, page: Any, *, but: set[str]) -> list[Any]:
        return [
            intake
            for intake in page["nodes"]
            if intake["comment"] and self._is_mine(intake) and intake["id"] not in but
        ]

    async def _decide(self, intake: Any) -> None:
        """Only what was answered can be decided."""
        self._decided.add(intake["id"])
        if self._random.random() < _DISMISSES:
            write = self._begin(Deed.DISMISS, about=intake["id"])
            await self._me.write(write, {"intakeId": intake["id"], "reason": "PRAISE"})
        else:
            await self._open(intake)

    def _is_mine(self, intake: Any) -> bool:
        """Whether it is of a phone of this desk; the words name the phone that they came from."""
        names = [resident.nickname for resident in self._society.residents]
        desks = len(self._society.clerks)
        return any(f"{name}的" in intake["redactedText"] for name in names[self._number :: desks])

    async def _reply(self, intake: Any) -> None:
        text = f"收到，这就去看。{_marked()}"
        comment_id = intake["comment"]["id"]
        write = self._begin(Deed.REPLY, about=comment_id, marker=text)
        await self._me.write(write, {"commentId": comment_id, "text": text})
        self._replied.add(intake["id"])

    async def _open(self, intake: Any) -> None:
        write = self._begin(Deed.OPEN, about=intake["id"])
        given = {"intakeId": intake["id"], "category": "lighting"}
        if await self._me.write(write, given, shown="issueId"):
            self._matters.append(
                Matter(
                    str(write.answer["issueId"]),
                    self._acknowledge,
                    rounds_planned=self._random.randint(0, _ROUNDS_AT_MOST),
                )
            )

    async def _acknowledge(self, matter: Matter) -> None:
        query = "query I($id: ID!) { issue(id: $id) { id } }"
        if (await self._me.read(query, id=matter.issue_id))["issue"] is None:
            return  # made by an event: not there yet
        if await self._step(Deed.ACKNOWLEDGE, matter, {}):
            matter.next = self._triage

    async def _triage(self, matter: Matter) -> None:
        given = {"category": "lighting", "level": "COMMUNITY", "publicText": "一盏灯不亮"}
        if await self._step(Deed.TRIAGE, matter, given):
            matter.next = self._assign

    async def _assign(self, matter: Matter) -> None:
        if await self._step(Deed.ASSIGN, matter, {"assigneeIds": [self._me.name]}):
            matter.next = self._start

    async def _start(self, matter: Matter) -> None:
        if await self._step(Deed.START, matter, {}):
            matter.next = self._work

    async def _work(self, matter: Matter) -> None:
        if matter.rounds < matter.rounds_planned:
            await self._talk(matter)
        elif matter.promises:
            await self._settle(matter)
        else:
            await self._prove(matter)

    async def _talk(self, matter: Matter) -> None:
        kind = self._random.choice(list(_PARTIES))
        promises = self._random.random() < 0.6
        said = f"他们说明天来看。{_marked()}"
        now = datetime.now(UTC)
        given = {
            "party": _PARTIES[kind],
            "partyKind": kind,
            "at": now.isoformat(),
            "said": said,
            "promised": (
                {"text": "换一盏新灯", "dueOn": (now + timedelta(days=2)).date().isoformat()}
                if promises
                else None
            ),
        }
        if await self._step(Deed.ROUND, matter, given, marker=said):
            matter.rounds += 1
            if promises:
                matter.promises += (matter.rounds,)

    async def _settle(self, matter: Matter) -> None:
        number, *others = matter.promises
        given = {"round": number, "outcome": "KEPT", "at": datetime.now(UTC).isoformat()}
        write = self._begin(Deed.SETTLE, about=matter.issue_id, given={"round": number})
        await self._me.write(write, {"issueId": matter.issue_id, **given})
        matter.promises = tuple(others)

    async def _prove(self, matter: Matter) -> None:
        ticket = self._begin(Deed.TICKET, about=matter.issue_id)
        shown = "photoId uploadUrl"
        if not await self._me.write(ticket, {"issueId": matter.issue_id}, shown=shown):
            return
        photo_id = str(ticket.answer["photoId"])
        sent = self._begin(Deed.PHOTO, about=photo_id)
        photo = await asyncio.to_thread(repair_photo, datetime.now(UTC))
        url = str(ticket.answer["uploadUrl"])
        if not await photo_sent(Caller(self._me.doors), sent, url, photo):
            return
        given = {"note": "换了新灯，当场试亮。", "photoIds": [photo_id]}
        if await self._step(Deed.RESOLVE, matter, given):
            matter.next = None

    async def _step(
        self, deed: Deed, matter: Matter, given: Mapping[str, object], *, marker: str = ""
    ) -> bool:
        write = self._begin(deed, about=matter.issue_id, marker=marker)
        return await self._me.write(write, {"issueId": matter.issue_id, **given})

    def _begin(self, deed: Deed, **about: Any) -> Write:
        return self._me.begin(deed, secrets.token_hex(8), **about)


def _marked() -> str:
    """Return a sign that nothing else has, of letters alone: digits in a row look like a phone."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(_MARK_LENGTH))

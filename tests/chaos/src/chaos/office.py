"""What the office does all day: teams, people, figures, campaigns, and money given back."""

import asyncio
import secrets
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from chaos.doors import Caller
from chaos.founding import Society, campaign_terms
from chaos.model import Deed, Write

_SHORTEST_REST_SECONDS, _LONGEST_REST_SECONDS = 0.5, 2.0
_SMALL_STOCK, _LARGE_STOCK = 20, 900
_TITLES = ("组员", "队员", "联络员")


class Office:
    """The secretary, with the first clerk at hand for what needs two people."""

    def __init__(self, society: Society, seed: int) -> None:
        self._society = society
        self._clerk: Caller = society.clerks[0]
        self._secretary: Caller = society.secretary
        self._random = Random(f"office {seed}")  # noqa: S311 - a load, not a key
        self._teams: list[str] = []
        self._residents: list[str] = []
        self._drafts: list[str] = []
        self._numbers = 0

    async def act(self) -> None:
        """Do one thing, and rest."""
        deeds = {
            self._team: 1,
            self._member: 4,
            self._move_in: 3,
            self._tag: 4,
            self._figure: 3,
            self._campaign: 2,
            self._reverse: 3,
        }
        (deed,) = self._random.choices(list(deeds), list(deeds.values()))
        await deed()
        await asyncio.sleep(self._random.uniform(_SHORTEST_REST_SECONDS, _LONGEST_REST_SECONDS))

    async def _team(self) -> None:
        given = {"kind": "RED_VOLUNTEERS", "name": f"志愿队{self._number()}"}
        write = self._begin(self._secretary, Deed.TEAM)
        if await self._secretary.write(
            write, {"foundedOn": "2026-01-01", **given}, shown="team { id }"
        ):
            self._teams.append(str(write.answer["team"]["id"]))

    async def _member(self) -> None:
        if not self._teams:
            return await self._team()
        team_id = self._random.choice(self._teams)
        number = self._number()
        given = {
            "title": self._random.choice(_TITLES),
            "joinedOn": "2026-02-01",
            "name": name_of(number),
            # Who has another day of birth is another person.
            "birthDate": (datetime(1950, 1, 1, tzinfo=UTC) + timedelta(days=number))
            .date()
            .isoformat(),
        }
        write = self._begin(self._clerk, Deed.MEMBER, about=team_id)
        await self._clerk.write(write, {"teamId": team_id, **given}, shown="member { id }")
        return None

    async def _move_in(self) -> None:
        household_id = self._random.choice(self._society.residents).household_id
        number = self._number()
        write = self._begin(self._clerk, Deed.MOVE_IN, about=household_id)
        name = name_of(number)
        if await self._clerk.write(
            write, {"householdId": household_id, "name": name}, shown="resident { id }"
        ):
            self._residents.append(str(write.answer["resident"]["id"]))

    async def _tag(self) -> None:
        if not self._residents:
            return await self._move_in()
        resident_id = self._random.choice(self._residents)
        tag = f"标签{self._number() % 1000}"
        write = self._begin(self._clerk, Deed.TAG, about=resident_id, marker=tag)
        await self._clerk.write(write, {"residentId": resident_id, "tag": tag})
        return None

    async def _figure(self) -> None:
        # One figure a day and subject: each number is a day of its own.
        day = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=self._number())
        given = {
            "subjectKind": "CHANNEL",
            "subjectId": self._society.channel_id,
            "metric": "FOLLOWERS",
            "value": self._random.randrange(100_000),
            "on": day.date().isoformat(),
        }
        write = self._begin(self._clerk, Deed.METRIC, given={"value": given["value"]})
        await self._clerk.write(write, given, shown="snapshot { id }")

    async def _campaign(self) -> None:
        """Draft one, or approve one that waits: its vouchers are made while things die."""
        if not self._drafts:
            stock = self._random.randint(_SMALL_STOCK, _LARGE_STOCK)
            terms = campaign_terms(stock=stock, reward_for=None, title=f"红包{self._number()}")
            write = self._begin(self._clerk, Deed.DRAFT, given={"stock": stock})
            if await self._clerk.write(write, {"terms": terms}, shown="campaign { id }"):
                self._drafts.append(str(write.answer["campaign"]["id"]))
            return
        campaign_id = self._drafts.pop()
        write = self._begin(self._secretary, Deed.APPROVE, about=campaign_id)
        await self._secretary.write(write, {"campaignId": campaign_id, "termsNumber": 1})

    async def _reverse(self) -> None:
        model = self._society.doors.model
        reversed_already = {write.about for write in model.writes if write.deed is Deed.REVERSE}
        used = [write.answer["redemptionId"] for write in model.done(Deed.REDEEM)]
        open_to_reversal = [use_id for use_id in used if use_id not in reversed_already]
        if len(open_to_reversal) < 2:
            return
        use_id = str(self._random.choice(open_to_reversal))
        write = self._begin(self._clerk, Deed.REVERSE, about=use_id)
        await self._clerk.write(write, {"redemptionId": use_id, "reason": "GOODS_RETURNED"})

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _begin(self, who: Caller, deed: Deed, **about: Any) -> Write:
        return who.begin(deed, secrets.token_hex(8), **about)


def name_of(number: int) -> str:
    """Return a name that nobody else has been given."""
    return f"何{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'春夏秋冬'[number // 10 % 4]}{number}"

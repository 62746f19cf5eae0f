"""A write to each service, by which a recovery is measured however little the load asks of it."""

import secrets
from datetime import UTC, datetime, timedelta

from chaos.founding import Society, campaign_terms
from chaos.model import Deed

_STOCK = 10


class Prober:
    """Writes when it is told to, with the load's own doors, keys and patience."""

    def __init__(self, society: Society) -> None:
        self._society = society
        self._numbers = 0

    async def write(self, service: str) -> None:
        """Write to a service until it is answered. Raises: NeverAnswered."""
        self._numbers += 1
        writes = {
            "residents": self._team,
            "issues": self._rule,
            "vouchers": self._draft,
            "outreach": self._figure,
        }
        await writes[service]()

    async def _team(self) -> None:
        who = self._society.secretary
        given = {
            "kind": "RED_SOCIAL",
            "name": f"值守队{self._numbers}",
            "foundedOn": "2026-01-01",
        }
        await who.write(who.begin(Deed.TEAM, _key()), given, shown="team { id }")

    async def _rule(self) -> None:
        who = self._society.secretary
        name = f"井盖{self._numbers}"
        write = who.begin(Deed.RULE, _key(), about=self._society.rule_id, marker=name)
        given = {
            "ruleId": write.about,
            "name": name,
            "words": ["井盖没了"],
        }
        await who.write(write, given)

    async def _draft(self) -> None:
        who = self._society.clerks[0]
        write = who.begin(Deed.DRAFT, _key(), given={"stock": _STOCK})
        terms = campaign_terms(stock=_STOCK, reward_for=None, title=f"备用{self._numbers}")
        await who.write(write, {"terms": terms}, shown="campaign { id }")

    async def _figure(self) -> None:
        who = self._society.clerks[0]
        # A day of its own for each: the office counts on from 2000.
        day = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(days=self._numbers)
        given = {
            "subjectKind": "CHANNEL",
            "subjectId": self._society.channel_id,
            "metric": "FOLLOWERS",
            "value": self._numbers,
            "on": day.date().isoformat(),
        }
        write = who.begin(Deed.METRIC, _key(), given={"value": self._numbers})
        await who.write(write, given, shown="snapshot { id }")


def _key() -> str:
    return secrets.token_hex(8)

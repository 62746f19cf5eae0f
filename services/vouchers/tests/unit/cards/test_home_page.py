"""The first page of the mini-program reads as often for twenty campaigns as for one."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from chassis.encryption import KEY_BYTES, LookupHash
from chassis.graphql_context import Context
from chassis.identity import Principal, Role
from chassis.requests import Requests
from vouchers.api.schema import build
from vouchers.application.cards.read_vouchers import ReadVouchers
from vouchers.domain.actors import Actor

from ...neighbourhood import COMMUNITY, Neighbourhood

HOME = "query { liveCampaigns { id isLeft claimedByMe merchantNames } }"


class Counted:
    """A port that counts how often it is asked."""

    def __init__(self, port: Any, asked: Counter[str]) -> None:
        self._port, self._asked = port, asked

    def __getattr__(self, name: str) -> Any:
        self._asked[name] += 1
        return getattr(self._port, name)


async def home(here: Neighbourhood, actor: Actor) -> tuple[list[dict[str, Any]], Counter[str]]:
    """What the page shows, and which reads it took."""
    asked: Counter[str] = Counter()
    kept = here.stores
    ports = (kept.vouchers, kept.campaigns, kept.holders, kept.merchants)
    vouchers, campaigns, holders, merchants = (Counted(port, asked) for port in ports)
    reading: Any = (vouchers, campaigns, holders, merchants, here.clock)
    edge: Any = SimpleNamespace(cards=SimpleNamespace(read=ReadVouchers(*reading)))
    principal = Principal(
        account_id=actor.account_id,
        session_id="session_1",
        community_id=COMMUNITY,
        roles=(Role("resident"),),
        client="miniprogram",
        expires_at=here.clock(),
    )
    requests = Requests(LookupHash(bytes(KEY_BYTES)))
    context: Context[Any] = Context(edge, principal, requests=requests)
    answer = await build(introspection=False).execute(HOME, context_value=context)
    assert answer.errors is None
    assert answer.data is not None
    return answer.data["liveCampaigns"], asked


@pytest.mark.parametrize("campaigns", [1, 20])
async def test_it_is_read_at_once(here: Neighbourhood, campaigns: int) -> None:
    shops = [await here.merchant(name) for name in ("面馆", "书店", "粮油店")]
    merchant_ids = tuple(shop.id for shop in shops)
    for number in range(campaigns):
        here.clock.advance(seconds=1)
        await here.campaign(f"{number}", stock=1, merchant_ids=merchant_ids)

    shown, asked = await home(here, await here.neighbour("安娜"))

    assert len(shown) == campaigns
    assert all(each["isLeft"] and each["claimedByMe"] == 0 for each in shown)
    assert all({*each["merchantNames"]} == {"面馆", "书店", "粮油店"} for each in shown)
    assert asked == {"claimable": 1, "find": 1, "held_of": 1, "with_some_left": 1, "shops": 1}

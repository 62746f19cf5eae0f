"""What the graph refuses of vouchers: by a code, in a sentence, with nothing changed."""

from collections.abc import Callable
from datetime import timedelta

from chassis.clock import utc_now
from chassis.events import PUBLISHED_AT
from chassis.ids import new_id
from chassis.mongo import Store

from ..documents import PAUSE
from ..graph import Person
from ..office import done
from .market import CLAIM, CODE, ENTRIES, FIGURES, LIVE, MINE, REDEEM, REVERSE, STATEMENT, Market


async def everything(store: Store, community_id: str) -> list[dict[str, object]]:
    """Every voucher of a community as it lies in the store, but for the relay's part."""
    return await store.collection("vouchers").find(
        {"community_id": community_id}, fields={"outbox": 0, PUBLISHED_AT: 0}, sort=(("_id", 1),)
    )


async def test_claims_and_codes_that_are_refused(
    market: Market, store: Store, person_as: Callable[..., Person], community_id: str
) -> None:
    campaign_id = await market.open(stock=1)
    thanks_id = await market.open(rewardFor="ISSUE_CONFIRMED")
    anna, paul = await market.neighbours(2, store=store)
    unknown = person_as("resident")
    voucher = done(await market.claim(anna, campaign_id), "voucher")
    before = await everything(store, community_id)

    for person, campaign, code in (
        (anna, campaign_id, "PERSON_CAP_REACHED"),
        (paul, campaign_id, "SOLD_OUT"),
        (unknown, campaign_id, "NOT_ELIGIBLE"),
        (anna, thanks_id, "ONLY_AS_REWARD"),
        (anna, new_id("campaign"), "CAMPAIGN_NOT_FOUND"),
    ):
        refused = await market.claim(person, campaign, request=new_id("request"))
        assert refused["code"] == code, refused
        assert refused["message"].endswith("。")
    assert (await market.claim(anna, thanks_id))["code"] == "REQUEST_ID_REUSED"
    foreign = await market.graph.ask(paul, CODE, id=voucher["id"])
    assert foreign["code"] == "VOUCHER_NOT_FOUND"
    no_id = {"requestId": "", "campaignId": campaign_id}
    assert await market.graph.refusal(anna, CLAIM, input=no_id) == "BAD_USER_INPUT"
    assert await everything(store, community_id) == before

    pause = {"requestId": "pause", "campaignId": campaign_id}
    await market.graph.ask(market.secretary, PAUSE, input=pause)
    paused = await market.claim(paul, campaign_id, request="while it is paused")
    assert paused["code"] == "CAMPAIGN_PAUSED"


async def test_redemptions_that_are_refused(
    market: Market, store: Store, person_as: Callable[..., Person], community_id: str
) -> None:
    campaign_id = await market.open()
    (anna,) = await market.neighbours(1, store=store)
    voucher = done(await market.claim(anna, campaign_id), "voucher")
    portal = person_as("merchant", scope=[market.merchant["id"]], client="portal")
    good = {
        "code": await market.code(anna, voucher["id"]),
        "billFen": 5_000,
        "storeId": market.store_id,
    }
    before = await everything(store, community_id)

    for wrong, code in (
        ({"billFen": 4_999}, "BILL_BELOW_MINIMUM"),
        ({"billFen": -1}, "AMOUNT_INVALID"),
        ({"amountFen": 0}, "AMOUNT_INVALID"),
        ({"amountFen": 2_001}, "REMAINDER_TOO_LOW"),
        ({"storeId": new_id("store")}, "STORE_NOT_OF_MERCHANT"),
        ({"code": "0" * 20}, "CODE_INVALID"),
        ({"code": "x" * 5_000}, "CODE_INVALID"),
    ):
        asked = {"requestId": new_id("request"), **good, **wrong}
        refused = await market.graph.ask(portal, REDEEM, input=asked)
        assert refused["code"] == code, refused
        assert refused["message"].endswith("。")
    assert refused.keys() >= {"__typename", "code", "message"}
    unknown = {"requestId": "r", "redemptionId": new_id("redemption"), "reason": "OTHER"}
    answer = await market.graph.ask(market.clerk, REVERSE, input=unknown)
    assert answer["code"] == "REDEMPTION_NOT_FOUND"
    huge = {"requestId": "huge", **good, "billFen": 2**40}
    assert "errors" in await market.graph.answer(portal, REDEEM, input=huge)
    assert await everything(store, community_id) == before


async def test_who_may_never_is_told_so_before_anything_is_read(
    market: Market, person_as: Callable[..., Person], community_id: str
) -> None:
    resident, clerk = person_as("resident"), market.clerk
    till, auditor = person_as("merchant", scope=["merchant_1"]), person_as("auditor")
    some = {"requestId": "r", "redemptionId": "redemption_1", "reason": "OTHER"}
    claim = {"requestId": "r", "campaignId": "campaign_1"}
    redeem = {"requestId": "r", "code": "1", "billFen": 1, "storeId": "store_1"}
    now = utc_now()
    period = {"from": (now - timedelta(days=1)).isoformat(), "to": now.isoformat()}

    async def forbidden(person: Person, document: str, **variables: object) -> bool:
        return await market.graph.refusal(person, document, **variables) == "FORBIDDEN"

    for person in (clerk, till, auditor, market.secretary):
        assert await forbidden(person, CLAIM, input=claim)
        assert await forbidden(person, MINE)
        assert await forbidden(person, LIVE)
        assert await forbidden(person, CODE, id="voucher_1")
    for person in (clerk, resident, auditor, market.secretary):
        assert await forbidden(person, REDEEM, input=redeem)
    for person in (resident, till, auditor):
        assert await forbidden(person, REVERSE, input=some)
    for person in (resident, till, clerk):
        assert await forbidden(person, ENTRIES)
    for person in (resident, till):
        assert await forbidden(person, FIGURES, id=community_id)
    assert await forbidden(resident, STATEMENT, **period)
    backwards = {"from": period["to"], "to": period["from"]}
    assert await market.graph.refusal(till, STATEMENT, **backwards) == "BAD_USER_INPUT"

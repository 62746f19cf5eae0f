"""From the claim to the books, through api, till, Kafka and worker."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from chassis.mongo import Store
from chassis.testing_waits import until
from vouchers.domain.cards.wrong_codes import WRONG_CODES_TAKEN

from ..documents import PAUSE
from ..graph import Person
from ..kafka import told
from ..office import done
from .market import ENTRIES, FIGURES, LIVE, MINE, REDEEM, REVERSE, STATEMENT, Market, fingerprint


async def test_a_voucher_is_claimed_shown_used_and_booked(
    market: Market,
    store: Store,
    kafka_bootstrap_servers: str,
    community_id: str,
    person_as: Callable[..., Person],
) -> None:
    campaign_id = await market.open()
    (anna,) = await market.neighbours(1, store=store)
    (live,) = await market.graph.ask(anna, LIVE)
    assert (live["id"], live["isLeft"], live["claimedByMe"]) == (campaign_id, True, 0)

    voucher = done(await market.claim(anna, campaign_id), "voucher")
    assert done(await market.claim(anna, campaign_id), "voucher") == voucher
    assert voucher["campaignTitle"] == "邻里消费红包"
    till = market.till()
    code = await market.code(anna, voucher["id"])
    preview = await market.post(
        till, "vouchers/preview", {"code": code, "billFen": 6_000}, key=None
    )
    assert preview.status_code == 200
    assert preview.json()["amountFen"] == 2_000

    paid = await market.redeem(till, code)

    assert paid.status_code == 201
    redemption = paid.json()
    assert (redemption["amountFen"], redemption["toPayFen"]) == (2_000, 4_000)
    (mine,) = (await market.graph.ask(anna, MINE))["nodes"]
    assert (mine["state"], mine["remainingFen"]) == ("SPENT", 0)
    (use,) = mine["redemptions"]
    assert (use["id"], use["storeName"]) == (redemption["redemptionId"], "八家庄一店")
    report = await market.verified()
    assert report["sealedThrough"] == 3
    (figures,) = report["campaigns"]
    assert (figures["budgetFen"], figures["usedFen"], figures["openFen"]) == (50_000, 2_000, 0)
    entries = (await market.graph.ask(person_as("auditor"), ENTRIES))["nodes"]
    assert [entry["seq"] for entry in entries] == [3, 2, 1]
    assert all(sum(leg["amountFen"] for leg in entry["legs"]) == 0 for entry in entries)
    events = await told(kafka_bootstrap_servers, community_id, at_least=5)
    assert [e["type"] for e in events if "voucher_id" in e] == [
        "voucher.claimed.v1",
        "voucher.redeemed.v1",
    ]


async def test_a_till_that_retries_twenty_times_at_once_gets_twenty_equal_answers(
    market: Market, store: Store
) -> None:
    campaign_id = await market.open()
    (anna,) = await market.neighbours(1, store=store)
    voucher = done(await market.claim(anna, campaign_id), "voucher")
    till, code = market.till(), await market.code(anna, voucher["id"])

    answers = await asyncio.gather(*(market.redeem(till, code) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({fingerprint(answer) for answer in answers}) == 1
    (mine,) = (await market.graph.ask(anna, MINE))["nodes"]
    assert len(mine["redemptions"]) == 1
    other_body = await market.redeem(till, code, billFen=7_000)
    assert (other_body.status_code, other_body.json()["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    other_key = await market.redeem(till, code, key="key-2")
    assert (other_key.status_code, other_key.json()["code"]) == (409, "CODE_ALREADY_USED")
    assert (await market.verified())["campaigns"][0]["usedFen"] == 2_000


async def test_two_hundred_claims_at_once_for_twenty_vouchers_are_twenty(
    market: Market, store: Store
) -> None:
    campaign_id = await market.open()
    people = await market.neighbours(200, store=store)

    outcomes = await asyncio.gather(*(market.claim(person, campaign_id) for person in people))

    kinds = [outcome["__typename"] for outcome in outcomes]
    assert kinds.count("ClaimVoucherSuccess") == 20
    assert set(kinds) == {"ClaimVoucherSuccess", "SoldOut"}
    won = {outcome["voucher"]["id"] for outcome in outcomes if "voucher" in outcome}
    assert len(won) == 20
    report = await market.verified()
    assert report["campaigns"][0]["claimedFen"] == 20 * 2_000


async def test_the_reporter_of_a_settled_matter_is_thanked_once(
    market: Market, store: Store
) -> None:
    await market.open(rewardFor="ISSUE_CONFIRMED", perPerson=5, perHousehold=5)
    anna, paul, clara = await market.neighbours(3, store=store)
    thanked, for_paul, for_clara = (new_id("issue") for _ in range(3))
    for issue_id, how, who, times in (
        (for_paul, "on_behalf", paul, 1),
        (for_clara, "silence", clara, 1),
        (thanked, "reporter", anna, 3),
    ):
        for sequence in range(1, times + 1):
            await market.others.issues.tell(
                "issue.confirmed.v1",
                issue_id,
                anna.community_id,
                sequence=sequence,
                issue_id=issue_id,
                how=how,
                rating=5,
                reporter_account_id=who.account_id,
                reporter_person_key=derived_id("person", who.account_id),
                confirmed_at=utc_now(),
                confirmed_by=who.account_id,
            )

    async def vouchers_of(person: Person) -> list[dict[str, str]]:
        return list((await market.graph.ask(person, MINE))["nodes"])

    await until(lambda: vouchers_of(anna), within_seconds=30)
    (voucher,) = await vouchers_of(anna)
    assert (voucher["claimedHow"], voucher["sourceId"]) == ("REWARD", thanked)
    assert (await market.verified())["campaigns"][0]["claimedFen"] == 2_000
    assert await vouchers_of(paul) == await vouchers_of(clara) == []


async def test_the_portal_redeems_the_office_takes_back_and_the_statement_is_right(
    market: Market, store: Store, person_as: Callable[..., Person], community_id: str
) -> None:
    begins_at = utc_now() - timedelta(minutes=1)
    campaign_id = await market.open()
    anna, paul = await market.neighbours(2, store=store)
    portal = person_as("merchant", scope=[market.merchant["id"]], client="portal")
    redeemed = []
    for holder in (anna, paul):
        voucher = done(await market.claim(holder, campaign_id), "voucher")
        asked = {
            "requestId": holder.account_id,
            "code": await market.code(holder, voucher["id"]),
            "billFen": 5_000,
            "storeId": market.store_id,
        }
        outcome = await market.graph.ask(portal, REDEEM, input=asked)
        redeemed.append(outcome["redemption"])
    undo = {
        "requestId": "undo",
        "redemptionId": redeemed[0]["id"],
        "reason": "ENTERED_TWICE",
    }

    assert (await market.graph.ask(market.clerk, REVERSE, input=undo))["redemption"]["reversedAt"]
    again = await market.graph.ask(market.secretary, REVERSE, input={**undo, "requestId": "2"})
    assert again["code"] == "REDEMPTION_ALREADY_REVERSED"

    await market.verified()
    period = {
        "from": begins_at.isoformat(),
        "to": (utc_now() + timedelta(minutes=1)).isoformat(),
    }
    own = await market.graph.ask(portal, STATEMENT, **period)
    assert own["totalFen"] == sum(line["amountFen"] for line in own["lines"]["nodes"]) == 2_000
    assert [line["kind"] for line in own["lines"]["nodes"]].count("REVERSED") == 1
    merchant_id = market.merchant["id"]
    assert await market.graph.ask(market.clerk, STATEMENT, **period, merchant=merchant_id) == own
    stranger = person_as("merchant", scope=[new_id("merchant")], client="portal")
    assert await market.graph.ask(stranger, STATEMENT, **period, merchant=merchant_id) is None
    figures = (await market.graph.ask(market.clerk, FIGURES, id=community_id))["voucherFigures"]
    assert (figures["claimedFen"], figures["redeemedFen"], figures["openFen"]) == (
        4_000,
        2_000,
        2_000,
    )
    assert figures["customers"] == [{"merchantName": "八家庄面馆", "new": 1, "returning": 0}]
    assert (figures["used"]["numerator"], figures["used"]["denominator"]) == (1, 2)
    assert figures["ledgerInBalance"]["balanced"] is True
    assert len(figures["used"]["rows"]["nodes"]) == 1


async def test_what_a_till_sends_wrongly_is_named_and_changes_nothing(
    market: Market, store: Store, person_as: Callable[..., Person]
) -> None:
    campaign_id = await market.open()
    (anna,) = await market.neighbours(1, store=store)
    voucher = done(await market.claim(anna, campaign_id), "voucher")
    till = market.till()
    stranger = market.till(merchant_id=new_id("merchant"))
    code = await market.code(anna, voucher["id"])
    other = person_as("merchant", scope=[market.merchant["id"]], community_id=new_id("community"))

    refusals = [
        (await market.redeem(None, code), 401, "UNAUTHENTICATED"),
        (await market.redeem(anna, code), 403, "FORBIDDEN"),
        (await market.redeem(stranger, code), 403, "MERCHANT_NOT_APPROVED"),
        (await market.redeem(other, code), 403, "MERCHANT_NOT_APPROVED"),
        (await market.redeem(till, code, key=None), 422, "BAD_USER_INPUT"),
        (await market.redeem(till, code, key="k" * 101), 422, "BAD_USER_INPUT"),
        (await market.redeem(till, "0" * 20), 422, "CODE_INVALID"),
        (await market.redeem(till, code, storeId="store_of_another"), 422, "STORE_NOT_OF_MERCHANT"),
        (await market.redeem(till, code, billFen=4_999), 422, "BILL_BELOW_MINIMUM"),
        (await market.redeem(till, code, billFen=0), 422, "AMOUNT_INVALID"),
        (await market.redeem(till, code, amountFen=-1), 422, "AMOUNT_INVALID"),
        (await market.redeem(till, code, billFen=2**60), 422, "AMOUNT_INVALID"),
        (await market.redeem(till, code, billFen=2**80), 422, "AMOUNT_INVALID"),
        (await market.redeem(till, code, billFen="6000"), 422, "BAD_USER_INPUT"),
        (await market.redeem(till, code, billFen=60.5), 422, "BAD_USER_INPUT"),
        (await market.redeem(till, code, storeId=None), 422, "BAD_USER_INPUT"),
        (await market.post(till, "redemptions", b"{"), 422, "BAD_USER_INPUT"),
        (await market.post(till, "redemptions", b"\xff\xfe"), 422, "BAD_USER_INPUT"),
        (await market.post(till, "redemptions", b" " * 5_000), 413, "QUERY_REFUSED"),
        (await market.post(till, "vouchers/preview", {"code": code, "billFen": 1}), 422,
         "BILL_BELOW_MINIMUM"),
    ]  # fmt: skip

    assert [(r.status_code, r.json()["code"]) for r, _, _ in refusals] == [
        (status, name) for _, status, name in refusals
    ]
    assert all(r.json()["message"].endswith("。") for r, _, _ in refusals)
    (mine,) = (await market.graph.ask(anna, MINE))["nodes"]
    assert (mine["state"], mine["remainingFen"], mine["redemptions"]) == ("CLAIMED", 2_000, [])
    code = await market.code(anna, voucher["id"])
    pause = {"requestId": "pause", "campaignId": campaign_id}
    await market.graph.ask(market.secretary, PAUSE, input=pause)
    paused = await market.redeem(till, code)
    assert (paused.status_code, paused.json()["code"]) == (422, "CAMPAIGN_PAUSED")


async def test_who_guesses_codes_is_refused_the_right_one_at_till_and_portal(
    market: Market, store: Store, person_as: Callable[..., Person]
) -> None:
    campaign_id = await market.open()
    (anna,) = await market.neighbours(1, store=store)
    voucher = done(await market.claim(anna, campaign_id), "voucher")
    till = market.till()
    portal = person_as("merchant", scope=[market.merchant["id"]], client="portal")

    # at most two windows of ten minutes
    for number in range(2 * WRONG_CODES_TAKEN + 1):
        answer = await market.redeem(till, f"{number:020}", key=str(number))
        if answer.status_code == 429:
            break
        assert (answer.status_code, answer.json()["code"]) == (422, "CODE_INVALID")

    code = await market.code(anna, voucher["id"])
    right = await market.redeem(till, code, key="right")
    assert (right.status_code, right.json()["code"]) == (429, "RATE_LIMITED")
    asked = {"requestId": "right", "code": code, "billFen": 6_000, "storeId": market.store_id}
    assert await market.graph.refusal(portal, REDEEM, input=asked) == "RATE_LIMITED"
    (mine,) = (await market.graph.ask(anna, MINE))["nodes"]
    assert (mine["state"], mine["redemptions"]) == ("CLAIMED", [])

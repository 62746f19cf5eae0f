"""Scenes of a merchant: a shop joins, and its till can log in. Played once."""

from typing import Any

from story.demo_file import Till
from story.graph import outcome
from story.stage import Office, Person, Stage
from story.stopped import StoryStopped, check
from story.waiting import until
from story.words import in_zh

_SHOP = "八家庄粮油店"
_CREDIT_CODE = "92130102MA0LNLY01L"
_CLIENTS_AT_MOST = 5
_NOT_YET = ("MerchantNotFound", "MerchantNotApproved")


async def shop_joins(stage: Stage, office: Office) -> Till:
    """Have the shop with one store, approved by a second person, and its till's credentials."""
    if stage.demo.till is not None:
        return stage.demo.till
    merchant_id, store_id = await _register(stage, office.clerk)
    await _nobody_approves_alone(stage, office, merchant_id)
    till = await _credentials(stage, office.clerk, merchant_id, store_id)
    stage.demo.till = till
    stage.remember()
    return till


async def _register(stage: Stage, clerk: Person) -> tuple[str, str]:
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}登记商户{_SHOP}和它的门店。",
        "The clerk registers a shop and its store.",
    ) as step:
        made = await stage.do_once(
            clerk,
            "RegisterMerchant",
            "registerMerchant",
            "shop",
            name=_SHOP,
            creditCode=_CREDIT_CODE,
            business="GROCERY",
            isAllianceMember=True,
            contactName="老马",
            contactPhone="15400009001",
            payeeName=_SHOP,
            payeeAccountNumber="6222000000000009001",
        )
        merchant = outcome(made, "RegisterMerchantSuccess")["merchant"]
        store = await stage.do_once(
            clerk,
            "AddStore",
            "addStore",
            "shop-store",
            merchantId=merchant["id"],
            name="东门店",
            address="槐荫里东门",
        )
        store_id = outcome(store, "AddStoreSuccess")["store"]["id"]
        step.saw(f"{_SHOP}  [{in_zh(merchant['state'])}]")
    return str(merchant["id"]), str(store_id)


async def _nobody_approves_alone(stage: Stage, office: Office, merchant_id: str) -> None:
    clerk, secretary = office.clerk, office.secretary
    with stage.narrator.step(
        secretary.who,
        f"{clerk.who}自己不能批，{secretary.who}批准入驻。",
        "Who registered it may not approve it; the secretary does.",
    ) as step:
        given = {"requestId": stage.request_id("approve"), "merchantId": merchant_id}
        refused = await stage.ask(clerk, "ApproveMerchant", input=given)
        check(refused.error_codes == ("FORBIDDEN",), "refused: FORBIDDEN", refused.body)
        made = await stage.do_once(
            secretary,
            "ApproveMerchant",
            "approveMerchant",
            "shop-approval",
            merchantId=merchant_id,
        )
        merchant = outcome(made, "ApproveMerchantSuccess")["merchant"]
        step.saw(f"{clerk.who}：{refused.error_codes[0]}")
        step.saw(f"{_SHOP}  [{in_zh(merchant['state'])}]")


async def _credentials(stage: Stage, clerk: Person, merchant_id: str, store_id: str) -> Till:
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}给收银机开通凭据，密钥只显示一次。",
        "By an event residents knows the merchant; the till's secret is shown once.",
    ) as step:
        for number in range(1, _CLIENTS_AT_MOST + 1):
            made = await _issue(stage, clerk, merchant_id, number)
            # Its secret was shown once, to a play that was interrupted: make another.
            if made["clientSecret"] is not None:
                step.saw(f"收银机 {made['clientId']}")
                return Till(
                    merchant_id=merchant_id,
                    store_id=store_id,
                    client_id=made["clientId"],
                    client_secret=made["clientSecret"],
                )
    raise StoryStopped("the till gets credentials", f"{_CLIENTS_AT_MOST} were lost before")


async def _issue(stage: Stage, clerk: Person, merchant_id: str, number: int) -> Any:
    """Ask until the approval has come to residents; return the credentials."""

    async def look() -> Any:
        return await stage.do_once(
            clerk,
            "IssueMerchantClient",
            "issueMerchantClient",
            f"shop-till-{number}",
            merchantId=merchant_id,
            kind="TILL",
        )

    made = await until(
        "residents knows the merchant",
        look,
        lambda seen: seen["__typename"] not in _NOT_YET,
    )
    return outcome(made, "IssueMerchantClientSuccess")

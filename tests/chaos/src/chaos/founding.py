"""The community that is to suffer: staff, residents with homes, a shop, campaigns; by the doors.

It is founded before anything is killed; what goes wrong here stops the run.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from local_stack.acting.inhabitants import Inhabitant, settle
from local_stack.acting.ledgers import import_ledger, small_ledger
from local_stack.acting.town import Town, found_town
from local_stack.acting.waiting import eventually
from local_stack.programs import (
    ISSUE_PROGRESS_TEMPLATE_ID,
    MINI_PROGRAM_APP_ID,
    VOUCHER_TEMPLATE_ID,
)
from story.demo_file import OfficialAccount
from story.graph import operation
from story.planning import new_password

from chaos.doors import Caller, Doors, Passport, Unforeseen, mutation
from chaos.logins import resident_passport, staff_passport, till_passport

TEMPLATES = {
    "ISSUE_PROGRESS": ISSUE_PROGRESS_TEMPLATE_ID,
    "VOUCHER": VOUCHER_TEMPLATE_ID,
}
_CREDIT_CODE = "92130102MA0LNLY01L"
_WITHIN_SECONDS = 120.0
_FACE_VALUE_FEN = 500
_STOCK = 400
_PER_PERSON, _PER_HOUSEHOLD = 20, 100


class Someone(Caller):
    """A person of the community."""

    def __init__(self, doors: Doors, passport: Passport, account_id: str) -> None:
        super().__init__(doors, passport, name=account_id)
        self.account_id = account_id


class Resident(Someone):
    """Somebody with a phone and a home.

    Attributes:
        nickname: how they call themselves in what they write.
    """

    def __init__(
        self, doors: Doors, passport: Passport, inhabitant: Inhabitant, *, nickname: str
    ) -> None:
        super().__init__(doors, passport, inhabitant.person.account_id)
        self.phone = inhabitant.person.phone
        self.household_id = inhabitant.household_id
        self.nickname = nickname


@dataclass(frozen=True)
class Till:
    """The till of a shop, and who it is."""

    caller: Caller
    merchant_id: str
    store_id: str


@dataclass(frozen=True)
class Society:
    """Who acts, and what they act with.

    Attributes:
        article: an article as WeChat knows it.
        not_claimed: campaigns that reward, from which nobody can claim.
    """

    doors: Doors
    community_id: str
    account: OfficialAccount
    article: Any
    channel_id: str
    rule_id: str
    secretary: Someone
    clerks: tuple[Someone, ...]
    residents: tuple[Resident, ...]
    till: Till
    not_claimed: tuple[str, ...]


async def found(doors: Doors, *, residents: int, clerks: int = 2) -> Society:
    """Found it. Raises: Unforeseen; AssertionError where an effect does not come."""
    town = await found_town(doors.layout, doors.client)
    secretary = await _staff(doors, town, "SECRETARY")
    desk = tuple([await _staff(doors, town, "CLERK") for _ in range(clerks)])
    people = await _settled(doors, town, residents)
    till = await _shop(doors, desk[0], secretary)
    watched = {"name": "井盖", "words": ["井盖没了"]}
    rule = await succeed(secretary, "setHazardRule", "rule { id }", **watched)
    channels = await secretary.read("{ channels(first: 1) { nodes { id } } }")
    await live_campaign(desk[0], secretary, stock=_STOCK, reward_for=None)
    thanks = await live_campaign(desk[0], secretary, stock=_STOCK, reward_for="ISSUE_CONFIRMED")
    return Society(
        doors=doors,
        community_id=town.community_id,
        account=town.account,
        article=town.article,
        rule_id=str(rule["rule"]["id"]),
        channel_id=str(channels["channels"]["nodes"][0]["id"]),
        secretary=secretary,
        clerks=desk,
        residents=people,
        till=till,
        not_claimed=(thanks,),
    )


async def succeed(who: Caller, mutation_name: str, shown: str = "__typename", **given: Any) -> Any:
    """Do something that has to succeed; return the outcome. Raises: Unforeseen."""
    made = await who.do(
        mutation(mutation_name, shown), input={"requestId": secrets.token_hex(8), **given}
    )
    if not made["__typename"].endswith("Success"):
        raise Unforeseen(f"{mutation_name}: {made}")
    return made


def campaign_terms(*, stock: int, reward_for: str | None, title: str) -> dict[str, object]:
    """Return what a campaign promises: money enough for all its vouchers."""
    now = datetime.now(UTC)
    return {
        "title": title,
        "funder": {"kind": "COMMITTEE", "name": "社区居委会"},
        "kind": "RED_PACKET",
        "faceValueFen": _FACE_VALUE_FEN,
        "minimumSpendFen": 0,
        "stock": stock,
        "budgetFen": stock * _FACE_VALUE_FEN,
        "perPerson": _PER_PERSON,
        "perHousehold": _PER_HOUSEHOLD,
        "claimFrom": now.isoformat(),
        "claimUntil": (now + timedelta(days=30)).isoformat(),
        "useUntil": (now + timedelta(days=60)).isoformat(),
        "rewardFor": reward_for,
    }


async def live_campaign(
    clerk: Caller, secretary: Caller, *, stock: int, reward_for: str | None
) -> str:
    """Have a campaign whose vouchers are all made; return its id."""
    terms = campaign_terms(stock=stock, reward_for=reward_for, title="惠民红包")
    made = await succeed(clerk, "draftCampaign", "campaign { id }", terms=terms)
    campaign_id = str(made["campaign"]["id"])
    await succeed(secretary, "approveCampaign", campaignId=campaign_id, termsNumber=1)
    query = "query C($id: ID!) { campaign(id: $id) { state } }"

    async def is_live() -> bool:
        seen = await clerk.read(query, id=campaign_id)
        return bool(seen["campaign"]["state"] == "LIVE")

    await eventually(is_live, within_seconds=_WITHIN_SECONDS)
    return campaign_id


async def _staff(doors: Doors, town: Town, role: str) -> Someone:
    username, password = f"{role.lower()}-{secrets.token_hex(4)}", new_password()
    invited = await town.do(
        "CreateStaffAccount",
        "createStaffAccount",
        username=username,
        displayName="某社工",
        role=role,
    )
    taken = await Caller(doors).do(
        operation("ActivateStaffAccount"),
        input={"invitationCode": invited["invitationCode"], "password": password},
    )
    passport = staff_passport(
        doors, username=username, password=password, totp_secret=str(taken["totpSecret"])
    )
    return Someone(doors, passport, str(taken["account"]["id"]))


async def _settled(doors: Doors, town: Town, count: int) -> tuple[Resident, ...]:
    """People with homes, who follow the town's account and can be sent messages."""
    await import_ledger(town, small_ledger(households=count))
    inhabitants = await settle(town, count)
    for kind, template_id in TEMPLATES.items():
        await doors.phones.have_template(MINI_PROGRAM_APP_ID, template_id, kind)
    for inhabitant in inhabitants:
        await doors.phones.have(inhabitant.person.phone, town.account)
    return tuple(
        Resident(
            doors,
            resident_passport(doors, phone=inhabitant.person.phone, community_id=town.community_id),
            inhabitant,
            nickname=f"邻居{number}",
        )
        for number, inhabitant in enumerate(inhabitants, start=1)
    )


async def _shop(doors: Doors, clerk: Caller, secretary: Caller) -> Till:
    made = await succeed(
        clerk,
        "registerMerchant",
        "merchant { id }",
        name="八家庄粮油店",
        creditCode=_CREDIT_CODE,
        business="GROCERY",
        isAllianceMember=True,
        contactName="老马",
        contactPhone="15400009001",
        payeeName="八家庄粮油店",
        payeeAccountNumber="6222000000000009001",
    )
    merchant_id = str(made["merchant"]["id"])
    place = {"merchantId": merchant_id, "name": "东门店", "address": "向阳里东门"}
    store = await succeed(clerk, "addStore", "store { id }", **place)
    await succeed(secretary, "approveMerchant", merchantId=merchant_id)
    document = mutation("issueMerchantClient", "clientId clientSecret")
    key, issued = secrets.token_hex(8), {}

    async def are_issued() -> bool:
        given = {"requestId": key, "merchantId": merchant_id, "kind": "TILL"}
        issued.update(await clerk.do(document, input=given))
        return "clientId" in issued

    await eventually(are_issued, within_seconds=_WITHIN_SECONDS)
    passport = till_passport(
        doors, client_id=issued["clientId"], client_secret=issued["clientSecret"]
    )
    return Till(Caller(doors, passport, name=merchant_id), merchant_id, str(store["store"]["id"]))

"""The mini-program on a resident's phone: log in, give the number, agree, say where one lives."""

from dataclasses import dataclass
from typing import Any

from demo_community.story_people import StoryPerson

from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until

# A role follows by an event, behind those of a whole ledger.
_ROLE_WITHIN_SECONDS = 400.0
_CONSENTS = ("ACCOUNT", "HOUSEHOLD_BINDING")


@dataclass(frozen=True)
class Claim:
    """Where somebody says they live."""

    binding_id: str
    is_verified: bool


def once_of(who: StoryPerson) -> str:
    """Return the beginning of the request ids of what is done once for this person."""
    return f"resident-{who.door.building}-{who.door.unit}-{who.door.room}"


async def connect(stage: Stage) -> None:
    """Have the mini-program in WeChat's console, and the residents' phones with their numbers."""
    await stage.phones.open_account(stage.demo.official_account)
    await stage.phones.open_mini_program(stage.mini_program.app_id, stage.mini_program.secret)


async def open_by(stage: Stage, who: StoryPerson) -> tuple[Person, dict[str, Any]]:
    """Log in by WeChat; return the person, and each role with its scope."""
    await stage.phones.have_number(who.nickname, who.phone)
    code = await stage.phones.login_code(who.nickname, stage.mini_program.app_id)
    given = {"communityId": stage.community_id, "code": code, "client": "MINIPROGRAM"}
    answer = (await stage.ask(None, "LogInWithWeChat", input=given)).field("logInWithWeChat")
    made = outcome(answer, "LogInWithWeChatSuccess")
    roles = {grant["role"]: grant["scope"] for grant in made["account"]["roles"]}
    token, refresh_token = made["accessToken"], made["refreshToken"]
    return Person(who.nickname, made["account"]["id"], token, refresh_token), roles


async def open_with_role(
    stage: Stage, person: Person, who: StoryPerson, role: str
) -> tuple[Person, list[str]]:
    """Wait until the account has the role, then log in again.

    Returns: the person with the next token, and the scope of the role in it.
    """

    async def look() -> Any:
        return (await stage.ask(person, "Me")).field("me")

    def has_it(me: Any) -> bool:
        return any(grant["role"] == role and grant["scope"] for grant in me["roles"])

    within_seconds = _ROLE_WITHIN_SECONDS
    await until(f"{who.nickname} is {role}", look, has_it, within_seconds=within_seconds)
    again, roles = await open_by(stage, who)
    return again, roles[role]


async def give_number(stage: Stage, person: Person) -> str:
    """Let WeChat vouch for the phone number; return it as it is shown."""
    code = await stage.phones.phone_code(person.who, stage.mini_program.app_id)
    made = await stage.do(person, "GivePhoneNumber", "givePhoneNumber", code=code)
    return str(outcome(made, "GivePhoneNumberSuccess")["account"]["maskedPhone"])


async def agree(stage: Stage, person: Person, who: StoryPerson) -> None:
    """Agree to the present policies of what is needed."""
    policies = (await stage.ask(None, "PrivacyPolicies")).field("privacyPolicies")
    wanted = [policy for policy in policies if policy["purpose"] in _CONSENTS]
    check(len(wanted) == len(_CONSENTS), f"policies of {_CONSENTS}", policies)
    for policy in wanted:
        made = await stage.do_once(
            person,
            "GiveConsent",
            "giveConsent",
            f"{once_of(who)}-consent-{policy['purpose'].lower()}-{policy['version']}",
            purpose=policy["purpose"],
            policyVersion=policy["version"],
        )
        outcome(made, "GiveConsentSuccess")


async def find_home(stage: Stage, person: Person, who: StoryPerson) -> str:
    """Choose estate, building, unit and room; return the id of the household."""
    estates = (await stage.ask(person, "Estates")).field("estates")
    estate_id = next(each["id"] for each in estates if each["name"] == who.estate)
    door = who.door
    asked = {"building": str(door.building), "unit": str(door.unit), "room": str(door.room)}
    answer = await stage.ask(person, "FindHousehold", estateId=estate_id, **asked)
    found = answer.field("findHousehold")
    check(found is not None, f"the household {door}", answer.body)
    return str(found["householdId"])


async def claim(stage: Stage, person: Person, who: StoryPerson, household_id: str) -> Any:
    """Ask to be bound to the household; return the outcome, the same for a repeat."""
    return await stage.do_once(
        person,
        "RequestBinding",
        "requestBinding",
        f"{once_of(who)}-binding",
        householdId=household_id,
        name=who.name,
        relation="OWNER",
    )


def claimed(result: Any) -> Claim:
    """Return the claim that was taken. Raises: StoryStopped."""
    binding = outcome(result, "RequestBindingSuccess")["binding"]
    return Claim(binding["id"], binding["state"] == "VERIFIED")

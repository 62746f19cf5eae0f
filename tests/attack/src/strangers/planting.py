"""Words that nobody may read, given to the system as people and staff give it theirs."""

import random
from typing import Any

from chassis.clock import utc_now
from chassis.ids import new_id
from local_stack.acting.one_of_each.asking import ask
from local_stack.acting.one_of_each.neighbours import a_resident, identity_number_of
from vouchers.domain.merchants.credit_code import check_character

from strangers.target import Target

_RARE = "鸑鷟鹓鶵鸓鹔鷞鸊鷉鶺鴒鸂鶒鵁鶄鷫鷞鸀鳿"
"""Characters of birds that are in no other text."""


SENT_IN_ERROR = {"name", "phone", "password"}
"""What was in the requests that were refused: one's own words may come back."""


async def planted(
    target: Target, draw: random.Random
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Plant them through the public API.

    Returns: what each is, and its text; secrets that the system itself gave out are among them.
        And what doors answered to wrong requests with some of them, by door.
    """
    world = target.world
    canaries = {
        "name": _bird(draw),
        "other name": _bird(draw),
        "phone": f"139{draw.randrange(10**8):08}",
        "payee account": f"62220202{draw.randrange(10**11):011}",
        "note": _bird(draw),
        "password": f"five-{_bird(draw)}-39",
        "app secret": f"{draw.getrandbits(128):032x}",
        "callback token": f"canary{draw.getrandbits(64):016x}",
    }
    await _plant_a_comment(target, canaries)
    await _plant_an_owner(target, canaries, draw)
    await _plant_a_merchant(target, canaries)
    await _plant_a_channel(target, canaries)
    await _plant_a_reveal(target, canaries)
    canaries |= await _plant_a_login(target, canaries)
    canaries["access token"] = str(await world.token_of("secretary"))
    return canaries, await _send_in_error(target, canaries)


def _bird(draw: random.Random) -> str:
    return "".join(draw.sample(_RARE, 4))


async def _plant_a_comment(target: Target, canaries: dict[str, str]) -> None:
    await target.world.write(f"楼道灯坏了，请打{canaries['phone']}")
    await target.world.message("标记")  # it goes the same way, a little later


async def _plant_an_owner(target: Target, canaries: dict[str, str], draw: random.Random) -> None:
    resident = await a_resident(target.world)
    if resident.home is None or resident.facts is None or resident.facts.birth_date is None:
        raise ValueError("a resident of the world has a home and a birthday")
    canaries["identity number"] = identity_number_of(resident.facts.birth_date)
    owner = {"kind": "PERSON", "name": canaries["name"], "number": canaries["identity number"]}
    day = f"20{draw.randrange(10, 20)}-01-01"
    given = {
        "householdId": resident.home.household_id,
        "validFrom": day,
        "owners": [{"owner": owner}],
    }
    await _do(target, "recordOwnership", given)


async def _plant_a_merchant(target: Target, canaries: dict[str, str]) -> None:
    body = f"91350100{int(canaries['phone'][3:]):08}7"
    new = target.world.shops.new_merchant() | {
        "creditCode": body + check_character(body),
        "contactName": canaries["other name"],
        "contactPhone": canaries["phone"],
        "payeeName": canaries["name"],
        "payeeAccountNumber": canaries["payee account"],
    }
    await _do(target, "registerMerchant", new)


async def _plant_a_channel(target: Target, canaries: dict[str, str]) -> None:
    account = target.world.official_account()
    secrets = {"appSecret": canaries["app secret"], "callbackToken": canaries["callback token"]}
    made = await _do(target, "registerChannel", {**account, **secrets}, "channel { id }")
    canaries["AES key"] = account["encodingAesKey"]
    await _do(target, "archiveChannel", {"channelId": made["channel"]["id"]})


async def _plant_a_reveal(target: Target, canaries: dict[str, str]) -> None:
    resident = await a_resident(target.world)
    given = {"residentId": resident.id, "reason": "HOME_VISIT", "note": canaries["note"]}
    await _do(target, "revealContact", given)


async def _plant_a_login(target: Target, canaries: dict[str, str]) -> dict[str, str]:
    username = f"canary-{new_id('x')[-8:]}"
    new = {"username": username, "displayName": canaries["other name"], "role": "CLERK"}
    invited = await _do(target, "createStaffAccount", new, "invitationCode")
    given = {"invitationCode": invited["invitationCode"], "password": canaries["password"]}
    active = await _do(target, "activateStaffAccount", given, "totpSecret", role=None)
    return {"invitation code": invited["invitationCode"], "TOTP secret": active["totpSecret"]}


async def _send_in_error(target: Target, canaries: dict[str, str]) -> list[tuple[str, str]]:
    """What is refused is logged and counted as well: without what was sent."""
    words = " ".join(canaries[it] for it in sorted(SENT_IN_ERROR))
    answers = []
    for door in target.doors:
        for document in (
            f'{{ nothing(of: "{words}") }}',
            f"{{ {words}",
            f'{{ intake(id: "{words}") {{ id }} }}',
        ):
            token = await target.world.token_of("clerk")
            answer = await ask(door.address, token, document, {"of": words})
            answers.append((door.process, answer.body))
    return answers


async def _do(
    target: Target,
    name: str,
    content: dict[str, Any],
    shown: str = "__typename",
    *,
    role: str | None = "secretary",
) -> Any:
    kind = name[0].upper() + name[1:]
    document = (
        f"mutation M($input: {kind}Input!) {{ {name}(input: $input) "
        f"{{ __typename ... on {kind}Success {{ {shown} }} ... on UserError {{ code }} }} }}"
    )
    request = {} if role is None else {"requestId": target.world.request_id()}
    token = await target.world.token_of(role)
    given = {"input": {**request, **content}}
    answer = await ask(target.layout.address("gateway"), token, document, given)
    if answer.codes or not answer.data[name]["__typename"].endswith("Success"):
        raise ValueError(f"{name} at {utc_now()}: {answer.body}")
    return answer.data[name]

"""Lost credentials, changed credentials and sessions through the real service."""

import json
import time
from typing import Any

import pytest
from chassis.testing_waits import until

from ..conftest import Person, Running
from ..graph import ACTIVATE, CREATE, LOG_IN, ME, REFRESH, Graph
from ..processes import PASSWORD, Device
from .documents import (
    APPROVE_RESET,
    ASK_RESET,
    CHANGE_PASSWORD,
    COMPLETE_RESET,
    INVITATIONS,
    MY_SESSIONS,
    REISSUE,
    REPLACE_TOTP,
    RESETS,
    REVOKE_OTHERS,
    SESSIONS_OF,
    WITHDRAW_INVITATION,
)
from .neighbourhood import Neighbourhood

NEW_PASSWORD = "four-old-estates-6"


async def try_log_in(graph: Graph, username: str, device: Device, password: str) -> Any:
    typed = {"username": username, "password": password, "totpCode": await device.code()}
    return await graph.as_(None).ask(LOG_IN, input={**typed, "client": "CONSOLE"})


async def test_two_of_the_office_let_the_secretary_in_again(
    as_secretary: Graph, as_clerk: Graph, graph: Graph, secretary: Person
) -> None:
    """The clerk asks, another clerk approves; the sessions of before end everywhere."""
    other = await _clerk(as_secretary, graph, "second")
    wanted = {"requestId": "q", "accountId": secretary.account_id, "reason": "手机丢失"}
    reset = (await as_clerk.ask(ASK_RESET, input=wanted))["reset"]["id"]
    (listed,) = (await other.ask(RESETS))["nodes"]
    assert (listed["id"], listed["reason"]) == (reset, "手机丢失")
    approval = {"requestId": "a", "accountId": secretary.account_id, "resetId": reset}
    by_the_first = await as_clerk.ask(APPROVE_RESET, input=approval)
    approved = await other.ask(APPROVE_RESET, input=approval)

    done = await graph.ask(
        COMPLETE_RESET, input={"resetCode": approved["resetCode"], "password": NEW_PASSWORD}
    )

    assert by_the_first["code"] == "SECOND_PERSON_NEEDED"
    device = Device(done["totpSecret"])
    logged_in = await try_log_in(graph, secretary.username, device, NEW_PASSWORD)
    assert logged_in["__typename"] == "LogInStaffSuccess"

    async def is_out() -> bool:
        answer = await as_secretary.answer(ME)
        return "errors" in answer

    assert await until(is_out, within_seconds=5)
    again = await graph.ask(
        COMPLETE_RESET, input={"resetCode": approved["resetCode"], "password": NEW_PASSWORD}
    )
    assert again["code"] == "RESET_CODE_INVALID"
    assert (await other.ask(RESETS))["nodes"] == []


async def test_an_operator_resets_by_command(
    running: Running, graph: Graph, secretary: Person
) -> None:
    printed = running.commands.done(
        "reset-credentials", "--username", secretary.username.upper(), "--json"
    )
    code = json.loads(printed)["resetCode"]

    done = await graph.ask(COMPLETE_RESET, input={"resetCode": code, "password": NEW_PASSWORD})

    device = Device(done["totpSecret"])
    logged_in = await try_log_in(graph, secretary.username, device, NEW_PASSWORD)
    assert logged_in["__typename"] == "LogInStaffSuccess"


def test_an_operator_hears_of_an_unknown_username(running: Running) -> None:
    refused = running.commands.run("reset-credentials", "--username", "nobody-has-this")

    assert refused.returncode == 1
    assert refused.stderr.startswith("ACCOUNT_NOT_FOUND: ")


async def test_ones_own_password_is_changed(
    as_secretary: Graph, graph: Graph, secretary: Person
) -> None:
    proof = {"currentPassword": PASSWORD, "totpCode": await secretary.device.code()}
    wrong = await as_secretary.ask(
        CHANGE_PASSWORD, input={**proof, "currentPassword": "wrong", "newPassword": NEW_PASSWORD}
    )
    weak = await as_secretary.ask(CHANGE_PASSWORD, input={**proof, "newPassword": "short"})
    changed = await as_secretary.ask(CHANGE_PASSWORD, input={**proof, "newPassword": NEW_PASSWORD})

    assert (wrong["code"], weak["code"]) == ("LOGIN_REFUSED", "PASSWORD_TOO_WEAK")
    assert changed["account"]["id"] == secretary.account_id
    logged_in = await try_log_in(graph, secretary.username, secretary.device, NEW_PASSWORD)
    assert logged_in["__typename"] == "LogInStaffSuccess"


async def test_ones_own_device_is_replaced(
    as_secretary: Graph, graph: Graph, secretary: Person
) -> None:
    proof = {"currentPassword": PASSWORD, "totpCode": await secretary.device.code()}
    wrong = await as_secretary.ask(REPLACE_TOTP, input={**proof, "totpCode": "nonsense"})
    replaced = await as_secretary.ask(REPLACE_TOTP, input=proof)
    again = await as_secretary.ask(REPLACE_TOTP, input=proof)

    assert (wrong["code"], again["code"]) == ("LOGIN_REFUSED", "LOGIN_REFUSED")
    device = Device(replaced["totpSecret"])
    logged_in = await try_log_in(graph, secretary.username, device, PASSWORD)
    assert logged_in["__typename"] == "LogInStaffSuccess"


async def test_sessions_are_listed_and_all_others_end(
    as_secretary: Graph, graph: Graph, secretary: Person, neighbourhood: Neighbourhood
) -> None:
    other = await graph.logged_in(secretary.username, secretary.device)

    listed = (await as_secretary.ask(MY_SESSIONS))["nodes"]
    page = await as_secretary.ask(MY_SESSIONS, first=1)
    revoked = await as_secretary.ask(REVOKE_OTHERS, input={"requestId": "o"})

    assert [each["current"] for each in listed] == [False, True]
    assert page["pageInfo"]["hasNextPage"] is True
    assert revoked["revoked"] == 1
    assert (await graph.ask(REFRESH, token=other["refreshToken"]))["__typename"] == "SessionEnded"
    (left,) = (await as_secretary.ask(MY_SESSIONS))["nodes"]
    assert left["current"] is True

    neighbour = await neighbourhood.come()
    (theirs,) = (await as_secretary.ask(SESSIONS_OF, account=neighbour.account_id))["nodes"]
    assert (theirs["client"], theirs["current"]) == ("MINIPROGRAM", False)
    assert await as_secretary.ask(SESSIONS_OF, account="account_unknown") is None


async def test_invitations_are_listed_issued_again_and_withdrawn(
    as_secretary: Graph, graph: Graph
) -> None:
    new = {"requestId": "i", "username": f"clerk-{time.time_ns()}", "displayName": "李"}
    invited = await as_secretary.ask(CREATE, input={**new, "role": "CLERK"})
    account_id = invited["account"]["id"]

    (listed,) = (await as_secretary.ask(INVITATIONS))["nodes"]
    issued = await as_secretary.ask(REISSUE, input={"requestId": "n", "accountId": account_id})
    old = await graph.ask(ACTIVATE, code=invited["invitationCode"], password=PASSWORD)
    withdrawn = await as_secretary.ask(
        WITHDRAW_INVITATION, input={"requestId": "w", "accountId": account_id}
    )
    void = await graph.ask(ACTIVATE, code=issued["invitationCode"], password=PASSWORD)

    assert listed["account"]["username"] == new["username"]
    assert (old["code"], void["code"]) == ("INVITATION_INVALID", "INVITATION_INVALID")
    assert withdrawn["account"]["state"] == "DISABLED"
    assert (await as_secretary.ask(INVITATIONS))["nodes"] == []


@pytest.mark.parametrize("scope", [["estate_unknown"], [""]])
async def test_a_scope_of_unknown_estates_is_named(as_secretary: Graph, scope: list[str]) -> None:
    new = {"requestId": "i", "username": f"clerk-{time.time_ns()}", "displayName": "李"}
    refused = await as_secretary.ask(CREATE, input={**new, "role": "CLERK", "scope": scope})

    assert refused["code"] == "ESTATE_NOT_FOUND"
    assert (await as_secretary.ask(INVITATIONS))["nodes"] == []


async def _clerk(as_secretary: Graph, graph: Graph, request_id: str) -> Graph:
    """One more clerk, logged in."""
    username = f"clerk-{time.time_ns()}"
    new = {"requestId": request_id, "username": username, "displayName": "王", "role": "CLERK"}
    invited = await as_secretary.ask(CREATE, input=new)
    active = await graph.ask(ACTIVATE, code=invited["invitationCode"], password=PASSWORD)
    logged_in = await graph.logged_in(username, Device(active["totpSecret"]))
    return graph.as_(logged_in["accessToken"])

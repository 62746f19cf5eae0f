"""How people come by their tokens, each by the door that is theirs, as often as it takes."""

import httpx
from local_stack.programs import MINI_PROGRAM_APP_ID
from story.graph import operation
from story.one_time_codes import code_of, next_step, wait_until_accepted

from chaos.doors import Caller, Doors, Passport, Reply, Unforeseen, persist


def staff_passport(doors: Doors, *, username: str, password: str, totp_secret: str) -> Passport:
    """Log in with password and one-time code, a code that nobody used at each try."""
    anybody = Caller(doors)
    last_step = 0

    async def attempt() -> Reply:
        nonlocal last_step
        last_step = next_step(last_step)
        await wait_until_accepted(last_step)
        proof = {
            "username": username,
            "password": password,
            "totpCode": code_of(totp_secret, last_step),
            "client": "CONSOLE",
        }
        made = await anybody.do(operation("LogInStaff"), input=proof)
        if made["__typename"] == "LoginRefused":
            # A login whose answer was lost used the code up.
            return Reply(None, "LoginRefused")
        return Reply(_token_of(made, "LogInStaffSuccess"))

    async def log_in() -> str:
        return str(await persist(attempt))

    return Passport(log_in)


def resident_passport(doors: Doors, *, phone: str, community_id: str) -> Passport:
    """Log in by WeChat, with a new code at each try."""
    anybody = Caller(doors)

    async def attempt() -> Reply:
        code = await doors.phones.login_code(phone, MINI_PROGRAM_APP_ID)
        given = {"communityId": community_id, "code": code, "client": "MINIPROGRAM"}
        made = await anybody.do(operation("LogInWithWeChat"), input=given)
        if made["__typename"] in {"WeChatCodeInvalid", "WeChatUnavailable"}:
            # A login whose answer was lost used the code up.
            return Reply(None, made["__typename"])
        return Reply(_token_of(made, "LogInWithWeChatSuccess"))

    async def log_in() -> str:
        return str(await persist(attempt))

    return Passport(log_in)


def till_passport(doors: Doors, *, client_id: str, client_secret: str) -> Passport:
    """Log in by client credentials."""
    url = f"{doors.layout.address('residents-api')}/oauth/token"

    async def attempt() -> Reply:
        try:
            answer = await doors.client.post(
                url,
                data={"grant_type": "client_credentials"},
                auth=(client_id, client_secret),
            )
        except httpx.HTTPError as error:
            return Reply(None, type(error).__name__)
        if answer.is_success:
            return Reply(answer.json()["access_token"])
        if answer.status_code < 500:
            raise Unforeseen(f"the till's login: {answer.status_code} {answer.text}")
        return Reply(None, str(answer.status_code))

    async def log_in() -> str:
        return str(await persist(attempt))

    return Passport(log_in)


def _token_of(made: dict[str, object], success: str) -> str:
    if made["__typename"] != success:
        raise Unforeseen(str(made))
    return str(made["accessToken"])

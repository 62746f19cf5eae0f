"""Scenes of the staff: the community is founded, people get accounts and log in."""

from typing import Any

from story.demo_file import Login
from story.graph import outcome
from story.one_time_codes import code_of, next_step, wait_until_accepted
from story.planning import plan_staff
from story.stage import Founding, Person, Stage
from story.stopped import StoryStopped, check
from story.words import at_clock

_ROLES_IN_ZH = {"secretary": "书记", "clerk": "社工", "auditor": "审计员"}
_ACCOUNTS_AT_MOST = 5


async def found_community(stage: Stage) -> Login:
    """Have the community and the secretary's login."""
    secretary = stage.demo.login("secretary")
    check(secretary is not None, "a planned secretary in demo.json", stage.demo.logins)
    assert secretary is not None  # noqa: S101 - for the type checker
    if stage.demo.community_id is not None:
        with stage.narrator.step(
            "系统", "社区早已建好，不再另建。", "The community is there; no second one is made."
        ) as step:
            step.saw(f"{stage.demo.community_name} {stage.demo.community_id}")
        return secretary
    with stage.narrator.step(
        "运维",
        f"运维用一条命令建立{stage.demo.community_name}，并设第一位书记。",
        "By the operator's command the community gets its first secretary.",
    ) as step:
        # Written down first: a play that is interrupted here goes on with the same request.
        stage.remember()
        founded = await stage.create_community(
            Founding(
                name=stage.demo.community_name,
                secretary_username=secretary.username,
                secretary_name=secretary.who,
                secretary_password=secretary.password,
                request_id=stage.demo.request_id,
            )
        )
        stage.demo.community_id = founded.community_id
        secretary.totp_secret = founded.totp_secret
        stage.remember()
        step.saw(f"{stage.demo.community_name} {founded.community_id}")
    return secretary


async def log_in(stage: Stage, login: Login) -> Person:
    """Log in with password and one-time code."""
    post = _ROLES_IN_ZH[login.role]
    with stage.narrator.step(
        login.who,
        f"{login.who}用密码和动态口令登录。",
        f"The {login.role} logs in with password and one-time code.",
    ) as step:
        logged_in = await _attempt(stage, login)
        if logged_in["__typename"] == "LoginRefused":
            # Somebody may have logged in by hand with this code: each is good once.
            logged_in = await _attempt(stage, login)
        check(logged_in["__typename"] == "LogInStaffSuccess", f"{post}能登录", logged_in)
        account = logged_in["account"]
        roles = [held["role"].lower() for held in account["roles"]]
        check(login.role in roles, f"the role {login.role}", roles)
        until = at_clock(logged_in["expiresAt"])
        step.saw(f"{account['displayName']}（{post}）已登录，令牌有效到 {until}")
    return Person(
        login.who, account["id"], logged_in["accessToken"], refresh_token=logged_in["refreshToken"]
    )


async def stay_logged_in(stage: Stage, *people: Person) -> list[Person]:
    """Renew the tokens, which live for ten minutes; each refresh token is good once."""
    with stage.narrator.step(
        "系统",
        "令牌只管十分钟，换一次新的，会话还是原来的。",
        "A token lives ten minutes; each session goes on with a new one.",
    ) as step:
        renewed = []
        for person in people:
            again, expires_at = await renew(stage, person)
            renewed.append(again)
            step.saw(f"{person.who}：有效到 {at_clock(expires_at)}")
    return renewed


async def renew(stage: Stage, person: Person) -> tuple[Person, str]:
    """Return the person with the next tokens, and until when they are good."""
    given = {"refreshToken": person.refresh_token}
    answer = await stage.ask(None, "RefreshSession", input=given)
    pair = outcome(answer.field("refreshSession"), "RefreshSessionSuccess")
    return person.with_tokens(pair["accessToken"], pair["refreshToken"]), pair["expiresAt"]


async def hire(stage: Stage, secretary: Person, role: str) -> Login:
    """Have the login of a clerk or an auditor: made by the secretary, taken by its person."""
    login = stage.demo.login(role)
    if login is not None and login.totp_secret is not None:
        return login
    for number in range(1, _ACCOUNTS_AT_MOST + 1):
        planned = plan_staff(role, number)
        if login is not None and login.username != planned.username:
            continue
        login = login or planned
        if login not in stage.demo.logins:
            stage.demo.logins.append(login)
            stage.remember()
        if await _taken(stage, login, await _invited(stage, secretary, login)):
            return login
        # Its secret was shown once, to a play that was interrupted: begin with another username.
        stage.demo.logins.remove(login)
        login = None
    raise StoryStopped(f"the {role} gets an account", f"{_ACCOUNTS_AT_MOST} were lost before")


async def _attempt(stage: Stage, login: Login) -> Any:
    secret = login.totp_secret
    if secret is None:
        raise StoryStopped(f"a TOTP secret of {login.username} in demo.json", "none")
    login.last_totp_step = next_step(login.last_totp_step)
    await wait_until_accepted(login.last_totp_step)
    stage.remember()
    proof = {
        "username": login.username,
        "password": login.password,
        "totpCode": code_of(secret, login.last_totp_step),
        "client": "CONSOLE",
    }
    return (await stage.ask(None, "LogInStaff", input=proof)).field("logInStaff")


async def _invited(stage: Stage, secretary: Person, login: Login) -> str:
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}给{login.who}开一个账号。",
        f"The secretary makes an account for the {login.role}.",
    ) as step:
        given = {
            # The same in every play: a repeat is answered with the same invitation.
            "requestId": f"{stage.demo.request_id}-{login.username}",
            "username": login.username,
            "displayName": login.who,
            "role": login.role.upper(),
        }
        made = (await stage.ask(secretary, "CreateStaffAccount", input=given)).field(
            "createStaffAccount"
        )
        check(made["__typename"] == "CreateStaffAccountSuccess", "the account is made", made)
        step.saw(f"账号 {login.username} 已开，邀请码交给本人")
    return str(made["invitationCode"])


async def _taken(stage: Stage, login: Login, invitation_code: str) -> bool:
    with stage.narrator.step(
        login.who,
        f"{login.who}用邀请码设好密码，绑定动态口令。",
        f"The {login.role} takes the account with a password of their own and gets a TOTP secret.",
    ) as step:
        given = {"invitationCode": invitation_code, "password": login.password}
        answer = await stage.ask(None, "ActivateStaffAccount", input=given)
        taken = answer.field("activateStaffAccount")
        if taken["__typename"] == "InvitationInvalid":
            step.saw("这个账号在上次中断时已被领走，换一个账号")
            return False
        check(taken["__typename"] == "ActivateStaffAccountSuccess", "the account is taken", taken)
        login.totp_secret = str(taken["totpSecret"])
        stage.remember()
        step.saw(f"账号 {login.username} 已启用")
    return True

"""Staff of a town beside its secretary."""

import secrets

from story.graph import operation
from story.one_time_codes import code_of, present_step
from story.planning import new_password

from local_stack.acting.town import Town


async def hire(town: Town, role: str) -> str:
    """Invite somebody, who takes the account and logs in. Returns: a token for ten minutes.

    Args:
        role: CLERK or AUDITOR.

    Raises: Refused; KeyError where an account was not taken.
    """
    username, password = f"{role.lower()}-{secrets.token_hex(4)}", new_password()
    new = {"username": username, "displayName": "社工小周", "role": role}
    invited = await town.do("CreateStaffAccount", "createStaffAccount", **new)
    chosen = {"invitationCode": invited["invitationCode"], "password": password}
    taken = await town.data_as("", operation("ActivateStaffAccount"), input=chosen)
    proof = {
        "username": username,
        "password": password,
        "totpCode": code_of(taken["activateStaffAccount"]["totpSecret"], present_step()),
        "client": "CONSOLE",
    }
    logged_in = await town.data_as("", operation("LogInStaff"), input=proof)
    return str(logged_in["logInStaff"]["accessToken"])

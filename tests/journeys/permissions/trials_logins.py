"""How to try what is about logins: WeChat, bindings, invitations, resets, sessions."""

from typing import Any

import pyotp
from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.neighbours import a_resident
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, nothing, query

_PAGE = "pageInfo { hasNextPage }"
_INVITE = """
mutation M($input: CreateStaffAccountInput!) {
  createStaffAccount(input: $input) {
    ... on CreateStaffAccountSuccess { invitationCode account { id } }
  }
}
"""
_ACTIVATE = """
mutation M($input: ActivateStaffAccountInput!) {
  activateStaffAccount(input: $input) { __typename }
}
"""
_ASK_RESET = """
mutation M($input: RequestCredentialResetInput!) {
  requestCredentialReset(input: $input) {
    ... on RequestCredentialResetSuccess { reset { id } }
  }
}
"""
_APPROVE_RESET = """
mutation M($input: ApproveCredentialResetInput!) {
  approveCredentialReset(input: $input) {
    ... on ApproveCredentialResetSuccess { resetCode }
  }
}
"""
_NEW_PASSWORD = "six-estates-39-doors"


def _without_request_id(field: str, content: Any) -> Trial:
    trial = mutation("residents", field, content)

    async def variables(world: World, role: str) -> Variables:
        return {"input": await content(world, role)}

    return Trial(trial.service, trial.document, variables, trial.path)


async def _do(world: World, role: str, document: str, field: str, content: Variables) -> Any:
    given = {"requestId": world.request_id(), **content}
    return await world.as_role(role, document, {"input": given}, field)


async def _wechat_login(world: World, _: str) -> Variables:
    code = await world.by_wechat.login_code()
    return {"communityId": world.community_id, "code": code, "client": "MINIPROGRAM"}


async def _phone_code(world: World, _: str) -> Variables:
    return {"code": await world.by_wechat.phone_code()}


async def _door(world: World) -> str:
    """A household that nobody asked to be bound to."""
    resident = await a_resident(world)
    assert resident.home is not None
    return resident.home.household_id


async def _wanted_binding(world: World, _: str) -> Variables:
    token = await world.token_of("resident")
    assert token is not None
    await world.by_wechat.agree(token)
    return {"householdId": await _door(world), "name": "何雪婷", "relation": "OWNER"}


async def _binding_to_verify(world: World, _: str) -> Variables:
    binding = await world.by_wechat.waiting_binding(world.community_id, await _door(world))
    return {"bindingId": binding, "asNewResident": True}


async def _binding_to_refuse(world: World, _: str) -> Variables:
    binding = await world.by_wechat.waiting_binding(world.community_id, await _door(world))
    return {"bindingId": binding, "reason": "不是本户人员"}


async def _binding_to_revoke(world: World, role: str) -> Variables:
    """The resident's own, and for everybody else somebody's."""
    if role == "resident":
        token = await world.token_of("resident")
        assert token is not None
        binding = await world.by_wechat.binding_of(token, await _door(world))
    else:
        binding = await world.by_wechat.waiting_binding(world.community_id, await _door(world))
    return {"bindingId": binding, "reason": "已搬走"}


async def _invited(world: World) -> Any:
    new = {"username": f"clerk-{world.request_id()[:8]}", "displayName": "某人", "role": "CLERK"}
    return await _do(world, "secretary", _INVITE, "createStaffAccount", new)


async def _invitation(world: World, _: str) -> Variables:
    return {"accountId": (await _invited(world))["account"]["id"]}


async def _colleague(world: World) -> str:
    """Somebody of the office who has credentials to lose. Returns: the account."""
    invited = await _invited(world)
    taken = {"invitationCode": invited["invitationCode"], "password": world.password}
    await world.as_role("nobody", _ACTIVATE, {"input": taken}, "activateStaffAccount")
    return str(invited["account"]["id"])


async def _lost(world: World, _: str) -> Variables:
    return {"accountId": await _colleague(world), "reason": "手机丢失"}


async def _asked_for(world: World, by: str) -> Variables:
    lost = await _lost(world, by)
    asked = await _do(world, by, _ASK_RESET, "requestCredentialReset", lost)
    return {"accountId": lost["accountId"], "resetId": asked["reset"]["id"]}


async def _reset_to_approve(world: World, role: str) -> Variables:
    """One that somebody else asked for."""
    return await _asked_for(world, "clerk" if role == "secretary" else "secretary")


async def _reset_code(world: World, _: str) -> Variables:
    asked = await _asked_for(world, "clerk")
    approved = await _do(world, "secretary", _APPROVE_RESET, "approveCredentialReset", asked)
    return {"resetCode": approved["resetCode"], "password": _NEW_PASSWORD}


async def _own_proof(world: World, role: str) -> Variables:
    password, secret = await world.cast.credentials(world.people[role].account)
    return {"currentPassword": password, "totpCode": pyotp.TOTP(secret).now()}


async def _new_password(world: World, role: str) -> Variables:
    return {**await _own_proof(world, role), "newPassword": _NEW_PASSWORD}


async def _somebody(world: World, _: str) -> Variables:
    return {"id": world.people["clerk"].account.account_id}


LOGIN_TRIALS = {
    "Query.bindingsToVerify": query("residents", "bindingsToVerify", _PAGE),
    "Query.mySessions": query("residents", "mySessions", _PAGE),
    "Query.sessionsOf": Trial(
        "residents",
        f"query Q($id: ID!) {{ sessionsOf(accountId: $id) {{ {_PAGE} }} }}",
        _somebody,
        ("sessionsOf",),
    ),
    "Query.staffInvitations": query("residents", "staffInvitations", _PAGE),
    "Query.credentialResets": query("residents", "credentialResets", _PAGE),
    "Mutation.logInWithWeChat": _without_request_id("logInWithWeChat", _wechat_login),
    "Mutation.givePhoneNumber": mutation("residents", "givePhoneNumber", _phone_code),
    "Mutation.requestBinding": mutation("residents", "requestBinding", _wanted_binding),
    "Mutation.verifyBinding": mutation("residents", "verifyBinding", _binding_to_verify),
    "Mutation.refuseBinding": mutation("residents", "refuseBinding", _binding_to_refuse),
    "Mutation.revokeBinding": mutation("residents", "revokeBinding", _binding_to_revoke),
    "Mutation.reissueInvitation": mutation("residents", "reissueInvitation", _invitation),
    "Mutation.withdrawInvitation": mutation("residents", "withdrawInvitation", _invitation),
    "Mutation.revokeOtherSessions": mutation("residents", "revokeOtherSessions", nothing),
    "Mutation.requestCredentialReset": mutation("residents", "requestCredentialReset", _lost),
    "Mutation.approveCredentialReset": mutation(
        "residents", "approveCredentialReset", _reset_to_approve
    ),
    "Mutation.completeCredentialReset": _without_request_id("completeCredentialReset", _reset_code),
    "Mutation.changePassword": _without_request_id("changePassword", _new_password),
    "Mutation.replaceTotp": _without_request_id("replaceTotp", _own_proof),
}

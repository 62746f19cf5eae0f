"""How to try what is about privacy: contacts, consent, exports and the trail."""

from typing import Any

from local_stack.acting.one_of_each.asking import Variables, ask
from local_stack.acting.one_of_each.neighbours import a_resident, own_resident
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, query

_REVEAL = (
    "mutation M($input: RevealContactInput!) { revealContact(input: $input) "
    "{ ... on RevealContactSuccess { reveal { id } } } }"
)
_GIVE = "mutation M($input: GiveConsentInput!) { giveConsent(input: $input) { __typename } }"
_RECORD = "mutation M($input: RecordConsentInput!) { recordConsent(input: $input) { __typename } }"
_PAGE = "pageInfo { hasNextPage }"
_NOTES = Trial(
    "residents",
    "query Q { reveals(first: 1) { nodes { note } } }",
    lambda world, _: _somebodys_reveal(world),
    ("reveals", "nodes", 0, "note"),
)
_CONSENTS_OF = Trial(
    "residents",
    "query Q($id: ID!) { consentsOf(residentId: $id) { isGiven } }",
    lambda world, _: _a_residents_id(world),
    ("consentsOf",),
)


async def _done(world: World, role: str, document: str, content: Variables) -> Any:
    """Do it as the person of a role, in the session that they act from."""
    given = {"requestId": world.request_id(), **content}
    token = await world.token_of(role)
    answer = await ask(world.residents, token, document, {"input": given})
    assert not answer.codes, answer.body
    (value,) = answer.data.values()
    return value


async def _a_residents_id(world: World) -> Variables:
    return {"id": (await a_resident(world)).id}


async def _contact(world: World, role: str) -> Variables:
    if role == "resident":
        return {"residentId": (await own_resident(world)).id, "reason": "OWN_DATA"}
    wanted = {"reason": "HOME_VISIT", "note": "约定入户时间"}
    return {"residentId": (await a_resident(world)).id, **wanted}


async def _own_reveal(world: World, role: str) -> Variables:
    shown = await _done(world, role, _REVEAL, await _contact(world, role))
    return {"id": shown["reveal"]["id"]}


async def _somebodys_reveal(world: World) -> Variables:
    await _done(world, "clerk", _REVEAL, await _contact(world, "clerk"))
    return {}


async def _consent(_: World, __: str) -> Variables:
    return {"purpose": "ACCOUNT", "policyVersion": 1}


async def _given_consent(world: World, role: str) -> Variables:
    await _done(world, role, _GIVE, await _consent(world, role))
    return {"purpose": "ACCOUNT"}


async def _at_the_counter(world: World, _: str) -> Variables:
    resident = await a_resident(world)
    return {
        "residentId": resident.id,
        "purpose": "ACCOUNT",
        "policyVersion": 1,
        "channel": "WRITTEN",
    }


async def _back_at_the_counter(world: World, role: str) -> Variables:
    said = await _at_the_counter(world, role)
    await _done(world, "clerk", _RECORD, said)
    del said["policyVersion"]
    return said


async def _own_export(_: World, __: str) -> Variables:
    return {}


async def _export_for(world: World, _: str) -> Variables:
    return {"residentId": (await a_resident(world)).id, "note": "本人到窗口申请"}


PRIVACY_TRIALS: dict[str, Trial] = {
    "Query.privacyPolicies": query("residents", "privacyPolicies", "purpose version"),
    "Query.reveal": query("residents", "reveal", "id", _own_reveal),
    "Query.reveals": query("residents", "reveals", _PAGE),
    "RevealRecord.note": _NOTES,
    "Query.auditTrail": query("residents", "auditTrail", _PAGE),
    "Query.myConsents": query("residents", "myConsents", "isGiven"),
    "Query.consentsOf": _CONSENTS_OF,
    "Mutation.revealContact": mutation("residents", "revealContact", _contact),
    "Mutation.giveConsent": mutation("residents", "giveConsent", _consent),
    "Mutation.withdrawConsent": mutation("residents", "withdrawConsent", _given_consent),
    "Mutation.recordConsent": mutation("residents", "recordConsent", _at_the_counter),
    "Mutation.recordConsentWithdrawal": mutation(
        "residents", "recordConsentWithdrawal", _back_at_the_counter
    ),
    "Mutation.requestDataExport": mutation("residents", "requestDataExport", _own_export),
    "Mutation.requestResidentDataExport": mutation(
        "residents", "requestResidentDataExport", _export_for
    ),
}

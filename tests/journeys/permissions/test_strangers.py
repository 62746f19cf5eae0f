"""Another community's object is as unknown as one that never was.

Every operation that takes an id is asked, with input that is good but for it, by the secretary of
another community: the answer is, to the letter, the one for an id that nobody has. What needs no
good input, and every entity of the federation, is the strangers' line S5.
"""

import re
from typing import Any

import pytest
from chassis.ids import new_id
from chassis.mongo import Store
from graphql import GraphQLSchema, build_ast_schema, parse
from local_stack.acting.one_of_each.cast import Person
from local_stack.acting.one_of_each.fingerprint import fingerprint
from local_stack.acting.one_of_each.quiet import Quiet
from local_stack.acting.one_of_each.world import World
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.layout import ROOT
from strangers.id_operations import id_operations

from .trials import TRIALS
from .trying import attempt

_AN_ID = re.compile(r"([a-z]+)_[0-9a-z]{26}")
# Anonymous, or about the caller: nothing of another person can be named.
WITHOUT_ANOTHERS_ID = {
    "Channel.metrics",
    "Mutation.activateStaffAccount",
    "Mutation.changePassword",
    "Mutation.completeCredentialReset",
    "Mutation.createStaffAccount",
    "Mutation.createTeam",
    "Mutation.draftCampaign",
    "Mutation.giveConsent",
    "Mutation.givePhoneNumber",
    "Mutation.logInStaff",
    "Mutation.logInWithWeChat",
    "Mutation.logOut",
    "Mutation.recordGrant",
    "Mutation.refreshSession",
    "Mutation.registerChannel",
    "Mutation.registerMerchant",
    "Mutation.replaceTotp",
    "Mutation.requestDataExport",
    "Mutation.revokeOtherSessions",
    "Mutation.setHazardRule",
    "Mutation.takeOverComment",
    "Mutation.withdrawConsent",
    "Query.articles",
    "Query.assignedIssues",
    "Query.auditTrail",
    "Query.bindingsToVerify",
    "Query.campaigns",
    "Query.channels",
    "Query.comments",
    "Query.credentialResets",
    "Query.dualAppointments",
    "Query.estates",
    "Query.hazardRules",
    "Query.imports",
    "Query.inbox",
    "Query.issueCategories",
    "Query.issues",
    "Query.ledgerEntries",
    "Query.liveCampaigns",
    "Query.me",
    "Query.merchants",
    "Query.myComments",
    "Query.myConsents",
    "Query.myHouseholds",
    "Query.myIssues",
    "Query.myNotices",
    "Query.myPosts",
    "Query.mySessions",
    "Query.myVouchers",
    "Query.noticeTemplates",
    "Query.privacyPolicies",
    "Query.publicIssues",
    "Query.reveals",
    "Query.searchResidents",
    "Query.staffAccounts",
    "Query.staffInvitations",
    "Query.teams",
    "Query.unreadNotices",
    "RevealRecord.note",
}
NARROWED_BY_AN_ID = {
    "Mutation.createStaffAccount",
    "Mutation.draftCampaign",
    "Mutation.logInWithWeChat",
    "Mutation.setHazardRule",
    "Query.auditTrail",
    "Query.reveals",
    "Query.searchResidents",
}
"""They can be told an id besides; the strangers' line S5 tells them another's."""


def schema_of(path: str) -> GraphQLSchema:
    return build_ast_schema(parse((ROOT / path).read_text()), assume_valid_sdl=True)


def with_unknown_ids(value: Any) -> Any:
    """The same input, each id in it replaced by one of its kind that nobody has."""
    if isinstance(value, dict):
        return {key: with_unknown_ids(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_unknown_ids(item) for item in value]
    if isinstance(value, str) and (found := _AN_ID.fullmatch(value)):
        return new_id(found.group(1))
    return value


def shows_nothing(answered: Any) -> bool:
    """Whether it is null, an empty list, or a union's member that says "not found"."""
    if answered is None or answered == {"nodes": []}:
        return True
    return str(answered.get("__typename", "")).endswith("NotFound")


def test_every_operation_with_an_id_is_asked() -> None:
    taking_ids = {name for name, trial in TRIALS.items() if "$id" in trial.document}

    assert taking_ids & WITHOUT_ANOTHERS_ID == set()
    assert set(TRIALS) > WITHOUT_ANOTHERS_ID


def test_every_operation_of_the_graph_that_takes_an_id_is_asked() -> None:
    taking_ids = {it.name for it in id_operations(schema_of("gateway/schema.graphql"))}

    assert taking_ids & WITHOUT_ANOTHERS_ID == NARROWED_BY_AN_ID
    assert taking_ids <= set(TRIALS)


@pytest.mark.parametrize("operation", sorted(set(TRIALS) - WITHOUT_ANOTHERS_ID))
async def test_a_strangers_id_is_an_unknown_id(
    operation: str,
    stack: StackByCommands,
    world: World,
    stranger: Person,
    stores: dict[str, Store],
    quiet: Quiet,
) -> None:
    trial = TRIALS[operation]
    variables = await trial.variables(world, "secretary")
    unknown = with_unknown_ids(variables)
    assert unknown != variables
    await quiet.come()
    before = await fingerprint(stores)
    token = await world.cast.token(stranger)

    for where in ("gateway", f"{trial.service}-api"):
        theirs = await attempt(trial, stack, where, token, variables)
        nobodys = await attempt(trial, stack, where, token, unknown)

        assert (theirs.data, theirs.codes) == (nobodys.data, nobodys.codes), theirs.body
        (answered,) = theirs.data.values()
        assert shows_nothing(answered), theirs.body
    assert await fingerprint(stores) == before

"""A community's rules: the defaults until somebody edits them."""

from collections.abc import Callable

import pytest
from chassis.errors import Forbidden
from chassis.requests import Request
from chassis.testing import REQUESTS
from issues.adapters.memory import MemoryHazardRuleSets
from issues.adapters.mongo_hazard_rule_sets import rule_set_id
from issues.application.edit_hazard_rules import EditHazardRules
from issues.application.hazard_rules_in_force import HazardRulesInForce
from issues.application.remove_hazard_rule import RemoveHazardRule
from issues.application.set_hazard_rule import SetHazardRule
from issues.domain.default_hazard_rules import DEFAULT_HAZARD_RULES
from issues.domain.errors import HazardRuleInvalid, HazardRuleNotFound
from issues.domain.hazard_rules import HazardRule, HazardRuleDraft
from issues.domain.permissions import Actor

SNAKES = HazardRuleDraft(name="蛇", words=("蛇",), category="animals")


class Rules:
    """Edits and reads over a store in memory."""

    def __init__(self) -> None:
        self.sets = MemoryHazardRuleSets()
        self.in_force = HazardRulesInForce(self.sets, rule_set_id)
        edit = EditHazardRules(self.sets, rule_set_id)
        self._set = SetHazardRule(edit)
        self.remove = RemoveHazardRule(edit)

    async def set(
        self, actor: Actor, draft: HazardRuleDraft, rule_id: str | None = None
    ) -> HazardRule:
        return await self._set(
            actor, draft, rule_id=rule_id, new_rule_id="rule_new", request=request(actor)
        )


def request(actor: Actor) -> Request:
    return REQUESTS.request_for(actor.account_id, "r1")


@pytest.fixture
def rules() -> Rules:
    return Rules()


async def test_without_an_edit_the_defaults_are_in_force(rules: Rules, secretary: Actor) -> None:
    assert await rules.in_force(secretary.community_id) == DEFAULT_HAZARD_RULES


async def test_a_first_rule_of_its_own_keeps_the_defaults(rules: Rules, secretary: Actor) -> None:
    rule = await rules.set(secretary, SNAKES)
    assert await rules.in_force(secretary.community_id) == (*DEFAULT_HAZARD_RULES, rule)
    assert await rules.in_force("community_other") == DEFAULT_HAZARD_RULES


async def test_a_repeated_request_adds_one_rule(rules: Rules, secretary: Actor) -> None:
    await rules.set(secretary, SNAKES)
    await rules.set(secretary, SNAKES)
    in_force = await rules.in_force(secretary.community_id)
    assert len(in_force) == len(DEFAULT_HAZARD_RULES) + 1


async def test_a_default_rule_can_be_edited_and_removed(rules: Rules, secretary: Actor) -> None:
    first = DEFAULT_HAZARD_RULES[0].id
    await rules.set(secretary, SNAKES, rule_id=first)
    in_force = await rules.in_force(secretary.community_id)
    assert (in_force[0].id, in_force[0].words) == (first, ("蛇",))
    await rules.remove(secretary, first, request=REQUESTS.request_for("x", "r2"))
    in_force = await rules.in_force(secretary.community_id)
    assert [rule.id for rule in in_force] == [rule.id for rule in DEFAULT_HAZARD_RULES[1:]]


async def test_a_refused_edit_leaves_the_community_on_the_defaults(
    rules: Rules, secretary: Actor
) -> None:
    with pytest.raises(HazardRuleNotFound):
        await rules.set(secretary, SNAKES, rule_id="rule_unknown")
    with pytest.raises(HazardRuleNotFound):
        await rules.remove(secretary, "rule_unknown", request=request(secretary))
    with pytest.raises(HazardRuleInvalid):
        await rules.set(secretary, HazardRuleDraft(name="空", words=()))
    assert rules.sets.all == []


@pytest.mark.parametrize("role", ["clerk", "resident", "steward", "partner", "merchant", "auditor"])
async def test_only_the_secretary_edits_rules(
    rules: Rules, actor_as: Callable[..., Actor], role: str
) -> None:
    actor = actor_as(role)
    with pytest.raises(Forbidden):
        await rules.set(actor, SNAKES)
    with pytest.raises(Forbidden):
        await rules.remove(actor, DEFAULT_HAZARD_RULES[0].id, request=request(actor))
    assert rules.sets.all == []

"""One change to a community's hazard rules, the first of which starts from the defaults."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chassis.requests import Request

from issues.application.ports import HazardRuleSets
from issues.domain.events import Event
from issues.domain.hazard_rule_set import HazardRuleSet, default_rule_set

Transition = Callable[[HazardRuleSet], tuple[HazardRuleSet, Sequence[Event]]]


@dataclass(frozen=True)
class EditHazardRules:
    """Change the set of a community.

    A community's first edit starts from the defaults, so that one changed rule does not cost it
    the others; a refused one leaves it on the defaults.

    Raises: what the transition raises.
    """

    rule_sets: HazardRuleSets
    rule_set_id: Callable[[str], str]

    async def __call__(
        self, community_id: str, transition: Transition, *, request: Request
    ) -> HazardRuleSet:
        set_id = self.rule_set_id(community_id)
        (own,) = await self.rule_sets.get_many(community_id, [set_id])
        if own is None:
            defaults = default_rule_set(set_id, community_id)
            transition(defaults)
            await self.rule_sets.add(defaults)
        return await self.rule_sets.change(community_id, set_id, transition, request=request)

"""Which rules a community goes by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from issues.application.ports import HazardRuleSets
from issues.domain.default_hazard_rules import DEFAULT_HAZARD_RULES
from issues.domain.hazard_rules import HazardRule


@dataclass(frozen=True)
class HazardRulesInForce:
    """The community's own rules, or the defaults while it has none of its own."""

    rule_sets: HazardRuleSets
    rule_set_id: Callable[[str], str]

    async def __call__(self, community_id: str) -> Sequence[HazardRule]:
        (own,) = await self.rule_sets.get_many(community_id, [self.rule_set_id(community_id)])
        return DEFAULT_HAZARD_RULES if own is None else own.rules

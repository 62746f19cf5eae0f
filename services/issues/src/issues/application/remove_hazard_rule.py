"""The secretary takes a hazard rule away."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.edit_hazard_rules import EditHazardRules
from issues.domain.permissions import Actor, require


@dataclass(frozen=True)
class RemoveHazardRule:
    """Remove a rule; what it made stays.

    Raises: NotPermitted; HazardRuleNotFound.
    """

    edit: EditHazardRules

    async def __call__(self, actor: Actor, rule_id: str, *, request: Request) -> None:
        require(actor, "removeHazardRule")
        await self.edit(actor.community_id, lambda rules: rules.remove(rule_id), request=request)

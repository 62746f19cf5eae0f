"""The secretary takes a hazard rule away."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.edit_hazard_rules import EditHazardRules
from issues.application.permit import permit
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class RemoveHazardRule:
    """Remove a rule; what it made stays.

    Raises: Forbidden; HazardRuleNotFound.
    """

    edit: EditHazardRules

    async def __call__(self, actor: Actor, rule_id: str, *, request: Request) -> None:
        permit(actor, Operation.REMOVE_HAZARD_RULE)
        await self.edit(actor.community_id, lambda rules: rules.remove(rule_id), request=request)

"""The secretary writes a hazard rule."""

from dataclasses import dataclass

from chassis.requests import Request

from issues.application.edit_hazard_rules import EditHazardRules
from issues.application.permit import permit
from issues.domain.hazard_rules import HazardRule, HazardRuleDraft, hazard_rule
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class SetHazardRule:
    """Add a rule, or put another reading in the place of one.

    Raises: Forbidden; HazardRuleInvalid; CategoryUnknown; TooManyHazardRules;
        HazardRuleNotFound where `rule_id` names one that is not there.
    """

    edit: EditHazardRules

    async def __call__(
        self,
        actor: Actor,
        draft: HazardRuleDraft,
        *,
        rule_id: str | None,
        new_rule_id: str,
        request: Request,
    ) -> HazardRule:
        permit(actor, Operation.SET_HAZARD_RULE)
        rule = hazard_rule(rule_id or new_rule_id, draft)
        await self.edit(
            actor.community_id,
            lambda rules: rules.edit(rule) if rule_id else rules.add(rule),
            request=request,
        )
        return rule

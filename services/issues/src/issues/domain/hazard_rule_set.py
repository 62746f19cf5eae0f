"""One community's own rules, as one document; the defaults stand in until there is one."""

from collections.abc import Sequence

import msgspec

from issues.domain.default_hazard_rules import DEFAULT_HAZARD_RULES
from issues.domain.errors import HazardRuleNotFound, TooManyHazardRules
from issues.domain.events import Event
from issues.domain.hazard_rules import HazardRule

MAX_RULES = 100


class HazardRuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """What a community takes for danger, in the order in which the rules are tried."""

    id: str
    community_id: str
    rules: tuple[HazardRule, ...]
    version: int = 0

    def add(self, rule: HazardRule) -> tuple["HazardRuleSet", Sequence[Event]]:
        """Put a new rule at the end; the same one again, in its place.

        Raises: TooManyHazardRules.
        """
        if self._has(rule.id):
            return self.edit(rule)
        if len(self.rules) >= MAX_RULES:
            raise TooManyHazardRules
        return msgspec.structs.replace(self, rules=(*self.rules, rule)), ()

    def edit(self, rule: HazardRule) -> tuple["HazardRuleSet", Sequence[Event]]:
        """Put another reading of a rule in its place.

        Raises: HazardRuleNotFound.
        """
        if not self._has(rule.id):
            raise HazardRuleNotFound
        rules = tuple(rule if known.id == rule.id else known for known in self.rules)
        return msgspec.structs.replace(self, rules=rules), ()

    def remove(self, rule_id: str) -> tuple["HazardRuleSet", Sequence[Event]]:
        """Take a rule out; a set may become empty, and then nothing is proposed.

        Raises: HazardRuleNotFound.
        """
        if not self._has(rule_id):
            raise HazardRuleNotFound
        rules = tuple(rule for rule in self.rules if rule.id != rule_id)
        return msgspec.structs.replace(self, rules=rules), ()

    def _has(self, rule_id: str) -> bool:
        return any(rule.id == rule_id for rule in self.rules)


def default_rule_set(set_id: str, community_id: str) -> HazardRuleSet:
    """Return what a community starts from when it edits its rules for the first time."""
    return HazardRuleSet(id=set_id, community_id=community_id, rules=DEFAULT_HAZARD_RULES)

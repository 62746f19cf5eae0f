"""Communities' own hazard rules in MongoDB."""

from chassis.aggregates import Aggregates
from chassis.clock import Now
from chassis.ids import derived_id
from chassis.mongo import Store

from issues.domain.errors import HazardRuleNotFound
from issues.domain.hazard_rule_set import HazardRuleSet

COLLECTION = "hazard_rule_sets"


class MongoHazardRuleSets(Aggregates[HazardRuleSet]):
    """The port `HazardRuleSets`."""

    def __init__(self, store: Store, *, topic: str, now: Now) -> None:
        super().__init__(
            store,
            COLLECTION,
            HazardRuleSet,
            topic=topic,
            not_found=lambda _: HazardRuleNotFound(),
            now=now,
        )


def rule_set_id(community_id: str) -> str:
    """The one id of a community's own set."""
    return derived_id("ruleset", community_id)

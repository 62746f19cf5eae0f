"""All rules in the order in which they are shown."""

from chaos.audit import acknowledged, books, effects, flow
from chaos.audit.lines import Line
from chaos.found import Found, Index
from chaos.model import Model

RULES = (
    acknowledged.all_are_answered,
    acknowledged.is_there_once,
    acknowledged.followed_as_last_said,
    acknowledged.rules_read_as_last_said,
    acknowledged.read_is_read,
    acknowledged.reversed_is_reversed,
    acknowledged.nothing_unasked,
    acknowledged.nothing_made_twice,
    acknowledged.refused_for_a_reason,
    effects.one_intake_a_comment,
    effects.messages_arrived,
    effects.decisions_came_back,
    effects.reporters_are_known,
    effects.one_reward_a_rating,
    effects.told_once,
    effects.holders_are_told,
    effects.reporters_are_told,
    effects.replies_reached_once,
    effects.subscribe_messages_reached_once,
    effects.permissions_spent_once,
    effects.graph_shows_what_is_there,
    books.booked_once,
    books.chain_has_no_gap,
    books.legs_balance,
    books.vouchers_add_up,
    books.campaigns_are_whole,
    books.tills_were_told_the_truth,
    flow.every_event_published,
    flow.first_deliveries_in_order,
    flow.outboxes_are_empty,
    flow.all_came_to_rest,
    flow.no_lease_is_stuck,
    flow.nothing_was_given_up,
    flow.operators_agree,
)


def audited(model: Model, found: Found) -> list[Line]:
    """Ask every rule."""
    index = Index(found)
    return [rule(model, found, index) for rule in RULES]

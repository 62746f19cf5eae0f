"""Every acknowledged write is there, once; and what was refused was refused for a known reason."""

from collections.abc import Mapping

from chassis.ids import derived_id

from chaos.audit.expected import ELSEWHERE, MADE, RULES
from chaos.audit.lines import Line, line
from chaos.found import Found, Index
from chaos.model import Deed, Model, State

REFUSALS: Mapping[Deed, frozenset[str]] = {
    Deed.DISMISS: frozenset({"ReplyPending"}),
    Deed.OPEN: frozenset({"ReplyPending"}),
    Deed.CLAIM: frozenset({"PersonCapReached", "HouseholdCapReached", "SoldOut", "NotEligible"}),
    Deed.REDEEM: frozenset({"CODE_INVALID", "CODE_ALREADY_USED", "VOUCHER_SPENT"}),
    Deed.GRANT: frozenset({"WeChatCodeInvalid", "WeChatUnavailable", "WeChatTooFrequent"}),
    Deed.UNFOLLOW: frozenset({"ReporterAlwaysHears"}),
    Deed.TAG: frozenset({"TagInvalid"}),
}
"""Refusals that the load runs into by itself; any other is a finding."""
_REFUSED_WITHOUT_A_TRACE = (Deed.DISMISS, Deed.TAG, Deed.GRANT)
"""What came of other deeds that may be refused is held against who asked, by other lines."""


def is_there_once(model: Model, found: Found, index: Index) -> Line:
    """Every acknowledged write is there exactly once."""
    said = line("every acknowledged write is there, once")
    for write in model.done():
        if write.deed in ELSEWHERE:
            continue
        if write.deed not in RULES:
            said.ask(False, f"{write.told}: nothing says what has to be there of it")
            continue
        for expected in RULES[write.deed](write):
            matches = len(index.get(expected.place, **expected.fields))
            said.ask(matches == 1, f"{write.told}: {matches} of {expected.place} {expected.fields}")
    return said


def followed_as_last_said(model: Model, found: Found, index: Index) -> Line:
    """Who follows what is what each said last; the reporter always does."""
    said = line("who follows an issue is what each said last")
    last = {(w.about, w.actor): w for w in model.done(Deed.FOLLOW, Deed.UNFOLLOW)}
    for (issue_id, account_id), write in last.items():
        follower_id = derived_id("follower", issue_id, account_id)
        (follower, *_) = index.get("issues.followers", _id=follower_id) or [{}]
        wanted = write.deed is Deed.FOLLOW or follower.get("role") == "reporter"
        is_so = bool(follower) and follower.get("following") is wanted
        said.ask(is_so, f"{write.told}: {follower or 'no such follower'}")
    return said


def rules_read_as_last_said(model: Model, found: Found, index: Index) -> Line:
    """A hazard rule has the name that it was given last."""
    said = line("a hazard rule reads as it was last said")
    last = {write.about: write for write in model.done(Deed.RULE)}
    for rule_id, write in last.items():
        there = [
            rule["name"]
            for rule in found.of("issues.hazard_rule_sets/rules")
            if rule["id"] == rule_id
        ]
        said.ask(there == [write.marker], f"{write.told}: is called {there}")
    return said


def read_is_read(model: Model, found: Found, index: Index) -> Line:
    """What was marked as read stays so."""
    said = line("what was marked as read is read")
    for write in model.done(Deed.READ):
        for notice_id in write.given["ids"]:
            for notice in index.get("outreach.notifications", _id=notice_id):
                is_so = notice.get("read_at") is not None
                said.ask(is_so, f"{write.told}: {notice_id} is unread")
    return said


def reversed_is_reversed(model: Model, found: Found, index: Index) -> Line:
    """What was taken back is taken back, and nothing else is."""
    said = line("a redemption is taken back where the office said so, and nowhere else")
    wanted = {write.about for write in model.done(Deed.REVERSE)}
    for use in found.of("vouchers.vouchers/uses"):
        is_reversed = use.get("reversed_at") is not None
        is_so = is_reversed == (use["id"] in wanted)
        said.ask(is_so, f"redemption {use['id']} of {use['in']}: reversed_at={is_reversed}")
    return said


def nothing_unasked(model: Model, found: Found, index: Index) -> Line:
    """There is no claim, redemption or issue that nobody asked for, or that was refused."""
    said = line("no voucher, use or issue that nobody asked for")
    happened = (State.ACKNOWLEDGED, State.UNKNOWN, State.ASKED)
    asked = [write for write in model.writes if write.state in happened]
    claims = {derived_id("claim", w.actor, w.key) for w in asked if w.deed is Deed.CLAIM}
    uses = {derived_id("redemption", w.actor, w.key) for w in asked if w.deed is Deed.REDEEM}
    intakes = {write.about for write in asked if write.deed is Deed.OPEN}
    for voucher in found.of("vouchers.vouchers"):
        if voucher.get("claimed_how") == "claim":
            told = f"{voucher['_id']} claimed by {voucher['claim_key']}, which nobody asked for"
            said.ask(voucher["claim_key"] in claims, told)
    for use in found.of("vouchers.vouchers/uses"):
        said.ask(use["id"] in uses, f"redemption {use['id']} of {use['in']} by no known key")
    for issue in found.of("issues.issues"):
        told = f"issue {issue['_id']} of intake {issue['intake_id']}, which nobody accepted"
        by_rule = bool((issue.get("hazard") or {}).get("rule"))
        said.ask(issue["intake_id"] in intakes or by_rule, told)
    return said


def nothing_made_twice(model: Model, found: Found, index: Index) -> Line:
    """What the office makes was there from the beginning, or its id was told to who asked."""
    said = line("no team, member, resident, campaign or figure beside those that were answered")
    for deed, making in MADE.items():
        known = {making.id_told(write) for write in model.done(deed)}
        known.update(found.founded.get(making.place, ()))
        for document in found.of(making.place):
            told = f"{making.place} {document['_id']}: {deed.value} was never answered with it"
            said.ask(document["_id"] in known, told)
    return said


def refused_for_a_reason(model: Model, found: Found, index: Index) -> Line:
    """A refusal is one that the load expects, and what was refused has not happened.

    So a repeat never runs into its own first success.
    """
    said = line("a refusal is one that the load runs into by itself, and nothing came of it")
    for write in model.in_state(State.ACKNOWLEDGED, State.REFUSED):
        is_known = write.code in REFUSALS.get(write.deed, frozenset())
        told = f"{write.told}: {write.code}, lost as {write.lost_as}"
        said.ask(write.state is State.ACKNOWLEDGED or is_known, told)
    for deed in _REFUSED_WITHOUT_A_TRACE:
        wanted = [expected for write in model.done(deed) for expected in RULES[deed](write)]
        for write in model.in_state(State.REFUSED):
            if write.deed is deed:
                there = [
                    each
                    for each in RULES[deed](write)
                    if each not in wanted and index.get(each.place, **each.fields)
                ]
                said.ask(not there, f"{write.told}: {write.code}, and yet there is {there}")
    return said


def all_are_answered(model: Model, found: Found, index: Index) -> Line:
    """Nothing stays unknown: each was asked for until it was answered."""
    said = line("every write was answered in the end")
    for write in model.writes:
        is_answered = write.state in {State.ACKNOWLEDGED, State.REFUSED}
        said.ask(is_answered, f"{write.told}: lost as {write.lost_as[-3:]}")
    return said

"""Every acknowledged write is there, once; and what was refused was refused for a known reason."""

from collections.abc import Callable, Mapping

import msgspec
from chassis.ids import derived_id

from chaos.audit.lines import Line, line
from chaos.found import Found, Index
from chaos.model import Deed, Model, State, Write


class Expected(msgspec.Struct, frozen=True):
    """One document, and one alone, in which these fields have these values."""

    place: str
    fields: dict[str, object]


def _entry(kind: str) -> "Rule":
    return lambda write: [Expected("issues.timeline_entries", _of_issue(write, kind))]


def _of_issue(write: Write, kind: str) -> dict[str, object]:
    return {"issue_id": write.about, "kind": kind}


def _in_state(place: str, state: str) -> "Rule":
    return lambda write: [Expected(place, {"_id": write.about, "state": state})]


def _made(place: str, *path: str) -> "Rule":
    """The document whose id the answer told."""
    return lambda write: [Expected(place, {"_id": _at(write, *path)})]


def _at(write: Write, *path: str) -> object:
    value: object = write.answer
    for name in path:
        value = value[name] if isinstance(value, dict) else None
    return value


def _opened(write: Write) -> list[Expected]:
    return [
        Expected("issues.intakes", {"_id": write.about, "state": "accepted"}),
        Expected("issues.issues", {"_id": write.answer["issueId"], "intake_id": write.about}),
        Expected(
            "issues.timeline_entries", {"issue_id": write.answer["issueId"], "kind": "reported"}
        ),
    ]


def _round(write: Write) -> list[Expected]:
    return [Expected("issues.issues/rounds", {"in": write.about, "said": write.marker})]


def _settled(write: Write) -> list[Expected]:
    entry = {**_of_issue(write, "promise_kept"), "facts__round": write.given["round"]}
    return [Expected("issues.timeline_entries", entry)]


def _rated(write: Write) -> list[Expected]:
    issue: dict[str, object] = {
        "_id": write.about,
        "state": "confirmed",
        "confirmation__rating": write.given["rating"],
    }
    return [
        Expected("issues.issues", issue),
        Expected("issues.timeline_entries", _of_issue(write, "confirmed")),
    ]


def _claimed(write: Write) -> list[Expected]:
    claim: dict[str, object] = {
        "_id": write.answer["voucher"]["id"],
        "claim_key": derived_id("claim", write.actor, write.key),
        "account_id": write.actor,
    }
    by_key = {"claim_key": claim["claim_key"]}
    return [Expected("vouchers.vouchers", claim), Expected("vouchers.vouchers", by_key)]


def _redeemed(write: Write) -> list[Expected]:
    use_id = derived_id("redemption", write.actor, write.key)
    told = {
        "id": write.answer["redemptionId"],
        "in": write.about,
        "amount_fen": write.answer["amountFen"],
        "bill_fen": write.given["billFen"],
    }
    return [
        Expected("vouchers.vouchers/uses", {"id": use_id}),
        Expected("vouchers.vouchers/uses", told),
    ]


def _tagged(write: Write) -> list[Expected]:
    return [Expected("residents.residents", {"_id": write.about})]


def _read(write: Write) -> list[Expected]:
    return [
        Expected("outreach.notifications", {"_id": each, "account_id": write.actor})
        for each in write.given["ids"]
    ]


Rule = Callable[[Write], list[Expected]]
RULES: Mapping[Deed, Rule] = {
    Deed.COMMENT: lambda write: [Expected("issues.intakes", {"redacted_text": write.marker})],
    Deed.REPLY: lambda write: [
        Expected("outreach.comments", {"_id": write.about, "reply__requested_by": write.actor})
    ],
    Deed.DISMISS: _in_state("issues.intakes", "dismissed"),
    Deed.OPEN: _opened,
    Deed.ACKNOWLEDGE: _entry("acknowledged"),
    Deed.TRIAGE: _entry("triaged"),
    Deed.ASSIGN: _entry("assigned"),
    Deed.START: _entry("started"),
    Deed.ROUND: _round,
    Deed.SETTLE: _settled,
    Deed.PHOTO: lambda write: [Expected("issues.photos", {"_id": write.about})],
    Deed.TICKET: lambda write: [
        Expected("issues.photos", {"_id": derived_id("photo", write.actor, write.key)})
    ],
    Deed.RESOLVE: _entry("resolved"),
    Deed.RATE: _rated,
    Deed.RATE_FOR: _rated,
    Deed.CLAIM: _claimed,
    Deed.REDEEM: _redeemed,
    Deed.DRAFT: _made("vouchers.campaigns", "campaign", "id"),
    Deed.APPROVE: _in_state("vouchers.campaigns", "live"),
    Deed.READ: _read,
    Deed.METRIC: _made("outreach.metric_snapshots", "snapshot", "id"),
    Deed.TEAM: _made("residents.teams", "team", "id"),
    Deed.MEMBER: _made("residents.team_memberships", "member", "id"),
    Deed.MOVE_IN: _made("residents.residents", "resident", "id"),
    Deed.TAG: _tagged,
}

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


def is_there_once(model: Model, found: Found, index: Index) -> Line:
    """Every acknowledged write is there exactly once."""
    said = line("every acknowledged write is there, once")
    for write in model.done():
        for expected in RULES.get(write.deed, _nothing)(write):
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
    """There is no claim, redemption or rating that nobody asked for, or that was refused."""
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


def refused_for_a_reason(model: Model, found: Found, index: Index) -> Line:
    """A refusal is one that the load expects: a repeat never runs into its own first success."""
    said = line("a refusal is one that the load runs into by itself")
    for write in model.in_state(State.REFUSED):
        is_known = write.code in REFUSALS.get(write.deed, frozenset())
        said.ask(is_known, f"{write.told}: {write.code}, lost as {write.lost_as}")
    return said


def all_are_answered(model: Model, found: Found, index: Index) -> Line:
    """Nothing stays unknown: each was asked for until it was answered."""
    said = line("every write was answered in the end")
    for write in model.writes:
        is_answered = write.state in {State.ACKNOWLEDGED, State.REFUSED}
        said.ask(is_answered, f"{write.told}: lost as {write.lost_as[-3:]}")
    return said


def _nothing(write: Write) -> list[Expected]:
    return []

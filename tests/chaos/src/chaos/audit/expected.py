"""What has to be there for each acknowledged write."""

from collections.abc import Callable, Mapping

import msgspec
from chassis.ids import derived_id

from chaos.found import RESIDENT_TAGS
from chaos.model import Deed, Write


class Expected(msgspec.Struct, frozen=True):
    """One document, and one alone, in which these fields have these values."""

    place: str
    fields: dict[str, object]


class Making(msgspec.Struct, frozen=True):
    """Where a deed makes a document, and under which field of its answer the id is told."""

    place: str
    field: str

    def id_told(self, write: Write) -> object:
        """Return the id that an acknowledged write was answered with."""
        return write.answer[self.field]["id"]


MADE: Mapping[Deed, Making] = {
    Deed.DRAFT: Making("vouchers.campaigns", "campaign"),
    Deed.METRIC: Making("outreach.metric_snapshots", "snapshot"),
    Deed.TEAM: Making("residents.teams", "team"),
    Deed.MEMBER: Making("residents.team_memberships", "member"),
    Deed.MOVE_IN: Making("residents.residents", "resident"),
}
"""What nothing but these deeds makes, once the community is founded."""


def _entry(kind: str) -> "Rule":
    return lambda write: [Expected("issues.timeline_entries", _of_issue(write, kind))]


def _of_issue(write: Write, kind: str) -> dict[str, object]:
    return {"issue_id": write.about, "kind": kind}


def _in_state(place: str, state: str) -> "Rule":
    return lambda write: [Expected(place, {"_id": write.about, "state": state})]


def _made(deed: Deed) -> "Rule":
    """The document whose id the answer told."""
    return lambda write: [Expected(MADE[deed].place, {"_id": MADE[deed].id_told(write)})]


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
    return [Expected(RESIDENT_TAGS, {"resident_id": write.about, "tag": write.marker})]


def _granted(write: Write) -> list[Expected]:
    return [
        Expected(
            "outreach.subscription_grants",
            {"_id": derived_id("grant", write.actor, write.key, template.lower())},
        )
        for template in write.given["templates"]
    ]


def _drafted(write: Write) -> list[Expected]:
    terms = {"_id": MADE[Deed.DRAFT].id_told(write), "terms__stock": write.given["stock"]}
    return [Expected("vouchers.campaigns", terms)]


def _measured(write: Write) -> list[Expected]:
    figure = {"_id": MADE[Deed.METRIC].id_told(write), "value": write.given["value"]}
    return [Expected("outreach.metric_snapshots", figure)]


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
    Deed.PHOTO: _in_state("issues.photos", "kept"),
    Deed.TICKET: lambda write: [
        Expected("issues.photos", {"_id": derived_id("photo", write.actor, write.key)})
    ],
    Deed.RESOLVE: _entry("resolved"),
    Deed.RATE: _rated,
    Deed.RATE_FOR: _rated,
    Deed.CLAIM: _claimed,
    Deed.REDEEM: _redeemed,
    Deed.DRAFT: _drafted,
    Deed.APPROVE: _in_state("vouchers.campaigns", "live"),
    Deed.GRANT: _granted,
    Deed.READ: _read,
    Deed.METRIC: _measured,
    Deed.TEAM: _made(Deed.TEAM),
    Deed.MEMBER: _made(Deed.MEMBER),
    Deed.MOVE_IN: _made(Deed.MOVE_IN),
    Deed.TAG: _tagged,
}
ELSEWHERE = frozenset({Deed.MESSAGE, Deed.RULE, Deed.FOLLOW, Deed.UNFOLLOW, Deed.REVERSE})
"""Deeds that a line of the audit of their own asks for."""

"""A small truth in which everything is as promised: one comment's way, one voucher's way."""

import copy
from typing import Any

from chaos.found import Found, Message, Shown, Verdict
from chaos.model import Deed, Model
from chassis.ids import derived_id

from . import others

COMMUNITY, PHONE, ACCOUNT, CLERK, MERCHANT = "community_1", "邻居1", "account_1", "account_2", "m_1"
COMMENT, WORDS = "comment_1", "路灯不亮了（邻居1的第1条）"
INTAKE, ISSUE = "intake_1", "issue_1"
VOUCHER, REWARD, CAMPAIGN = "voucher_1", "voucher_2", "campaign_1"
CLAIM_KEY, TILL_KEY, REVERSED_KEY = "claim-1", "receipt-1", "receipt-2"
USE = derived_id("redemption", MERCHANT, TILL_KEY)
REVERSED_USE = derived_id("redemption", MERCHANT, REVERSED_KEY)
GRANT = "grant_1"
STEPS = ("reported", "acknowledged", "resolved", "confirmed")


def model() -> Model:
    """What the clients were told."""
    told = Model()

    def done(deed: Deed, answer: dict[str, Any] | None = None, **about: Any) -> None:
        about = {"key": f"key {len(told.writes)}", "actor": CLERK, **about}
        told.acknowledged(told.begin(deed, **about), answer or {})

    done(Deed.COMMENT, actor=PHONE, about=PHONE, marker=WORDS)
    done(Deed.REPLY, about=COMMENT, marker="收到。编号77")
    done(Deed.OPEN, {"issueId": ISSUE}, about=INTAKE)
    done(Deed.ACKNOWLEDGE, about=ISSUE)
    done(Deed.RESOLVE, about=ISSUE)
    done(Deed.RATE, actor=ACCOUNT, about=ISSUE, given={"rating": 5})
    done(Deed.CLAIM, {"voucher": {"id": VOUCHER}}, actor=ACCOUNT, key=CLAIM_KEY)
    for key, use_id in ((TILL_KEY, USE), (REVERSED_KEY, REVERSED_USE)):
        answer = {"redemptionId": use_id, "amountFen": 500}
        given = {"billFen": 2_000}
        done(Deed.REDEEM, answer, actor=MERCHANT, key=key, about=VOUCHER, given=given)
    done(Deed.REVERSE, about=REVERSED_USE)
    done(Deed.FOLLOW, actor=ACCOUNT, about=ISSUE)
    done(Deed.READ, actor=ACCOUNT, given={"ids": ["notice_issue_acknowledged"]})
    others.tell(done)
    return told


def found() -> Found:
    """What is there; a copy of its own for each test."""
    return copy.deepcopy(
        Found(
            documents=_documents(),
            founded=others.FOUNDED,
            pushed={others.MESSAGE_ID: "accepted"},
            messages=[
                Message(topic="t", key=ISSUE, event_id=f"e{n}", sequence=n, type="issue.x.v1")
                for n in (1, 2, 3)
            ],
            screens={
                PHONE: [
                    {"kind": "comment_reply", "text": "收到。编号77", "page": None},
                    {
                        "kind": "subscribe_message",
                        "text": "卡券变动",
                        "page": f"pages/voucher?id={VOUCHER}",
                    },
                ]
            },
            accounts={PHONE: ACCOUNT},
            shown=Shown(
                replies={COMMENT: "收到。编号77"},
                issues=[ISSUE, others.ISSUE],
                vouchers={ACCOUNT: [VOUCHER, REWARD]},
                notices={ACCOUNT: [each["_id"] for each in _notices()]},
            ),
            verdicts=[Verdict(command="vouchers verify-ledger", is_whole=True, entries=7)],
            dead_letters={"linli.issues.events.dead": 0},
        )
    )


def _documents() -> dict[str, list[dict[str, Any]]]:
    there = _of_one_comment_and_one_voucher()
    for place, documents in others.documents().items():
        there.setdefault(place, []).extend(documents)
    return there


def _of_one_comment_and_one_voucher() -> dict[str, list[dict[str, Any]]]:
    return {
        "outreach.comments": [
            {
                "_id": COMMENT,
                "issue_id": ISSUE,
                "reply": {"requested_by": CLERK, "delivery": "delivered"},
            }
        ],
        "issues.intakes": [
            {"_id": INTAKE, "comment_id": COMMENT, "state": "accepted", "redacted_text": WORDS}
        ],
        "issues.issues": [
            {
                "_id": ISSUE,
                "intake_id": INTAKE,
                "state": "confirmed",
                "redacted_text": WORDS,
                "sequence": 3,
                "reporter": {"account_id": ACCOUNT},
                "confirmation": {"how": "reporter", "rating": 5},
            }
        ],
        "issues.timeline_entries": [
            {"_id": f"entry_{kind}", "issue_id": ISSUE, "kind": kind} for kind in STEPS
        ],
        "issues.followers": [
            {
                "_id": derived_id("follower", ISSUE, ACCOUNT),
                "issue_id": ISSUE,
                "following": True,
                "role": "reporter",
            }
        ],
        "issues.leases": [{"_id": "outbox-relay"}],
        "vouchers.campaigns": [
            {"_id": CAMPAIGN, "state": "live", "terms": {"stock": 2, "budget_fen": 2_000}}
        ],
        "vouchers.vouchers": [_claimed(), _reward()],
        "vouchers.ledger_entries": _entries(),
        "outreach.notifications": _notices(),
    }


def _claimed() -> dict[str, Any]:
    uses = [
        {"id": USE, "amount_fen": 500, "bill_fen": 2_000, "reversed_at": None},
        {"id": REVERSED_USE, "amount_fen": 500, "bill_fen": 2_000, "reversed_at": 9},
    ]
    return {
        **_reward(),
        "_id": VOUCHER,
        "claim_key": derived_id("claim", ACCOUNT, CLAIM_KEY),
        "claimed_how": "claim",
        "source_id": None,
        "remaining_fen": 500,
        "uses": uses,
    }


def _reward() -> dict[str, Any]:
    return {
        "_id": REWARD,
        "campaign_id": CAMPAIGN,
        "account_id": ACCOUNT,
        "claim_key": derived_id("reward", ISSUE),
        "claimed_how": "reward",
        "claimed_at": 1,
        "source_id": ISSUE,
        "face_value_fen": 1_000,
        "remaining_fen": 1_000,
        "uses": [],
    }


def _entries() -> list[dict[str, Any]]:
    moves = (
        ("budget_reserved", None, None, 2_000, "funder:1", "campaign:1"),
        ("claimed", VOUCHER, None, 1_000, "campaign:1", "holders:1"),
        ("claimed", REWARD, None, 1_000, "campaign:1", "holders:1"),
        ("redeemed", VOUCHER, USE, 500, "holders:1", f"merchant:{MERCHANT}"),
        ("redeemed", VOUCHER, REVERSED_USE, 500, "holders:1", f"merchant:{MERCHANT}"),
        ("reversed", VOUCHER, REVERSED_USE, 500, f"merchant:{MERCHANT}", "holders:1"),
    )
    return [
        {
            "_id": f"entry_{seq}",
            "community_id": COMMUNITY,
            "seq": seq,
            "kind": kind,
            "voucher_id": voucher_id,
            "use_id": use_id,
            "amount_fen": fen,
            "legs": [{"account": of, "amount_fen": -fen}, {"account": to, "amount_fen": fen}],
        }
        for seq, (kind, voucher_id, use_id, fen, of, to) in enumerate(moves, start=1)
    ]


def _notices() -> list[dict[str, Any]]:
    told = (
        (ISSUE, "issue_acknowledged", 1),
        (ISSUE, "issue_resolved", 2),
        (VOUCHER, "voucher_claimed", 1),
        (VOUCHER, "voucher_redeemed", 2),
        (VOUCHER, "voucher_redeemed", 3),
        (VOUCHER, "voucher_reversed", 4),
        (REWARD, "voucher_claimed", 1),
    )
    notices: list[dict[str, Any]] = [
        {
            "_id": f"notice_{kind}" if subject == ISSUE else f"notice_{subject}_{at}",
            "account_id": ACCOUNT,
            "subject_id": subject,
            "words": {"kind": kind},
            "happened_at": at,
            "shown": True,
            "read_at": at,
            "phone": {"state": "no_grant", "grant_id": None},
        }
        for subject, kind, at in told
    ]
    notices[2]["phone"] = {"state": "delivered", "grant_id": GRANT}
    return notices

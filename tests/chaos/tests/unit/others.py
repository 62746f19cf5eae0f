"""The rest of a small truth: a second matter from desk to proof, and what the office does."""

from collections.abc import Callable
from typing import Any

from chaos.found import RESIDENT_TAGS
from chaos.model import Deed
from chassis.ids import derived_id

CLERK, ACCOUNT = "account_2", "account_1"
COMMENT, INTAKE, ISSUE, PHOTO_KEY = "comment_2", "intake_2", "issue_2", "photo-1"
DISMISSED_COMMENT, DISMISSED = "comment_3", "intake_3"
PHOTO = derived_id("photo", CLERK, PHOTO_KEY)
MESSAGE, MESSAGE_ID = "有人在吗（邻居1的第2条）", "message_1"
MESSAGE_COMMENT, MESSAGE_INTAKE = "comment_4", "intake_4"
RULE, RULE_NAME, SAID = "rule_1", "井盖2", "他们说明天来看。"
DRAFT, FOUNDED_CAMPAIGN = "campaign_2", "campaign_1"
TEAM, MEMBER, RESIDENT, SNAPSHOT, TAG = "team_1", "member_1", "resident_1", "snapshot_1", "标签1"
GRANT_KEY = "grant-1"
TEMPLATES = ("ISSUE_PROGRESS", "VOUCHER")
STEPS = (
    *("reported", "acknowledged", "triaged", "assigned", "started", "round_recorded"),
    *("promise_kept", "resolved", "confirmed"),
)
FOUNDED = {"vouchers.campaigns": [FOUNDED_CAMPAIGN], "residents.residents": ["resident_0"]}
Done = Callable[..., None]


def tell(done: Done) -> None:
    """What the clients were told of it."""
    done(Deed.MESSAGE, {"msg_id": MESSAGE_ID}, actor="邻居1", about="邻居1", marker=MESSAGE)
    done(Deed.DISMISS, about=DISMISSED)
    done(Deed.OPEN, {"issueId": ISSUE}, about=INTAKE)
    for deed in (Deed.ACKNOWLEDGE, Deed.TRIAGE, Deed.ASSIGN, Deed.START):
        done(deed, about=ISSUE)
    done(Deed.ROUND, about=ISSUE, marker=SAID)
    done(Deed.SETTLE, about=ISSUE, given={"round": 1})
    done(Deed.TICKET, {"photoId": PHOTO}, about=ISSUE, key=PHOTO_KEY)
    done(Deed.PHOTO, about=PHOTO)
    done(Deed.RESOLVE, about=ISSUE)
    done(Deed.RATE_FOR, about=ISSUE, given={"rating": 4})
    done(Deed.UNFOLLOW, actor=ACCOUNT, about=ISSUE)
    for name in ("井盖1", RULE_NAME):
        done(Deed.RULE, about=RULE, marker=name)
    _tell_of_the_office(done)


def _tell_of_the_office(done: Done) -> None:
    done(Deed.GRANT, actor=ACCOUNT, key=GRANT_KEY, given={"templates": list(TEMPLATES)})
    done(Deed.DRAFT, {"campaign": {"id": DRAFT}}, given={"stock": 0})
    done(Deed.APPROVE, about=DRAFT)
    done(Deed.METRIC, {"snapshot": {"id": SNAPSHOT}}, given={"value": 10_000})
    done(Deed.TEAM, {"team": {"id": TEAM}})
    done(Deed.MEMBER, {"member": {"id": MEMBER}}, about=TEAM)
    done(Deed.MOVE_IN, {"resident": {"id": RESIDENT}}, about="household_1")
    done(Deed.TAG, about=RESIDENT, marker=TAG)


def documents() -> dict[str, list[dict[str, Any]]]:
    """What there is of it, by place."""
    return {
        "outreach.comments": [
            {"_id": COMMENT, "issue_id": ISSUE},
            {"_id": DISMISSED_COMMENT, "dismissed_reason": "praise"},
            {"_id": MESSAGE_COMMENT},
        ],
        "issues.intakes": [
            _intake(INTAKE, COMMENT, "accepted", "又一盏"),
            _intake(DISMISSED, DISMISSED_COMMENT, "dismissed", "谢谢"),
            _intake(MESSAGE_INTAKE, MESSAGE_COMMENT, "received", MESSAGE),
        ],
        "issues.issues": [_issue()],
        "issues.timeline_entries": [
            {"_id": f"second_{kind}", "issue_id": ISSUE, "kind": kind, "facts": {"round": 1}}
            for kind in STEPS
        ],
        "issues.photos": [{"_id": PHOTO, "state": "kept"}],
        "issues.followers": [
            {"_id": derived_id("follower", ISSUE, ACCOUNT), "following": False, "role": "follower"}
        ],
        "issues.hazard_rule_sets": [{"_id": "set_1", "rules": [{"id": RULE, "name": RULE_NAME}]}],
        "outreach.subscription_grants": [
            {"_id": derived_id("grant", ACCOUNT, GRANT_KEY, template.lower())}
            for template in TEMPLATES
        ],
        "outreach.metric_snapshots": [{"_id": SNAPSHOT, "value": 10_000}],
        "vouchers.campaigns": [
            {"_id": DRAFT, "state": "live", "terms": {"stock": 0, "budget_fen": 0}}
        ],
        "residents.teams": [{"_id": TEAM}],
        "residents.team_memberships": [{"_id": MEMBER}],
        "residents.residents": [{"_id": "resident_0"}, {"_id": RESIDENT}],
        RESIDENT_TAGS: [{"resident_id": RESIDENT, "tag": TAG}],
    }


def _intake(intake_id: str, comment_id: str, state: str, words: str) -> dict[str, Any]:
    return {"_id": intake_id, "comment_id": comment_id, "state": state, "redacted_text": words}


def _issue() -> dict[str, Any]:
    return {
        "_id": ISSUE,
        "intake_id": INTAKE,
        "state": "confirmed",
        "redacted_text": "又一盏",
        "confirmation": {"how": "staff", "rating": 4},
        "rounds": [{"said": SAID}],
    }

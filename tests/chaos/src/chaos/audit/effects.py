"""Every effect is there as promised: once in our own stores, and to WeChat never twice."""

from collections import Counter
from collections.abc import Mapping

from chaos.audit.lines import Line, line
from chaos.found import Document, Found, Index
from chaos.model import Deed, Model

_TOLD: Mapping[str, str] = {
    "acknowledged": "issue_acknowledged",
    "assigned": "issue_assigned",
    "started": "issue_started",
    "round_recorded": "round_recorded",
    "promise_kept": "promise_settled",
    "resolved": "issue_resolved",
}
"""By which notice the reporter is told of what the timeline has."""


def one_intake_a_comment(model: Model, found: Found, index: Index) -> Line:
    """Each comment became one intake, and each intake is of a comment that is there."""
    said = line("one intake for each comment, and one comment for each intake")
    for comment in found.of("outreach.comments"):
        intakes = index.get("issues.intakes", comment_id=comment["_id"])
        told = f"comment {comment['_id']} has {[each['_id'] for each in intakes]}"
        said.ask(len(intakes) == 1, told)
    for intake in found.of("issues.intakes"):
        comments = index.get("outreach.comments", _id=intake["comment_id"])
        said.ask(len(comments) == 1, f"intake {intake['_id']} of {intake['comment_id']}: none")
    return said


def messages_arrived(model: Model, found: Found, index: Index) -> Line:
    """What the account took from WeChat is there once; what it did not take, at most once."""
    said = line("every message that the callback took is there, once")
    for write in model.done(Deed.MESSAGE):
        there = len(index.get("issues.intakes", redacted_text=write.marker))
        pushed = found.pushed.get(write.answer["msg_id"], "unknown to WeChat")
        # WeChat gives up after three tries: what was in vain may have been stored all the same.
        is_so = there == 1 if pushed == "accepted" else there <= 1 and pushed == "failed"
        said.ask(is_so, f"{write.told}: pushed={pushed}, {there} intakes")
    return said


def decisions_came_back(model: Model, found: Found, index: Index) -> Line:
    """What issues decided about an intake stands at its comment in outreach."""
    said = line("a decision about an intake stands at its comment")
    for intake in found.of("issues.intakes"):
        if intake["state"] not in {"accepted", "dismissed"}:
            continue
        for comment in index.get("outreach.comments", _id=intake["comment_id"]):
            accepted = intake["state"] == "accepted"
            mark = "issue_id" if accepted else "dismissed_reason"
            said.ask(
                comment.get(mark) is not None,
                f"intake {intake['_id']} is {intake['state']}, comment {comment['_id']} has no"
                f" {mark}",
            )
    return said


def reporters_are_known(model: Model, found: Found, index: Index) -> Line:
    """Whoever wrote what became an issue is its reporter."""
    said = line("who wrote it is the reporter of its issue")
    phones = {write.marker: write.about for write in model.done(Deed.COMMENT, Deed.MESSAGE)}
    for issue in found.of("issues.issues"):
        account = found.accounts.get(phones.get(issue["redacted_text"], ""))
        if account is not None:
            reporter = (issue.get("reporter") or {}).get("account_id")
            told = f"issue {issue['_id']}: reporter {reporter}, written by {account}"
            said.ask(reporter == account, told)
    return said


def one_reward_a_rating(model: Model, found: Found, index: Index) -> Line:
    """Each issue that its reporter rated has earned one reward, and no other has."""
    said = line("one reward for each issue that its reporter rated")
    for issue in found.of("issues.issues"):
        confirmation = issue.get("confirmation") or {}
        earned = confirmation.get("how") == "reporter"
        rewards = index.get("vouchers.vouchers", source_id=issue["_id"])
        told = f"issue {issue['_id']} confirmed={earned}: {[each['_id'] for each in rewards]}"
        if earned or rewards:
            said.ask(len(rewards) == int(earned), told)
    return said


def told_once(model: Model, found: Found, index: Index) -> Line:
    """Nobody is told twice of one thing that happened."""
    said = line("one notice for each thing that happened and account")
    seen = Counter(
        (each["account_id"], each["subject_id"], each["words"]["kind"], each["happened_at"])
        for each in found.of("outreach.notifications")
    )
    for what, times in seen.items():
        said.ask(times == 1, f"{what}: {times} notices")
    return said


def holders_are_told(model: Model, found: Found, index: Index) -> Line:
    """Whose voucher it is was told of the claim, of each use and of each reversal, once."""
    said = line("a voucher's holder is told of claim, uses and reversals, each once")
    for voucher in found.of("vouchers.vouchers"):
        if voucher.get("account_id") is None:
            continue
        uses = voucher.get("uses") or []
        wanted = {
            "voucher_claimed": 1,
            "voucher_redeemed": len(uses),
            "voucher_reversed": sum(use.get("reversed_at") is not None for use in uses),
        }
        _ask_notices(said, index, voucher["_id"], voucher["account_id"], wanted)
    return said


def reporters_are_told(model: Model, found: Found, index: Index) -> Line:
    """The reporter of an issue was told of each step, once."""
    said = line("an issue's reporter is told of each step, once")
    for issue in found.of("issues.issues"):
        account = (issue.get("reporter") or {}).get("account_id")
        if account is None:
            continue
        entries = index.get("issues.timeline_entries", issue_id=issue["_id"])
        steps = Counter(_TOLD[each["kind"]] for each in entries if each["kind"] in _TOLD)
        _ask_notices(said, index, issue["_id"], account, steps)
    return said


def _ask_notices(
    said: Line, index: Index, subject_id: str, account_id: str, wanted: Mapping[str, int]
) -> None:
    notices = index.get("outreach.notifications", subject_id=subject_id, account_id=account_id)
    kinds = Counter(each["words"]["kind"] for each in notices)
    for kind, times in wanted.items():
        told = f"{kind} of {subject_id} to {account_id}: {kinds[kind]} notices for {times} times"
        said.ask(kinds[kind] == times, told)


def replies_reached_once(model: Model, found: Found, index: Index) -> Line:
    """A reply stands on the phone once if delivered, at most once if that is unknown."""
    said = line("a reply is on the phone once; where it is unknown, at most once")
    texts = [item["text"] for items in found.screens.values() for item in items]
    for write in model.done(Deed.REPLY):
        for comment in index.get("outreach.comments", _id=write.about):
            state = (comment.get("reply") or {}).get("delivery")
            times = sum(write.marker in text for text in texts)
            least, most = _times(state)
            told = f"{write.told}: {state}, {times} times on the phone"
            said.ask(least <= times <= most, told)
    return said


def subscribe_messages_reached_once(model: Model, found: Found, index: Index) -> Line:
    """A phone shows a message for each notice delivered, and none beside those unknown."""
    said = line("a phone shows each delivered notice once; an unknown one at most once")
    phones = {account: phone for phone, account in found.accounts.items()}
    least: Counter[tuple[str, str]] = Counter()
    most: Counter[tuple[str, str]] = Counter()
    for notice in found.of("outreach.notifications"):
        phone = phones.get(notice["account_id"])
        if phone is not None and notice.get("phone"):
            low, high = _times(notice["phone"]["state"])
            least[phone, notice["subject_id"]] += low
            most[phone, notice["subject_id"]] += high
    shown = Counter(
        (phone, str(item["page"]).partition("id=")[2])
        for phone, items in found.screens.items()
        for item in items
        if item["kind"] == "subscribe_message"
    )
    for place in {*least, *shown}:
        told = f"{place}: {shown[place]} messages for {least[place]} to {most[place]} notices"
        said.ask(least[place] <= shown[place] <= most[place], told)
    return said


def permissions_spent_once(model: Model, found: Found, index: Index) -> Line:
    """One permission, one message."""
    said = line("a permission to send is spent on one notice")
    spent = Counter(
        (notice.get("phone") or {}).get("grant_id")
        for notice in found.of("outreach.notifications")
        if (notice.get("phone") or {}).get("state") in {"delivered", "unknown"}
    )
    for grant_id, times in spent.items():
        said.ask(grant_id is not None and times == 1, f"grant {grant_id}: {times} notices")
    return said


def graph_shows_what_is_there(model: Model, found: Found, index: Index) -> Line:
    """Each person sees through the graph what the stores hold of theirs."""
    said = line("the graph shows what the stores hold")
    stored = {issue["_id"] for issue in found.of("issues.issues")}
    said.ask(set(found.shown.issues) == stored, f"issues: {stored ^ set(found.shown.issues)}")
    for account, ids in found.shown.vouchers.items():
        there = index.get("vouchers.vouchers", account_id=account)
        _ask_same(said, f"vouchers of {account}", ids, there)
    for account, ids in found.shown.notices.items():
        there = index.get("outreach.notifications", account_id=account, shown=True)
        _ask_same(said, f"notices of {account}", ids, there)
    for write in model.done(Deed.REPLY):
        told = f"{write.told}: reads {found.shown.replies.get(write.about)!r}"
        said.ask(found.shown.replies.get(write.about) == write.marker, told)
    return said


def _ask_same(said: Line, what: str, shown: list[str], there: list[Document]) -> None:
    stored = [document["_id"] for document in there]
    told = f"{what}: {set(stored) ^ set(shown)}"
    said.ask(sorted(stored) == sorted(shown), told)


def _times(state: str | None) -> tuple[int, int]:
    """How often something sent is seen, at least and at most."""
    if state == "delivered":
        return 1, 1
    return (0, 1) if state in {"unknown", "sending"} else (0, 0)

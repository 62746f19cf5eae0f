"""Each rule finds the fault that is planted for it, and finds none where there is none."""

from collections.abc import Callable

import pytest
from chaos.audit.audit import audited
from chaos.audit.lines import Line
from chaos.found import Found, Message
from chaos.model import Deed, Model

from . import healthy

Fault = Callable[[Model, Found], None]


def broken(lines: list[Line]) -> set[str]:
    """The rules that found something."""
    return {line.rule for line in lines if not line.is_kept}


def test_nothing_is_found_where_all_is_as_promised() -> None:
    lines = audited(healthy.model(), healthy.found())

    assert broken(lines) == set()
    assert [line.rule for line in lines if not line.counted] == []


def lost_comment(model: Model, found: Found) -> None:
    found.documents["issues.intakes"].clear()


def second_intake(model: Model, found: Found) -> None:
    found.documents["issues.intakes"].append({**found.of("issues.intakes")[0], "_id": "intake_2"})


def duplicated_ledger_entry(model: Model, found: Found) -> None:
    entries = found.documents["vouchers.ledger_entries"]
    (redeemed,) = [e for e in entries if e["use_id"] == healthy.USE]
    entries.append({**redeemed, "_id": "entry_x", "seq": len(entries) + 1})


def gap_in_the_chain(model: Model, found: Found) -> None:
    found.documents["vouchers.ledger_entries"][-1]["seq"] += 1


def unsealed_entry(model: Model, found: Found) -> None:
    found.documents["vouchers.ledger_entries"][-1]["seq"] = None


def lopsided_entry(model: Model, found: Found) -> None:
    found.documents["vouchers.ledger_entries"][0]["legs"][0]["amount_fen"] += 1


def lost_redemption(model: Model, found: Found) -> None:
    found.documents["vouchers.vouchers"][0]["uses"].pop(0)


def redeemed_twice(model: Model, found: Found) -> None:
    uses = found.documents["vouchers.vouchers"][0]["uses"]
    uses.append({**uses[0], "id": "redemption_of_no_key"})


def lost_reversal(model: Model, found: Found) -> None:
    found.documents["vouchers.vouchers"][0]["uses"][1]["reversed_at"] = None


def claim_of_nobody(model: Model, found: Found) -> None:
    found.documents["vouchers.vouchers"][1]["claimed_how"] = "claim"


def one_fen_gone(model: Model, found: Found) -> None:
    found.documents["vouchers.vouchers"][0]["remaining_fen"] -= 1


def voucher_not_made(model: Model, found: Found) -> None:
    found.documents["vouchers.campaigns"][0]["terms"]["stock"] = 3


def second_reward(model: Model, found: Found) -> None:
    vouchers = found.documents["vouchers.vouchers"]
    vouchers.append({**vouchers[1], "_id": "voucher_3"})


def lost_reward(model: Model, found: Found) -> None:
    found.documents["vouchers.vouchers"].pop()


def till_told_too_much(model: Model, found: Found) -> None:
    model.done(Deed.REDEEM)[0].answer["amountFen"] = 501


def lost_step(model: Model, found: Found) -> None:
    found.documents["issues.timeline_entries"].pop(1)


def repeated_step(model: Model, found: Found) -> None:
    entries = found.documents["issues.timeline_entries"]
    entries.append({**entries[1], "_id": "entry_y"})


def reporter_unknown(model: Model, found: Found) -> None:
    found.documents["issues.issues"][0]["reporter"] = None


def unfollowed(model: Model, found: Found) -> None:
    found.documents["issues.followers"][0].update(following=False, role="follower")


def decision_not_heard(model: Model, found: Found) -> None:
    found.documents["outreach.comments"][0]["issue_id"] = None


def told_twice(model: Model, found: Found) -> None:
    notices = found.documents["outreach.notifications"]
    notices.append({**notices[0], "_id": "notice_x"})


def not_told(model: Model, found: Found) -> None:
    found.documents["outreach.notifications"].pop(0)


def holder_not_told(model: Model, found: Found) -> None:
    found.documents["outreach.notifications"].pop()


def unread_again(model: Model, found: Found) -> None:
    found.documents["outreach.notifications"][0]["read_at"] = None


def sent_twice(model: Model, found: Found) -> None:
    found.screens[healthy.PHONE].append(found.screens[healthy.PHONE][1])


def unknown_sent_twice(model: Model, found: Found) -> None:
    found.documents["outreach.notifications"][2]["phone"]["state"] = "unknown"
    sent_twice(model, found)


def reply_twice(model: Model, found: Found) -> None:
    found.screens[healthy.PHONE].append(found.screens[healthy.PHONE][0])


def delivered_and_not_there(model: Model, found: Found) -> None:
    found.screens[healthy.PHONE].pop(0)


def permission_spent_twice(model: Model, found: Found) -> None:
    phone = found.documents["outreach.notifications"][2]["phone"]
    found.documents["outreach.notifications"][0]["phone"] = dict(phone)


def hidden_voucher(model: Model, found: Found) -> None:
    found.shown.vouchers[healthy.ACCOUNT].pop()


def event_not_published(model: Model, found: Found) -> None:
    found.messages.pop()


def out_of_order(model: Model, found: Found) -> None:
    found.messages.reverse()


def event_waits(model: Model, found: Found) -> None:
    found.documents["issues.issues"][0]["outbox"] = [{"id": "e4"}]


def something_half_done(model: Model, found: Found) -> None:
    found.outstanding.append("vouchers.campaigns has_work")


def stuck_lease(model: Model, found: Found) -> None:
    found.stuck_leases.append("issues outbox-relay")


def dead_letter(model: Model, found: Found) -> None:
    found.dead_letters["linli.issues.events.dead"] = 1


def broken_chain(model: Model, found: Found) -> None:
    (verdict,) = found.verdicts
    found.verdicts = [type(verdict)(command=verdict.command, is_whole=False, entries=7)]


def operator_saw_nothing(model: Model, found: Found) -> None:
    (verdict,) = found.verdicts
    found.verdicts = [type(verdict)(command=verdict.command, is_whole=True, entries=0)]


def never_answered(model: Model, found: Found) -> None:
    model.lost(model.begin(Deed.FOLLOW, key="k", actor=healthy.ACCOUNT), "ConnectError")


def repeat_ran_into_itself(model: Model, found: Found) -> None:
    write = model.begin(Deed.ACKNOWLEDGE, key="k", actor=healthy.CLERK, about=healthy.ISSUE)
    model.lost(write, "ReadError")
    model.refused(write, "IssueAlreadyAcknowledged")


def message_taken_and_lost(model: Model, found: Found) -> None:
    write = model.begin(Deed.MESSAGE, key="k", actor="p", marker="没有下文")
    model.acknowledged(write, {"msg_id": "1"})
    found.pushed["1"] = "accepted"


def refused_and_done(model: Model, found: Found) -> None:
    found.of("issues.intakes")[2]["state"] = "dismissed"
    (write,) = model.done(Deed.DISMISS)
    model.refused(write, "ReplyPending")


def rule_as_it_was_before(model: Model, found: Found) -> None:
    found.of("issues.hazard_rule_sets")[0]["rules"][0]["name"] = "井盖1"


def second_resident(model: Model, found: Found) -> None:
    found.of("residents.residents").append({"_id": "resident_2"})


REFUSED_FOR_A_REASON = "a refusal is one that the load runs into by itself, and nothing came of it"
NOTHING_BESIDE = "no team, member, resident, campaign or figure beside those that were answered"
WRITE_IS_THERE = "every acknowledged write is there, once"
FAULTS: list[tuple[Fault, str]] = [
    (lost_comment, WRITE_IS_THERE),
    (lost_redemption, WRITE_IS_THERE),
    (lost_step, WRITE_IS_THERE),
    (repeated_step, WRITE_IS_THERE),
    (lost_comment, "one intake for each comment, and one comment for each intake"),
    (second_intake, "one intake for each comment, and one comment for each intake"),
    (message_taken_and_lost, "every message that the callback took is there, once"),
    (duplicated_ledger_entry, "each claim, use and reversal is booked once, to the fen"),
    (duplicated_ledger_entry, "what the tills were told is what the ledger owes the merchants"),
    (gap_in_the_chain, "the ledger's chain is sealed, without a gap"),
    (unsealed_entry, "the ledger's chain is sealed, without a gap"),
    (lopsided_entry, "each entry of the ledger balances"),
    (redeemed_twice, "no voucher, use or issue that nobody asked for"),
    (redeemed_twice, "each claim, use and reversal is booked once, to the fen"),
    (claim_of_nobody, "no voucher, use or issue that nobody asked for"),
    (lost_reversal, "a redemption is taken back where the office said so, and nowhere else"),
    (one_fen_gone, "what remains of a voucher is its value without its uses"),
    (voucher_not_made, "a campaign has all its vouchers and keeps its budget"),
    (second_reward, "one reward for each issue that its reporter rated"),
    (lost_reward, "one reward for each issue that its reporter rated"),
    (till_told_too_much, "what the tills were told is what the ledger owes the merchants"),
    (reporter_unknown, "who wrote it is the reporter of its issue"),
    (unfollowed, "who follows an issue is what each said last"),
    (decision_not_heard, "a decision about an intake stands at its comment"),
    (told_twice, "one notice for each thing that happened and account"),
    (not_told, "an issue's reporter is told of each step, once"),
    (holder_not_told, "a voucher's holder is told of claim, uses and reversals, each once"),
    (unread_again, "what was marked as read is read"),
    (sent_twice, "a phone shows each delivered notice once; an unknown one at most once"),
    (unknown_sent_twice, "a phone shows each delivered notice once; an unknown one at most once"),
    (reply_twice, "a reply is on the phone once; where it is unknown, at most once"),
    (delivered_and_not_there, "a reply is on the phone once; where it is unknown, at most once"),
    (permission_spent_twice, "a permission to send is spent on one notice"),
    (hidden_voucher, "the graph shows what the stores hold"),
    (event_not_published, "every event of every aggregate stands in its topic"),
    (out_of_order, "first deliveries of a key come in order"),
    (event_waits, "outboxes are empty"),
    (something_half_done, "all came to rest: no lag, nothing half done"),
    (stuck_lease, "no lease is stuck"),
    (dead_letter, "no dead letters"),
    (broken_chain, "operators' commands find ledger and audit trail whole"),
    (operator_saw_nothing, "operators' commands find ledger and audit trail whole"),
    (never_answered, "every write was answered in the end"),
    (repeat_ran_into_itself, REFUSED_FOR_A_REASON),
    (refused_and_done, REFUSED_FOR_A_REASON),
    (rule_as_it_was_before, "a hazard rule reads as it was last said"),
    (second_resident, NOTHING_BESIDE),
]


@pytest.mark.parametrize(
    ("fault", "rule"), FAULTS, ids=[f"{fault.__name__}: {rule[:30]}" for fault, rule in FAULTS]
)
def test_a_planted_fault_is_found(fault: Fault, rule: str) -> None:
    model, found = healthy.model(), healthy.found()

    fault(model, found)

    assert rule in broken(audited(model, found))


def test_every_rule_finds_a_fault() -> None:
    rules = {line.rule for line in audited(healthy.model(), healthy.found())}

    assert rules == {rule for _, rule in FAULTS}


def test_an_unknown_send_may_have_arrived_or_not() -> None:
    model, found = healthy.model(), healthy.found()
    found.documents["outreach.notifications"][2]["phone"]["state"] = "unknown"

    assert broken(audited(model, found)) == set()
    found.screens[healthy.PHONE].pop()
    assert broken(audited(model, found)) == set()


def test_a_repeated_delivery_is_no_disorder() -> None:
    model, found = healthy.model(), healthy.found()
    again = found.messages[0]
    found.messages.append(
        Message(
            topic=again.topic,
            key=again.key,
            event_id=again.event_id,
            sequence=again.sequence,
            type=again.type,
        )
    )

    assert broken(audited(model, found)) == set()

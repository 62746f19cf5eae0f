"""Ledger equals vouchers equals campaigns, to the fen."""

from collections import Counter

from chaos.audit.lines import Line, line
from chaos.found import Document, Found, Index
from chaos.model import Deed, Model


def booked_once(model: Model, found: Found, index: Index) -> Line:
    """Each claim, use and reversal has one entry of its amount, and there is no other entry."""
    said = line("each claim, use and reversal is booked once, to the fen")
    wanted: Counter[tuple[object, ...]] = Counter()
    for voucher in found.of("vouchers.vouchers"):
        if voucher.get("claimed_at") is None:
            continue
        wanted["claimed", voucher["_id"], None, voucher["face_value_fen"]] += 1
        for use in voucher.get("uses") or ():
            wanted["redeemed", voucher["_id"], use["id"], use["amount_fen"]] += 1
            if use.get("reversed_at") is not None:
                wanted["reversed", voucher["_id"], use["id"], use["amount_fen"]] += 1
    booked: Counter[tuple[object, ...]] = Counter(
        (entry["kind"], entry["voucher_id"], entry.get("use_id"), entry["amount_fen"])
        for entry in found.of("vouchers.ledger_entries")
        if entry["kind"] in {"claimed", "redeemed", "reversed"}
    )
    for what in {*wanted, *booked}:
        told = f"{what}: {booked[what]} entries for {wanted[what]}"
        said.ask(booked[what] == wanted[what], told)
    return said


def chain_has_no_gap(model: Model, found: Found, index: Index) -> Line:
    """The entries of a community are sealed and numbered from 1 without a gap."""
    said = line("the ledger's chain is sealed, without a gap")
    by_community: dict[str, list[Document]] = {}
    for entry in found.of("vouchers.ledger_entries"):
        by_community.setdefault(entry["community_id"], []).append(entry)
    for community_id, entries in by_community.items():
        numbers = sorted(entry.get("seq") or 0 for entry in entries)
        gaps = [n for n, seq in enumerate(numbers, start=1) if n != seq]
        said.ask(not gaps, f"{community_id}: not numbered from {gaps[:1]} on, of {len(entries)}")
        said.counted += len(entries) - 1
    return said


def legs_balance(model: Model, found: Found, index: Index) -> Line:
    """Each entry's legs come to nothing."""
    said = line("each entry of the ledger balances")
    for entry in found.of("vouchers.ledger_entries"):
        rest = sum(leg["amount_fen"] for leg in entry["legs"])
        said.ask(rest == 0, f"entry {entry['_id']}: {rest} fen left over")
    return said


def campaigns_are_whole(model: Model, found: Found, index: Index) -> Line:
    """A live campaign has as many vouchers as it promised, and no more than its budget."""
    said = line("a campaign has all its vouchers and keeps its budget")
    for campaign in found.of("vouchers.campaigns"):
        if campaign["state"] != "live":
            continue
        terms = campaign["terms"]
        vouchers = index.get("vouchers.vouchers", campaign_id=campaign["_id"])
        claimed_fen = sum(
            voucher["face_value_fen"]
            for voucher in vouchers
            if voucher.get("claimed_at") is not None
        )
        told = f"{campaign['_id']}: {len(vouchers)} of {terms['stock']}, {claimed_fen} fen claimed"
        is_so = len(vouchers) == terms["stock"] and claimed_fen <= terms["budget_fen"]
        said.ask(is_so, told)
    return said


def vouchers_add_up(model: Model, found: Found, index: Index) -> Line:
    """What remains of a voucher is its face value without the uses that stand."""
    said = line("what remains of a voucher is its value without its uses")
    for voucher in found.of("vouchers.vouchers"):
        uses = voucher.get("uses") or ()
        used_fen = sum(use["amount_fen"] for use in uses if use.get("reversed_at") is None)
        rest_fen = voucher["remaining_fen"] + used_fen + voucher.get("released_fen", 0)
        told = f"{voucher['_id']}: {voucher['remaining_fen']} left of {voucher['face_value_fen']}"
        said.ask(rest_fen == voucher["face_value_fen"], f"{told}, {used_fen} used")
    return said


def tills_were_told_the_truth(model: Model, found: Found, index: Index) -> Line:
    """What the tills were told comes to what the merchants are owed."""
    said = line("what the tills were told is what the ledger owes the merchants")
    told_fen: Counter[str] = Counter()
    reversed_uses = {write.about for write in model.done(Deed.REVERSE)}
    for write in model.done(Deed.REDEEM):
        if write.answer["redemptionId"] not in reversed_uses:
            told_fen[f"merchant:{write.actor}"] += write.answer["amountFen"]
    owed_fen: Counter[str] = Counter()
    for entry in found.of("vouchers.ledger_entries"):
        for leg in entry["legs"]:
            if leg["account"].startswith("merchant:"):
                owed_fen[leg["account"]] += leg["amount_fen"]
    for merchant in {*told_fen, *owed_fen}:
        told = f"{merchant}: told {told_fen[merchant]} fen, owed {owed_fen[merchant]} fen"
        said.ask(told_fen[merchant] == owed_fen[merchant], told)
    return said

"""Scenes of a phone number that is needed: shown for a reason, for minutes, and written down."""

from story.graph import outcome
from story.prologue.figures import Found
from story.prologue.imports import Sent
from story.stage import Person, Stage
from story.stopped import check
from story.words import at_clock, in_zh

_LONGEST_PAGE = 100
_REASON = "HOME_VISIT"
_NOTE = "入户看水压，先电话约时间。"


async def reveal(stage: Stage, clerk: Person, secretary: Person, tian: Found) -> None:
    """Show the clerk her number, and nobody else; it says until when."""
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}要给{tian.person.nickname}打电话，写明事由，号码限时显示。",
        "The clerk gives a reason and sees the number, for ten minutes.",
    ) as step:
        made = await stage.do(
            clerk,
            "RevealContact",
            "revealContact",
            residentId=tian.resident_id,
            reason=_REASON,
            note=_NOTE,
        )
        shown = outcome(made, "RevealContactSuccess")["reveal"]
        check(shown["contact"]["phone"] == tian.person.phone, "her number", "another")
        step.saw(f"事由“{_NOTE}”，{at_clock(shown['expiresAt'])} 之后不再显示")
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}看得到谁查看过、为什么，看不到那次显示的号码。",
        "The secretary sees who looked and why; the number is shown to nobody else.",
    ) as step:
        other = (await stage.ask(secretary, "Reveal", id=shown["id"])).field("reveal")
        check(other is None or other["contact"] is None, "no contact for anybody else", "one")
        asked = {"residentId": tian.resident_id, "first": _LONGEST_PAGE}
        records = (await stage.ask(secretary, "Reveals", **asked)).field("reveals")["nodes"]
        (record,) = [each for each in records if each["id"] == shown["id"]]
        check(record["accountId"] == clerk.account_id, "the clerk's account", record)
        check(record["note"] == _NOTE, "the reason given", record)
        step.saw(f"{clerk.who}，{at_clock(record['revealedAt'])}，“{record['note']}”")


async def see_trail(stage: Stage, auditor: Person, imported: Sent, tian: Found) -> None:
    """Let the auditor read what was done, and the operator's command walk the whole trail."""
    with stage.narrator.step(
        auditor.who,
        f"{auditor.who}翻审计记录：谁、何时、做了什么、为什么；没有姓名和号码。",
        "The auditor reads the trail: acts and reasons, no persons.",
    ) as step:
        wanted = (
            (tian.resident_id, {"REVEAL"}),
            (imported.import_id, {"IMPORT_RECEIVED", "IMPORT_ACCEPTED", "IMPORT_APPLIED"}),
        )
        for subject, actions in wanted:
            answer = await stage.ask(auditor, "AuditTrail", subject=subject, first=_LONGEST_PAGE)
            entries = answer.field("auditTrail")["nodes"]
            seen = {entry["action"] for entry in entries}
            check(actions <= seen, f"{sorted(actions)} of {subject}", entries)
            check(tian.person.phone not in answer.body, "no phone", answer.body)
            for entry in reversed(entries):
                step.saw(f"#{entry['seq']} {at_clock(entry['at'])} {in_zh(entry['action'])}")
    with stage.narrator.step(
        "运维",
        "运维用一条命令核对整本审计记录：一条不少，一字未改。",
        "By the operator's command the whole trail is walked: nothing taken out or changed.",
    ) as step:
        verified = await stage.verify_audit(stage.community_id)
        check(verified.is_whole, "a whole trail", verified)
        step.saw(f"{verified.entries} 条，完整")

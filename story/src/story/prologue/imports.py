"""What is the same for every workbook: it is sent, checked, accepted and applied."""

from dataclasses import dataclass
from typing import Any

from story.graph import outcome
from story.narrator import Step
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import in_zh
from story.workbooks import Workbook

# The slower embedded store, on a machine that has other things to do; together they are less than
# a token's ten minutes.
_CHECKED_WITHIN_SECONDS = 180.0
_APPLIED_WITHIN_SECONDS = 400.0
_REFUSED_SHOWN = 100
_CHECKED = {"CHECKED", "ACCEPTED", "APPLYING", "APPLIED"}
_GIVEN_UP = {"REFUSED", "DISCARDED", "EXPIRED"}


@dataclass(frozen=True)
class Sent:
    """A workbook that was sent.

    Attributes:
        kind: resident-ledger or owners-register, as in the address that takes it.
        name: what people call it.
    """

    kind: str
    name: str
    workbook: Workbook
    import_id: str


async def send(stage: Stage, secretary: Person, kind: str, name: str, workbook: Workbook) -> Sent:
    """Send the workbook; one that was sent in an earlier play is the same import."""
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}上传{name}（{workbook.name}）。",
        f"The secretary sends {workbook.name} to POST /imports/{kind}.",
    ) as step:
        import_id = await stage.uploads.send(
            kind, workbook.body, token=secretary.token, key=stage.once(kind)
        )
        step.saw(f"{len(workbook.body) // 1024} KB → 导入批次 {import_id}")
    return Sent(kind, name, workbook, import_id)


async def follow_check(stage: Stage, secretary: Person, sent: Sent) -> dict[str, int]:
    """Follow the check to its end; return the file's totals by name."""
    with stage.narrator.step(
        secretary.who,
        "系统先核对，不写入；进度看得见。",
        "The file is checked, nothing is written yet; the progress is followed.",
    ) as step:
        phases: list[str] = []
        checked = await _followed(stage, secretary, sent, phases, _CHECKED, _CHECKED_WITHIN_SECONDS)
        truth = sent.workbook.truth
        refused = len(truth["bad_rows"])
        check(checked["rowsRefused"] == refused, f"{refused} refused rows", checked)
        check(checked["asOf"] == truth["as_of"], f"as of {truth['as_of']}", checked)
        _tell_phases(step, phases)
        step.saw(f"读到 {checked['rowsRead']:,} 行，不合格 {refused} 行，截至 {checked['asOf']}")
        return {count["name"]: int(count["value"]) for count in checked["counts"]}


async def see_refused_rows(stage: Stage, secretary: Person, sent: Sent) -> None:
    """Read which rows are refused and why, and see that they are those planted and no other."""
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}看不合格的行：哪张表、第几行、为什么。",
        "Every refused row is named by sheet and row, with code and reason.",
    ) as step:
        asked = {"id": sent.import_id, "first": _REFUSED_SHOWN}
        answer = await stage.ask(secretary, "ImportRefusedRows", **asked)
        page = answer.field("import")["refusedRows"]
        planted = sorted(_where(row) for row in sent.workbook.truth["bad_rows"])
        seen = sorted(_where(row) for row in page["nodes"])
        check(not page["pageInfo"]["hasNextPage"], "all refused rows on one page", page)
        check(seen == planted, f"the refused rows {planted}", seen)
        check(all(row["reason"] for row in page["nodes"]), "a reason for each", page)
        for row in page["nodes"]:
            step.saw(f"{row['sheet']} 第{row['row']}行  {row['code']}：{row['reason']}")


async def accept(stage: Stage, secretary: Person, sent: Sent) -> None:
    """Accept what was checked, and wait until it counts."""
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}确认导入，等它生效。",
        "The secretary accepts; by one write at its end the import counts.",
    ) as step:
        made = await stage.do_once(
            secretary,
            "AcceptImport",
            "acceptImport",
            f"{sent.kind}-accept",
            importId=sent.import_id,
        )
        outcome(made, "AcceptImportSuccess")
        phases: list[str] = []
        await _followed(stage, secretary, sent, phases, {"APPLIED"}, _APPLIED_WITHIN_SECONDS)
        _tell_phases(step, phases)
        step.saw("已生效")


async def see(stage: Stage, secretary: Person, import_id: str) -> Any:
    """Return the import as it is."""
    return (await stage.ask(secretary, "Import", id=import_id)).field("import")


async def _followed(
    stage: Stage,
    secretary: Person,
    sent: Sent,
    phases: list[str],
    wanted: set[str],
    within_seconds: float,
) -> Any:
    async def look() -> Any:
        seen = await see(stage, secretary, sent.import_id)
        phase = seen["progress"] and seen["progress"]["phase"]
        if phase and phase not in phases:
            phases.append(phase)
        check(seen["state"] not in _GIVEN_UP, "an import that is not given up", seen)
        return seen

    return await until(
        f"the import is {'/'.join(sorted(wanted))}",
        look,
        lambda seen: seen["state"] in wanted,
        within_seconds=within_seconds,
    )


def _tell_phases(step: Step, phases: list[str]) -> None:
    if phases:
        step.saw(" → ".join(in_zh(phase) for phase in phases))


def _where(row: Any) -> tuple[str, int, str]:
    return row["sheet"], row["row"], row["code"]

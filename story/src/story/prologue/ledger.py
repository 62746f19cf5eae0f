"""Scenes of the resident ledger: a committee's spreadsheet becomes the archive."""

from story.prologue import imports
from story.prologue.figures import Population, read_population
from story.prologue.imports import Sent
from story.stage import Person, Stage
from story.stopped import check

_KIND = "resident-ledger"


async def import_ledger(stage: Stage, secretary: Person) -> Sent:
    """Bring the ledger in; its totals are those that the demo planted."""
    ledger = stage.workbooks.ledger()
    sent = await imports.send(stage, secretary, _KIND, "居民台账", ledger)
    counts = await imports.follow_check(stage, secretary, sent)
    truth = ledger.truth
    planted = {
        "estates": len(truth["estates"]),
        "old_estates": sum(estate["old"] for estate in truth["estates"]),
        **{name: truth[name] for name in ("buildings", "households", "vacant_households")},
        **{name: truth[name] for name in ("residents", "elderly_60")},
        "area_cm2": sum(estate["area_cm2"] for estate in truth["estates"]),
    }
    check(planted.items() <= counts.items(), f"the file's totals {planted}", counts)
    await imports.see_refused_rows(stage, secretary, sent)
    await imports.accept(stage, secretary, sent)
    return sent


async def send_again(stage: Stage, secretary: Person, sent: Sent, before: Population) -> None:
    """Send the same file again, and see that nothing changes."""
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}手滑，又传了一遍同一份台账：什么都没变。",
        "The same file again is the import that is there; nothing changes.",
    ) as step:
        again = await stage.uploads.send(
            _KIND, sent.workbook.body, token=secretary.token, key=stage.once(f"{_KIND}-again")
        )
        check(again == sent.import_id, f"the same import {sent.import_id}", again)
        seen = await imports.see(stage, secretary, again)
        check(seen["state"] == "APPLIED", "an import that is applied", seen)
        after = await read_population(stage, secretary)
        check(after.figures == before.figures, f"the same figures {before.figures}", after.figures)
        step.saw(f"还是批次 {again}，还是 {after.figures['residents']:,} 人")

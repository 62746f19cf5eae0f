"""Scenes of the owners' register: who owns the dwellings."""

from story.prologue import imports
from story.prologue.figures import Found
from story.stage import Person, Stage
from story.stopped import check

_ROWS = 3


async def import_register(stage: Stage, secretary: Person, tian: Found) -> None:
    """Bring the register in, read its figures, and look at one dwelling."""
    register = stage.workbooks.register()
    sent = await imports.send(stage, secretary, "owners-register", "产权登记表", register)
    await imports.follow_check(stage, secretary, sent)
    await imports.see_refused_rows(stage, secretary, sent)
    await imports.accept(stage, secretary, sent)
    truth = register.truth
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}看产权：多少套有主、多少套共有、多少业主住在别处。",
        "Dwellings with known owners, with co-owners, and owners who live elsewhere.",
    ) as step:
        asked = {"id": stage.community_id, "first": _ROWS}
        answer = await stage.ask(secretary, "Ownership", **asked)
        ownership = answer.field("community")["ownership"]
        known = ownership["dwellingsWithKnownOwners"]
        shared = ownership["dwellingsWithCoOwners"]
        elsewhere = ownership["ownersLivingElsewhere"]
        check(ownership["registerAsOf"] == truth["as_of"], f"as of {truth['as_of']}", ownership)
        check(known["numerator"] == truth["dwellings"], f"{truth['dwellings']} dwellings", known)
        co_owned = truth["dwellings_co_owned"]
        check(shared["numerator"] == co_owned, f"{co_owned} co-owned dwellings", shared)
        check(ownership["owners"]["count"] == truth["owners"], f"{truth['owners']}", ownership)
        step.saw(
            f"{known['numerator']:,}/{known['denominator']:,} 套有主，"
            f"{shared['numerator']} 套共有，业主 {ownership['owners']['count']:,} 位"
        )
        step.saw(f"住在别处的 {elsewhere['numerator']:,}/{elsewhere['denominator']:,} 位")
    with stage.narrator.step(
        secretary.who,
        f"{tian.person.door}的产权人也看得到，打码。",
        "The owner of one dwelling, masked.",
    ) as step:
        household = (await stage.ask(secretary, "Household", id=tian.household_id)).field(
            "household"
        )
        (stake,) = household["owners"]["stakes"]
        check(stake["share"] == {"numerator": 1, "denominator": 1}, "the whole of it", stake)
        check(tian.person.name not in str(stake), "nobody in clear", stake)
        step.saw(f"{household['door']}：{stake['owner']['maskedName']}，全部份额")

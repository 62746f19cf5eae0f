"""The second chapter: the matter is worked off, proved, rated and thanked for, to the last fen."""

from demo_community.story_people import TIAN, WANG

from story import staff
from story.chapter_two import (
    balance,
    campaigns,
    coordination,
    counter,
    dashboard,
    merchants,
    messages,
    proof,
    thanks,
)
from story.narrator import Part
from story.prologue import mini_program
from story.stage import Office, Person, Stage

_PART = Part(zh="第二章 事情办完，红包花掉", en="Chapter 2, from the first call to a voucher spent")


async def play(stage: Stage, office: Office, issue_id: str) -> None:
    """Play the rest of the day. Raises: StoryStopped at what is not as it should be."""
    stage.narrator.open_part(_PART)
    office = Office(*await staff.stay_logged_in(stage, office.secretary, office.clerk))
    till = await merchants.shop_joins(stage, office)
    live = await campaigns.have_campaigns(stage, office)

    steward, _ = await mini_program.open_by(stage, WANG)
    reporter, _ = await mini_program.open_by(stage, TIAN)
    await _work(stage, office.clerk, steward, reporter, issue_id)

    await proof.see_proof(stage, reporter, issue_id)
    await thanks.rate(stage, office.clerk, reporter, issue_id)
    voucher = await thanks.gets_reward(stage, reporter, issue_id)
    await thanks.claim(stage, reporter, live)
    redemption_id = await counter.spend(stage, till, reporter, voucher)
    await counter.is_spent(stage, reporter, voucher, redemption_id)

    await balance.ledger_is_whole(stage)
    await dashboard.read_dashboard(stage, office.secretary)
    await dashboard.go_home(stage, office.clerk, office.secretary)
    stage.demo.days_played += 1
    stage.remember()


async def _work(
    stage: Stage, clerk: Person, steward: Person, reporter: Person, issue_id: str
) -> None:
    """Work the matter off, and see on the reporter's phone what she allowed to come there."""
    templates = await messages.have_templates(stage, reporter)
    before = await stage.phones.last_number(reporter.who)
    await messages.follows(stage, reporter, issue_id)
    await messages.allow(stage, reporter, templates, "ISSUE_PROGRESS", times=2)
    await coordination.assign(stage, clerk, steward, issue_id)
    await coordination.start(stage, steward, issue_id)
    await coordination.first_round(stage, clerk, issue_id)
    await coordination.second_round(stage, clerk, issue_id)
    await messages.wait_inside(stage, clerk, issue_id, "ISSUE_RESUMED")
    await messages.allow(stage, reporter, templates, "ISSUE_PROGRESS", "VOUCHER", times=1)
    await proof.resolve(stage, steward, issue_id)
    await messages.see_what_came(stage, reporter, issue_id, after=before)

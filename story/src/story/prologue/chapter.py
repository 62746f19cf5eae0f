"""The prologue: the archive is filled, people are appointed, and a resident is known by name."""

from story import staff
from story.prologue import bindings, contacts, figures, ledger, register, teams
from story.stage import Office, Stage


async def play(stage: Stage, office: Office) -> Office:
    """Play it where it was not played to its end; later, only look at what is there.

    Returns: the office with tokens that are new.

    Raises: StoryStopped at the first thing that is not as it should be.
    """
    stage.narrator.open_prologue()
    if stage.demo.prologue_played:
        await figures.see_what_is_there(stage, office.secretary)
        return office
    secretary, clerk = office.secretary, office.clerk
    imported = await ledger.import_ledger(stage, secretary)
    population = await figures.see_population(stage, secretary)
    await ledger.send_again(stage, secretary, imported, population)
    tian = await figures.find_tian(stage, clerk, population)
    # An import may take minutes on a slow machine.
    secretary, _ = await staff.renew(stage, secretary)
    await register.import_register(stage, secretary, tian)
    secretary, clerk = await staff.stay_logged_in(stage, secretary, clerk)

    people = await teams.find_people(stage, secretary)
    await teams.enter_staff(stage, secretary)
    await teams.enter_red_teams(stage, secretary, people, population)
    auditor = await staff.log_in(stage, await staff.hire(stage, secretary, "auditor"))

    steward = await bindings.become_steward(stage, clerk, population)
    await bindings.bind_tian(stage, steward, population, tian)
    await contacts.reveal(stage, clerk, secretary, tian)
    await contacts.see_trail(stage, auditor, imported, tian)
    stage.demo.prologue_played = True
    stage.remember()
    return Office(secretary, clerk)

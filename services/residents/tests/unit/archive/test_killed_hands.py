"""A process is killed between its write and taking back whom an import wrote beside it."""

from typing import Any

import pytest
from residents.application.archive.correct_resident import Correction
from residents.application.archive.move_in import PersonTyped
from residents.domain.archive.residents import Resident

from ...village import COMMUNITY, Village, a_village, person
from .office import CLERK, Office, asked

BATCH = "import_1"
NEWCOMER = person("赵新")


class Killed(BaseException):
    """A process ends here, without cleaning up."""


async def import_writes(office: Office) -> Resident:
    """An import that is being applied writes the newcomer, for an edition to come."""
    edition = await office.archive.editions.begin(COMMUNITY, BATCH)
    imported = a_village(edition=edition)
    coming = imported.resident(imported.households[1], NEWCOMER)
    await office.residents.add_all([(coming, ())])
    return coming


def killed_after(office: Office, write: str) -> list[Resident]:
    """Let the import write, and the process be killed, just after that write of residents.

    Returns: whom the import wrote, once it did.
    """
    done, coming = getattr(office.residents, write), []

    async def killed(*args: Any, **named: Any) -> None:
        setattr(office.residents, write, done)
        await done(*args, **named)
        coming.append(await import_writes(office))
        raise Killed

    setattr(office.residents, write, killed)
    return coming


async def shown_after_the_import(office: Office) -> list[str]:
    """The ids of the newcomers when the import counts."""
    await office.archive.editions.flip(COMMUNITY, BATCH, None)
    await office.archive.editions.settle(COMMUNITY)
    facts = [(each.id, each.facts) for each in office.residents.all]
    return [one for one, known in facts if known and known.name == NEWCOMER.name]


async def test_a_repeated_move_in_ends_what_was_begun(office: Office, village: Village) -> None:
    coming = killed_after(office, "add")

    async def move_in() -> Resident:
        return await office.archive.move_in(
            CLERK,
            household_id=village.households[5].id,
            person=PersonTyped(name=NEWCOMER.name, birth_date=NEWCOMER.birth_date),
            since=None,
            resident_id="resident_new",
            request=asked("once"),
        )

    with pytest.raises(Killed):
        await move_in()
    entered = await move_in()

    assert len(coming) == 1
    assert entered.id == "resident_new"
    assert await shown_after_the_import(office) == ["resident_new"]


async def test_a_repeated_correction_ends_what_was_begun(office: Office, village: Village) -> None:
    coming = killed_after(office, "change")
    one = village.residents[2]

    async def correct() -> Resident:
        correction = Correction(name=NEWCOMER.name, birth_date=NEWCOMER.birth_date)
        return await office.archive.correct_resident(
            CLERK, resident_id=one.id, correction=correction, request=asked("once")
        )

    with pytest.raises(Killed):
        await correct()
    await correct()

    assert len(coming) == 1
    assert await shown_after_the_import(office) == [one.id]

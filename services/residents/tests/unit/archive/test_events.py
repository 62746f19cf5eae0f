"""What is told is what the contracts say, and says nothing of a door or a name."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from residents.domain.archive.events import ArchiveEvent, ResidentCorrected
from residents.domain.archive.facts import household_facts, resident_facts
from residents.domain.archive.homes import Home, MoveReason
from residents.domain.archive.marks import Marks
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.residents import Resident, StagedResident

from ...village import AT, TODAY, a_village

UNMARKED = Marks((), None, "mark of all facts")
CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")


def named(resident: Resident, name: str) -> PersonFacts:
    assert resident.facts is not None
    return msgspec.structs.replace(resident.facts, name=name)


def events() -> Sequence[ArchiveEvent]:
    village = a_village()
    door, one = village.households[5], village.residents[0]
    _, announced = door.announced(AT)
    home = Home.at(door, since=date(2026, 11, 1))
    moved, within = one.change_household(home, edition=0, today=TODAY, at=AT)
    gone, out = moved.move_out(TODAY, MoveReason.SOLD, edition=0, today=TODAY, at=AT)
    assert resident_facts(gone) == tuple(out)
    _, corrected = one.corrected(named(one, "马小曦"), UNMARKED, edition=0, at=AT)
    return [*announced, one.verified_event(), *within, *out, *corrected]


@pytest.mark.parametrize("event", events(), ids=lambda event: event.type)
def test_every_event_is_as_its_contract_says(event: ArchiveEvent) -> None:
    CONTRACTS.check(event)


@pytest.mark.parametrize("event", events(), ids=lambda event: event.type)
def test_the_contracts_examples_are_understood(event: ArchiveEvent) -> None:
    for example in CONTRACTS.examples(event.type):
        assert msgspec.convert(example, type(event))


def test_the_facts_are_told_again_as_they_are() -> None:
    village = a_village()
    household, (event,) = village.households[0].announced(AT)

    assert household_facts(village.households[0]) == ()
    assert household_facts(household) == (event,)
    assert resident_facts(village.residents[0]) == (village.residents[0].verified_event(),)


def test_a_correction_that_leaves_them_the_same_person_tells_nothing() -> None:
    one = a_village().residents[0]
    assert one.facts is not None
    phone = msgspec.structs.replace(one.facts, phone="13812345678", tags=("独居",))
    same = Marks(("another",), one.identity_mark, "mark of all facts")

    assert one.corrected(phone, same, edition=0, at=AT)[1] == ()


@pytest.mark.parametrize("is_by_hand", [False, True])
def test_an_import_that_knows_better_who_they_are_tells_it_once(is_by_hand: bool) -> None:
    """Whether it is folded in by itself or by what a hand does meanwhile."""
    one = a_village().residents[0]
    assert one.home is not None
    staged, _ = one.stage(
        StagedResident(
            edition=1, home=one.home, facts=one.facts, marks=one.marks,
            facts_mark=one.facts_mark, identity_mark="mark of a number",
        )
    )  # fmt: skip

    assert staged.settled(0, AT) == (staged, ())
    if is_by_hand:
        after, told = staged.move_out(TODAY, MoveReason.SOLD, edition=1, today=TODAY, at=AT)
    else:
        after, told = staged.settled(1, AT)

    assert [type(event) for event in told if isinstance(event, ResidentCorrected)] == [
        ResidentCorrected
    ]
    assert after.settled(1, AT) == (after, ())

"""What an import says of an owner waits for its edition whole, or leaves nothing."""

import msgspec
import pytest
from residents.adapters.owners.memory import MemoryOwners

from ...owners_office import (
    COMMUNITY,
    Journal,
    Killed,
    OwnersOffice,
    batch_of,
    number,
    person,
    row,
)

WANG, ZHAO = number("19800501"), number("19900101")


async def test_a_description_that_is_given_up_leaves_no_trace(office: OwnersOffice) -> None:
    """Neither a number nor a link nor where they live, of who was known before."""
    wang = office.residents.move_in("王建国", WANG)
    phone = "13812345678"
    await office.record("101", (person("王建国", phone=phone), None))
    assert isinstance(office.owners, MemoryOwners)
    (before,) = office.owners.all
    says_more = office.file(
        "says more", row("1-1-101", "王建国", number=WANG, phone=phone, note="不在本小区居住")
    )

    with pytest.raises(Killed):
        await office.apply(says_more, Journal(dies_after=2))
    (staged,) = office.owners.all
    assert staged.staged is not None
    assert staged.effective(0) == msgspec.structs.replace(
        before, staged=staged.staged, version=staged.version
    )
    await office.kind.abandon(batch_of(says_more))

    (after,) = office.owners.all
    assert after == msgspec.structs.replace(before, version=after.version)

    await office.apply(office.file("again", row("1-1-101", "王建国", number=WANG, phone=phone)))
    (settled,) = office.owners.all
    assert settled.resident == wang
    assert settled.known_by.identity is not None
    assert settled.staged is None


async def test_what_one_page_says_of_an_owner_holds_for_the_next(
    office: OwnersOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known by phone, then by phone and number, then by the number alone."""
    monkeypatch.setattr("residents.application.owners.apply_register._PAGE", 1)
    phone = "13812345678"
    await office.record("101", (person("王建国", phone=phone), None))

    await office.apply(office.file(
        "three rows",
        row("1-1-101", "王建国", number=WANG, phone=phone),
        *(row(f"1-1-{room}", "王建国", number=WANG) for room in (102, 103)),
    ))  # fmt: skip

    assert isinstance(office.owners, MemoryOwners)
    assert len(office.owners.all) == 1


async def test_a_link_that_waits_follows_what_is_known_of_the_resident(
    office: OwnersOffice,
) -> None:
    wang = office.residents.move_in("王建国", WANG)
    phone = "13812345678"
    await office.record("101", (person("王建国", phone=phone), None))
    file = office.file("first", row("1-1-101", "王建国", number=WANG, phone=phone))
    with pytest.raises(Killed):
        await office.apply(file, Journal(dies_after=2))

    office.residents.correct(wang, "王建国", ZHAO)
    await office.room.link_owners(COMMUNITY, wang.resident_id)
    assert isinstance(office.owners, MemoryOwners)
    (waiting,) = office.owners.all
    assert waiting.staged is not None
    assert (waiting.resident, waiting.staged.resident) == (None, None)


async def test_of_whom_only_an_import_knows_the_hand_shows_its_own_words(
    office: OwnersOffice,
) -> None:
    phone = "13812345678"
    file = office.file("first", row("1-1-101", "王建国", number=WANG, phone=phone))
    with pytest.raises(Killed):
        await office.apply(file, Journal(dies_after=2))
    await office.record("102", (person("王建国", number=WANG), None))
    assert isinstance(office.owners, MemoryOwners)
    (shown,) = office.owners.all
    assert shown.facts is not None
    assert shown.facts.phone is None

    await office.apply(file)

    (settled,) = office.owners.all
    assert settled.facts is not None
    assert settled.facts.phone == phone

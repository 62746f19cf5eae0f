"""An import is seen by nobody until one write, then by all, and given up it leaves nothing."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from chassis.mongo import Collection, Document
from chassis.testing import FrozenClock
from residents.domain.archive.editions import View
from residents.domain.archive.errors import ArchiveBusy
from residents.domain.archive.homes import Home, MoveReason
from residents.domain.archive.marks import marks_of
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.places import EstateKind, StagedEstate, StagedHousehold
from residents.domain.archive.residents import StagedResident

from ...village import COMMUNITY, KEYED_HASH, TODAY, Village, a_village, person
from .conftest import Stores

AS_OF = date(2026, 11, 1)


async def everything(stores: Stores, view: View) -> object:
    """All that a reader with that view can see, by every list there is."""
    estates = await stores.estates.all_of(COMMUNITY, view=view)
    buildings = await stores.buildings.all_of(COMMUNITY, view=view)
    living = await stores.residents.living(COMMUNITY, view=view, first=99)
    doors = await stores.households.listed(COMMUNITY, view=view, first=99)
    vacant = await stores.households.listed(COMMUNITY, view=view, first=99, vacant=True)
    homes = await stores.residents.of_households(
        COMMUNITY, [door.id for door in doors.items], view=view
    )
    marks = {mark for it in living.items for mark in it.marks}
    by_mark = {
        mark: [
            it.id
            for it in (
                await stores.residents.living(COMMUNITY, view=view, first=99, mark=mark)
            ).items
        ]
        for mark in marks
    }
    parts = (estates, buildings, living.items, doors.items, vacant.items, homes)
    seen = msgspec.to_builtins((*parts, by_mark))
    return _without(seen, "version", "changed_at", "history", "staged")


def _without(seen: object, *names: str) -> object:
    match seen:
        case dict():
            return {key: _without(it, *names) for key, it in seen.items() if key not in names}
        case list() | tuple():
            return [_without(each, *names) for each in seen]
    return seen


async def staged(stores: Stores, village: Village, edition: int) -> None:
    """A file moves 马曦 to a vacant door, renames 马小军, and says more of places."""
    one, two = village.residents[:2]
    target = village.households[5]
    facts = person("马曦", "17337406812", date(1950, 3, 1), relation="户主")
    renamed = person("马大军", "13800001111", date(1980, 5, 5))
    assert two.home is not None
    changes = {
        one.id: (Home.at(target, since=AS_OF), facts, AS_OF),
        two.id: (two.home, renamed, None),
    }
    missed = await stores.residents.stage_all(
        COMMUNITY,
        {
            resident_id: (
                (await stores.residents.get(COMMUNITY, resident_id)).version,
                said_of(edition, home, said, moved_on),
            )
            for resident_id, (home, said, moved_on) in changes.items()
        },
    )
    household = await stores.households.get(COMMUNITY, target.id)
    missed += await stores.households.stage_all(
        COMMUNITY, {target.id: (household.version, StagedHousehold(edition, 720_000, vacant=False))}
    )
    estate = await stores.estates.get(COMMUNITY, village.estates[1].id)
    missed += await stores.estates.stage_all(
        COMMUNITY, {estate.id: (estate.version, StagedEstate(edition, EstateKind.OLD))}
    )
    assert missed == []


def said_of(edition: int, home: Home, said: PersonFacts, moved_on: date | None) -> StagedResident:
    """What a file says of somebody."""
    marks = marks_of(said, identity=None, today=TODAY, keyed_hash=KEYED_HASH)
    return StagedResident(
        edition=edition,
        home=home,
        facts=said,
        marks=marks.search,
        facts_mark=marks.facts,
        identity_mark=marks.identity,
        moved_on=moved_on,
    )


def newcomers(edition: int) -> Village:
    """A third estate with somebody in it."""
    more = Village(edition=edition)
    building = more.building(more.estate("南园"), "1")
    more.resident(more.household(building, "301"), person("赵新", None, date(1990, 1, 1)))
    return more


async def test_an_import_is_seen_at_once_or_not_at_all(
    stores: Stores, village: Village, now: FrozenClock
) -> None:
    editions = stores.editions(now)
    old = (await stores.archives.of(COMMUNITY)).view
    before = await everything(stores, old)

    edition = await editions.begin(COMMUNITY, "batch_1")
    await stores.fill(newcomers(edition))
    assert await everything(stores, old) == before
    await staged(stores, village, edition)
    assert await everything(stores, old) == before
    assert await editions.recount_all(COMMUNITY, edition) == 4
    assert await everything(stores, old) == before

    await editions.flip(COMMUNITY, "batch_1", AS_OF)
    flipped = (await stores.archives.of(COMMUNITY)).view
    after = await everything(stores, flipped)
    settled = await editions.settle(COMMUNITY)
    view = (await stores.archives.of(COMMUNITY)).view

    assert (flipped, view) == (View(1, is_settled=False), View(1))
    assert settled > 0
    assert await everything(stores, view) == after != before
    living = await stores.residents.living(COMMUNITY, view=view, first=99)
    names = sorted(it.facts.name for it in living.items if it.facts)
    assert names == ["李小军", "欧阳小红", "王芳", "赵新", "马大军", "马曦"]
    moved = await stores.residents.get(COMMUNITY, village.residents[0].id)
    assert moved.home is not None
    assert moved.home.household_id == village.households[5].id
    assert [(past.until, past.reason) for past in moved.history] == [(AS_OF, MoveReason.LEDGER)]


async def test_every_step_may_be_repeated(
    stores: Stores, village: Village, now: FrozenClock
) -> None:
    editions = stores.editions(now)
    for _ in range(2):
        edition = await editions.begin(COMMUNITY, "batch_1")
        await stores.fill(newcomers(edition))
        await staged(stores, village, edition)
        await editions.recount_all(COMMUNITY, edition)
    for _ in range(2):
        await editions.flip(COMMUNITY, "batch_1", AS_OF)
    for _ in range(2):
        await editions.settle(COMMUNITY)

    assert edition == 1
    assert await editions.counts(COMMUNITY, "batch_1")
    view = (await stores.archives.of(COMMUNITY)).view
    assert len((await stores.residents.living(COMMUNITY, view=view, first=99)).items) == 6
    assert await editions.begin(COMMUNITY, "batch_1") == 1
    assert (await stores.archives.of(COMMUNITY)).applying is None


async def test_what_is_given_up_leaves_nothing(
    stores: Stores, village: Village, now: FrozenClock
) -> None:
    editions = stores.editions(now)
    before = await everything(stores, View(99, is_settled=False))
    edition = await editions.begin(COMMUNITY, "batch_1")
    await stores.fill(newcomers(edition))
    await staged(stores, village, edition)
    await editions.recount_all(COMMUNITY, edition)

    with pytest.raises(ArchiveBusy):
        await editions.begin(COMMUNITY, "batch_2")
    assert [await editions.abandon(COMMUNITY, "batch_1") for _ in range(2)] == [True, True]

    assert await everything(stores, View(99, is_settled=False)) == before
    assert await stores.figures.of_edition(COMMUNITY, edition) == []


async def test_what_is_written_late_for_an_edition_that_was_given_up_never_counts(
    stores: Stores, village: Village, now: FrozenClock
) -> None:
    """A run that was stopped may have a write under way while its import is taken back."""
    editions = stores.editions(now)
    given_up = await editions.begin(COMMUNITY, "batch_1")
    await editions.abandon(COMMUNITY, "batch_1")
    before = await everything(stores, View(99, is_settled=False))
    await stores.fill(newcomers(given_up))
    await staged(stores, village, given_up)

    edition = await editions.begin(COMMUNITY, "batch_2")
    assert edition == given_up + 1
    assert await everything(stores, View(99, is_settled=False)) == before
    await stores.fill(newcomers(given_up))
    await staged(stores, village, given_up)
    await editions.recount_all(COMMUNITY, edition)
    await stores.fill(newcomers(given_up))
    await editions.flip(COMMUNITY, "batch_2", AS_OF)
    await editions.settle(COMMUNITY)

    view = (await stores.archives.of(COMMUNITY)).view
    assert view == View(edition)
    assert await everything(stores, view) == before
    figures = await stores.figures.of_edition(COMMUNITY, edition)
    assert sum(it.counts.residents for it in figures) == len(village.residents)
    assert await stores.figures.of_edition(COMMUNITY, 0) == []
    assert await editions.begin(COMMUNITY, "batch_3") == edition + 1


async def test_what_counts_is_not_given_up(
    stores: Stores, village: Village, now: FrozenClock
) -> None:
    editions = stores.editions(now)
    await stores.fill(newcomers(await editions.begin(COMMUNITY, "batch_1")))
    await editions.flip(COMMUNITY, "batch_1", AS_OF)

    assert not await editions.abandon(COMMUNITY, "batch_1")
    view = (await stores.archives.of(COMMUNITY)).view
    assert len((await stores.residents.living(COMMUNITY, view=view, first=99)).items) == 6


async def test_a_clerks_word_stands_against_a_file_that_does_not_count_yet(
    stores: Stores, village: Village, now: FrozenClock
) -> None:
    editions = stores.editions(now)
    edition = await editions.begin(COMMUNITY, "batch_1")
    await staged(stores, village, edition)
    one = village.residents[0]

    await stores.residents.change(
        COMMUNITY,
        one.id,
        lambda before: before.move_out(TODAY, MoveReason.MOVED, edition=0, today=TODAY, at=now()),
    )
    await editions.flip(COMMUNITY, "batch_1", AS_OF)
    await editions.settle(COMMUNITY)

    assert (await stores.residents.get(COMMUNITY, one.id)).home is None


async def test_a_file_that_was_compared_before_a_hand_wrote_stages_nothing(
    stores: Stores, village: Village, now: FrozenClock
) -> None:
    edition = await stores.editions(now).begin(COMMUNITY, "batch_1")
    one, two = [await stores.residents.get(COMMUNITY, it.id) for it in village.residents[:2]]
    assert one.home is not None
    assert two.home is not None
    gone = await stores.residents.change(
        COMMUNITY,
        one.id,
        lambda before: before.move_out(TODAY, MoveReason.MOVED, edition=0, today=TODAY, at=now()),
    )

    changes = {
        one.id: (one.version, said_of(edition, one.home, person("马大曦"), None)),
        two.id: (two.version, said_of(edition, two.home, person("马大军"), None)),
    }
    missed = await stores.residents.stage_all(COMMUNITY, changes)

    assert missed == [one.id]
    assert await stores.residents.get(COMMUNITY, one.id) == gone
    staged = (await stores.residents.get(COMMUNITY, two.id)).staged
    assert staged is not None
    assert staged.facts == person("马大军")
    assert (await stores.residents.get(COMMUNITY, two.id)).version == two.version + 1


async def test_one_of_an_edition_is_withdrawn_with_its_events_until_it_is_settled(
    stores: Stores, village: Village, now: FrozenClock
) -> None:
    editions = stores.editions(now)
    edition = await editions.begin(COMMUNITY, "batch_1")
    more = newcomers(edition)
    other = more.resident(more.households[0], person("钱多", None, date(1991, 1, 1)))
    await stores.fill(more)
    known, new = village.residents[0].id, more.residents[0].id

    gone = [await stores.residents.withdraw(COMMUNITY, edition, [known, new]) for _ in range(2)]
    assert await stores.residents.withdraw("community_there", edition, [other.id]) == 0
    await editions.flip(COMMUNITY, "batch_1", AS_OF)
    await editions.settle(COMMUNITY)

    assert gone == [1, 0]
    assert await stores.residents.withdraw(COMMUNITY, edition, [other.id]) == 0
    found = await stores.residents.get_many(COMMUNITY, [known, new, other.id])
    assert [each is not None for each in found] == [True, False, True]


class FoldedBetween:
    """A collection in which everything is settled after the first of two questions."""

    def __init__(self, collection: Collection, settle: Callable[[], Awaitable[object]]) -> None:
        self._collection = collection
        self._settle = settle
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._collection, name)

    async def find(self, where: Document, **options: Any) -> list[Document]:
        """Answer, then let the world go on."""
        found = await self._collection.find(where, **options)
        self.asked += 1
        if self.asked == 1:
            await self._settle()
        return found


@pytest.mark.parametrize("listing", ["living", "of_households", "vacant"])
async def test_who_is_folded_between_two_questions_is_seen_once(
    mongo_stores: Stores, now: FrozenClock, listing: str
) -> None:
    village, stores, editions = a_village(), mongo_stores, mongo_stores.editions(now)
    await stores.fill(village)
    await staged(stores, village, await editions.begin(COMMUNITY, "batch_1"))
    await editions.flip(COMMUNITY, "batch_1", AS_OF)
    view = (await stores.archives.of(COMMUNITY)).view
    ids = [household.id for household in village.households]

    async def seen() -> list[str]:
        match listing:
            case "living":
                page = await stores.residents.living(COMMUNITY, view=view, first=99)
                return [it.id for it in page.items]
            case "of_households":
                homes = await stores.residents.of_households(COMMUNITY, ids, view=view)
                return [it.id for one in ids for it in homes[one]]
            case _:
                doors = await stores.households.listed(COMMUNITY, view=view, first=99, vacant=False)
                return [it.id for it in doors.items]

    before = await seen()
    plain = stores.residents, stores.households
    for store in plain:
        folding = FoldedBetween(
            store.collection,  # type: ignore[union-attr]
            lambda: editions.settle(COMMUNITY),
        )
        store.collection = folding  # type: ignore[union-attr]
    during = await seen()

    assert during == before
    assert len(set(during)) == len(during)

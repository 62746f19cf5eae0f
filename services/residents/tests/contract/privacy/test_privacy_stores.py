"""What every store of this room does, in memory or in MongoDB."""

import asyncio

import pytest
from chassis.testing import FrozenClock
from residents.application.hourly_limit import NothingCounted
from residents.application.privacy.consent_ports import NothingSaid
from residents.domain.hourly_counts import HourlyCount, HourlyLimitReached
from residents.domain.privacy.consents import Consents
from residents.domain.privacy.errors import (
    ExportNotFound,
    RevealNotFound,
)
from residents.domain.privacy.purposes import Purpose

from .acts import HERE
from .conftest import Stores
from .people import a_reveal, an_export, said

THERE = "community_there"


async def test_a_reveal_is_read_as_it_was_kept(stores: Stores, now: FrozenClock) -> None:
    kept = await stores.reveals.add(a_reveal(1, now()))

    assert await stores.reveals.get(HERE, kept.id) == kept
    with pytest.raises(RevealNotFound):
        await stores.reveals.get(THERE, kept.id)


async def test_reveals_are_listed_the_newest_first_by_pages(
    stores: Stores, now: FrozenClock
) -> None:
    for number in range(5):
        await stores.reveals.add(a_reveal(number, now(), resident_id=f"resident_{number % 2}"))
    await stores.reveals.add(a_reveal(1, now(), community_id=THERE))

    first = await stores.reveals.newest_first(HERE, first=3, after=None)
    rest = await stores.reveals.newest_first(HERE, first=3, after=first.cursors[-1])
    of_one = await stores.reveals.newest_first(HERE, resident_id="resident_1", first=9, after=None)

    assert [it.id for it in (*first.items, *rest.items)] == [
        f"reveal_{HERE}_{number}" for number in (4, 3, 2, 1, 0)
    ]
    assert (first.has_next_page, rest.has_next_page) == (True, False)
    assert [it.id for it in of_one.items] == [f"reveal_{HERE}_3", f"reveal_{HERE}_1"]


async def test_many_at_once_are_counted_one_by_one(stores: Stores, now: FrozenClock) -> None:
    count_id = stores.counts.id_of(HERE, "account_1")
    with pytest.raises(NothingCounted):
        await stores.counts.get(HERE, count_id)
    await stores.counts.add(HourlyCount(id=count_id, community_id=HERE))

    async def one_more(number: int) -> None:
        await stores.counts.change(
            HERE, count_id, lambda count: count.count(f"reveal_{number}", now(), limit=3)
        )

    outcomes = await asyncio.gather(*(one_more(it) for it in range(6)), return_exceptions=True)

    assert sum(isinstance(it, HourlyLimitReached) for it in outcomes) == 3
    counted = await stores.counts.get(HERE, count_id)
    assert len(counted.recent) == 3
    assert stores.counts.id_of(THERE, "account_1") != count_id


async def test_a_book_is_one_a_subject_and_purpose(stores: Stores, now: FrozenClock) -> None:
    ids = {
        stores.books.id_of(community_id, subject_id, purpose)
        for community_id in (HERE, THERE)
        for subject_id in ("account_1", "resident_1")
        for purpose in Purpose
    }
    assert len(ids) == 2 * 2 * len(Purpose)

    book_id = stores.books.id_of(HERE, "account_1", Purpose.ACCOUNT)
    with pytest.raises(NothingSaid):
        await stores.books.get(HERE, book_id)
    await stores.books.add(
        Consents(id=book_id, community_id=HERE, subject_id="account_1", purpose=Purpose.ACCOUNT)
    )
    given = await stores.books.change(HERE, book_id, lambda book: book.give(1, said(now)))
    ended = await stores.books.change(HERE, book_id, lambda book: book.withdraw(said(now)))

    assert await stores.books.get_many(HERE, [book_id]) == [ended]
    assert [record.stands for record in given.records] == [True]
    assert [record.stands for record in ended.records] == [False]


async def test_exports_are_found_by_ticket_and_by_subject(stores: Stores, now: FrozenClock) -> None:
    of_resident = [await stores.exports.add(an_export(number, now())) for number in (1, 2)]
    own = await stores.exports.add(an_export(3, now(), resident_id=None))
    await stores.exports.add(an_export(4, now(), community_id=THERE))

    assert await stores.exports.of_ticket(own.id) == own
    with pytest.raises(ExportNotFound):
        await stores.exports.of_ticket("export_unknown")
    assert await stores.exports.of_subject(HERE, "resident_1") == of_resident
    assert await stores.exports.of_subject(HERE, "account_secretary") == [own]


async def test_a_ticket_is_used_up_once_by_many_at_once(stores: Stores, now: FrozenClock) -> None:
    export = await stores.exports.add(an_export(0, now()))
    takes = [
        stores.exports.change(HERE, export.id, lambda kept: kept.take(now())) for _ in range(5)
    ]
    outcomes = await asyncio.gather(*takes, return_exceptions=True)

    assert sum(isinstance(it, ExportNotFound) for it in outcomes) == 4

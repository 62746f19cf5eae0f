"""What the first page of the mini-program costs: how often this service asks its store for it.

A call costs the store and this service more than a millisecond, whatever it finds.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from chassis.clock import utc_now
from chassis.mongo import Store
from chassis.testing_pages import StoreCalls, page_part, resident_asks, settings_of
from outreach.adapters.notices.mongo_notifications import MongoNotifications
from outreach.api.schema import build as build_schema
from outreach.bootstrap.foundation import Foundation
from outreach.bootstrap.rooms import build_on
from outreach.settings import OutreachSettings

from .test_notices import HERE, TIAN, notice

HOME = (Path(__file__).parents[4] / "gateway/operations/miniprogram/Home.graphql").read_text()
SHOWN = 3
CALLS = {"notifications.find": 1, "notifications.aggregate": 1}
"""The latest, and how many are unread."""


@pytest.fixture
def calls() -> StoreCalls:
    return StoreCalls()


@pytest.fixture
async def foundation(mongodb_uri: str, calls: StoreCalls) -> AsyncIterator[Foundation]:
    settings = settings_of(OutreachSettings, mongodb_uri, keys=["union_mark_key"])
    store = Store.connect(mongodb_uri, f"outreach_{uuid4().hex}", on_command=calls.note)
    yield Foundation(settings, store, utc_now)
    await store.close()


async def test_a_page_takes_so_many_calls_of_the_store(
    foundation: Foundation, calls: StoreCalls
) -> None:
    told = [msgspec.structs.replace(notice(number), shown=True) for number in range(SHOWN + 1)]
    await MongoNotifications(foundation.store).add_many([(each, ()) for each in told])
    context = resident_asks(build_on(foundation).edge, account_id=TIAN, community_id=HERE)
    calls.taken()

    shown = await page_part(HOME, build_schema(introspection=False), context)

    assert calls.taken() == CALLS
    assert shown["unreadNotices"] == SHOWN + 1
    assert [each["id"] for each in shown["myNotices"]["nodes"]] == [
        each.id for each in reversed(told[1:])
    ]

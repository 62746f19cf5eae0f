"""What the first page of the mini-program costs: how often this service asks its store for it.

A call costs the store and this service more than a millisecond, whatever it finds.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from chassis.clock import utc_now
from chassis.graphql_context import Context
from chassis.identity import Principal, Role
from chassis.mongo import Store
from chassis.testing import REQUESTS
from chassis.testing_pages import StoreCalls, page_part
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
    key = urlsafe_b64encode(secrets.token_bytes(32)).decode()
    settings = OutreachSettings.model_validate(
        {
            "mongodb_uri": mongodb_uri,
            "kafka_bootstrap_servers": "127.0.0.1:9092",
            "key_wrapping_keys": f"test:{key}",
            "lookup_hash_key": key,
            "union_mark_key": key,
        }
    )
    store = Store.connect(mongodb_uri, f"outreach_{uuid4().hex}", on_command=calls.note)
    yield Foundation(settings, store, utc_now)
    await store.close()


async def test_a_page_takes_so_many_calls_of_the_store(
    foundation: Foundation, calls: StoreCalls
) -> None:
    told = [msgspec.structs.replace(notice(number), shown=True) for number in range(SHOWN + 1)]
    await MongoNotifications(foundation.store).add_many([(each, ()) for each in told])
    principal = Principal(
        account_id=TIAN,
        session_id="session_1",
        community_id=HERE,
        roles=(Role("resident"),),
        client="miniprogram",
        expires_at=utc_now(),
    )
    context = Context(build_on(foundation).edge, principal, requests=REQUESTS)
    calls.taken()

    shown = await page_part(HOME, build_schema(introspection=False), context)

    assert calls.taken() == CALLS
    assert shown["unreadNotices"] == SHOWN + 1
    assert [each["id"] for each in shown["myNotices"]["nodes"]] == [
        each.id for each in reversed(told[1:])
    ]

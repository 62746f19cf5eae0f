"""The reference enters the indexes that a claim enters, from where a claim begins."""

from datetime import UTC, datetime

import pytest
from benchmarks.w2_raw_updates import as_claims_find_them, guarded_update
from vouchers.adapters.cards.mongo_vouchers import INDEXES


def test_an_update_is_guarded_by_the_version_and_carries_its_event() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    document = {"_id": "v1", "community_id": "c", "version": 3, "claimable_from": at}

    where, update = guarded_update(document)

    assert where == {"_id": "v1", "community_id": "c", "version": 3}
    assert update["$inc"] == {"version": 1, "sequence": 1}
    assert len(update["$push"]["outbox"]["$each"]) == 1
    other, _ = guarded_update({**document, "_id": "v2"})
    assert other["_id"] != where["_id"]


def test_a_claimed_document_is_none_that_a_claim_finds() -> None:
    free = {"_id": "v1", "state": "available"}

    assert as_claims_find_them([free]) == [free]
    with pytest.raises(ValueError, match="1 of 2 documents"):
        as_claims_find_them([free, {**free, "state": "claimed"}])


def test_an_update_enters_every_partial_index_of_a_claim() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    free = {"_id": "v1", "community_id": "c", "version": 3, "claimable_from": at}
    partial = {name for index in INDEXES for name in index.partial or {}}

    _, update = guarded_update(free)

    assert partial - set(update["$set"]) == {"uses.id"}, "which a use enters, and no claim"

"""The reference writes what a claim writes."""

from datetime import UTC, datetime

from benchmarks.w2_raw_updates import guarded_update


def test_an_update_is_guarded_by_the_version_and_carries_its_event() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    document = {"_id": "v1", "community_id": "c", "version": 3, "claimable_from": at}

    where, update = guarded_update(document)

    assert where == {"_id": "v1", "community_id": "c", "version": 3}
    assert update["$inc"] == {"version": 1, "sequence": 1}
    assert len(update["$push"]["outbox"]["$each"]) == 1
    other, _ = guarded_update({**document, "_id": "v2"})
    assert other["_id"] != where["_id"]

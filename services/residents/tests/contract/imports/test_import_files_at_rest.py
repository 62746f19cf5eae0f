"""A file lies in the store in sealed pieces, and its key can be locked anew."""

import secrets

import pytest
from chassis.encryption import CannotDecrypt, LookupHash, SecretBox, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.rewrapping import Rewrapping
from chassis.testing import FrozenClock
from residents.adapters.imports.mongo_import_files import (
    FILE_KEYS,
    PIECE_BYTES,
    MongoImportFiles,
)
from residents.application.imports.ports import ImportFileGone

from .examples import HERE, pieces

CONTENT = b"PK\x03\x04" + "马曦 17337406812 ".encode() * 200_000


async def test_no_piece_shows_what_it_holds(mongo: Store, mongo_files: MongoImportFiles) -> None:
    await mongo_files.keep(HERE, "file_1", pieces(CONTENT, 64_000))

    found = await mongo.collection("import_pieces").find({"community_id": HERE})

    assert len(found) == -(-len(CONTENT) // PIECE_BYTES)
    for piece in found:
        assert len(piece["sealed"]) <= PIECE_BYTES + 100
        for word in ("马曦".encode(), b"17337406812", b"PK\x03\x04"):
            assert word not in piece["sealed"]


async def test_pieces_cannot_change_places_or_be_left_out(
    mongo: Store, mongo_files: MongoImportFiles
) -> None:
    await mongo_files.keep(HERE, "file_1", pieces(CONTENT, 64_000))
    kept = mongo.collection("import_pieces")
    one, other, *_ = await kept.find({"community_id": HERE})
    await kept.update_one({"_id": one["_id"]}, {"$set": {"sealed": other["sealed"]}})

    with pytest.raises(CannotDecrypt):
        await mongo_files.read(HERE, "file_1")
    await kept.delete_one({"_id": one["_id"]})
    with pytest.raises(ImportFileGone):
        await mongo_files.read(HERE, "file_1")


async def test_the_key_of_a_file_moves_to_a_new_wrapping_key(
    mongo: Store, mongo_files: MongoImportFiles, wrapping_keys: WrappingKeys, now: FrozenClock
) -> None:
    await mongo_files.keep(HERE, "file_1", pieces(CONTENT, 64_000))
    old = wrapping_keys._keys["test"]
    both = WrappingKeys({"new": secrets.token_bytes(32), "test": old})
    rewrap = Rewrapping(mongo, both, PersonKeys(mongo, both, now=now), secrets=[FILE_KEYS])

    assert (await rewrap()).secrets == 1
    assert (await rewrap()).secrets == 0

    new_alone = WrappingKeys({"new": both._keys["new"]})
    files = MongoImportFiles(mongo, SecretBox(new_alone), LookupHash(bytes(32)), now=now)
    assert await files.read(HERE, "file_1") == CONTENT


async def test_what_was_left_half_received_is_unnamed(
    mongo: Store, mongo_files: MongoImportFiles, now: FrozenClock
) -> None:
    await mongo_files.keep(HERE, "file_1", pieces(CONTENT, 64_000))
    await mongo.collection("import_files").update_one({"_id": "file_1"}, {"$set": {"pieces": None}})

    (found,) = await mongo_files.unnamed(now.advance(seconds=1), limit=9)
    await mongo_files.drop(found.community_id, found.file_id)

    assert await mongo.collection("import_pieces").count({"file_id": "file_1"}) == 0
    assert await mongo_files.unnamed(now(), limit=9) == []

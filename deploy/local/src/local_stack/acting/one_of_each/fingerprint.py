"""What the stores hold, in a few bytes, so that a test can say that nothing changed."""

import hashlib
from collections.abc import Mapping

import bson
from chassis.mongo import Store

from chassis import early_arrivals, lease

# Written by processes at work whatever anybody asks.
_BOOKKEEPING = (early_arrivals.COLLECTION, lease.COLLECTION)
# What the store itself forgets after some minutes, at a moment of its own.
_FORGOTTEN = ("residents.login_attempts", "residents.person_holds", "vouchers.wrong_codes")
_FIELDS = {"outbox": 0}


async def fingerprint(stores: Mapping[str, Store]) -> dict[str, str]:
    """Hash every collection that lasts. Returns: by name, so that a difference has one."""
    return {
        f"{service}.{name}": await _hash(store, name)
        for service, store in stores.items()
        for name in await store.collection_names()
        if not name.startswith(_BOOKKEEPING) and f"{service}.{name}" not in _FORGOTTEN
    }


async def _hash(store: Store, collection: str) -> str:
    digest = hashlib.sha256()
    for document in await store.collection(collection).find({}, fields=_FIELDS, sort=(("_id", 1),)):
        digest.update(bson.encode(document))
    return digest.hexdigest()

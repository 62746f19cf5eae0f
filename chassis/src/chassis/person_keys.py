"""One random key a person, wrapped in the store; destroying it erases the person everywhere."""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from chassis.encryption import KEY_BYTES, FieldCipher, WrappingKeys
from chassis.mongo import DuplicateKey, Index, Store

COLLECTION = "person_keys"
# How long another process may still read with a key that was destroyed. Reading 20 keys again
# costs 0.8 ms, 100 cost 1.9 ms, from the cache 0.02 and 0.07 ms.
_CACHE_LIFE = timedelta(seconds=5)

Document = dict[str, Any]


class PersonKeyDestroyed(Exception):
    """Something would be locked for a person who was erased."""


class PersonKeys:
    """The data keys of people, in the collection `person_keys`.

    Keys are kept in memory for five seconds: so long after `destroy` another process may still read
    what the key locks, and lock more with it, which is unreadable like the rest from then on.

    A document is `{_id: person_key, wrapped, wrapped_by, created_at, destroyed_at}`; a destroyed
    one stays as a tombstone without a key, so that nobody makes a new one under its name.
    """

    def __init__(
        self,
        store: Store,
        wrapping: WrappingKeys,
        *,
        now: Callable[[], datetime],
        cached: int = 10_000,
        random_bytes: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._collection = store.collection(COLLECTION)
        self._wrapping = wrapping
        self._now = now
        self._cached = cached
        self._random_bytes = random_bytes
        self._cache: OrderedDict[str, tuple[datetime, FieldCipher]] = OrderedDict()

    @staticmethod
    def indexes() -> list[Index]:
        """The indexes to declare: `rewrap` finds by the wrapping key."""
        return [Index(collection=COLLECTION, keys=(("wrapped_by", 1), ("_id", 1)))]

    async def cipher(self, person_key: str) -> FieldCipher:
        """Give the person's cipher, making the key at first need.

        Raises: PersonKeyDestroyed.
        """
        cipher = (await self.ciphers([person_key])).get(person_key)
        if cipher is None:
            await self._create(person_key)
            cipher = (await self.ciphers([person_key])).get(person_key)
        if cipher is None:
            raise PersonKeyDestroyed(person_key)
        return cipher

    async def ciphers(self, person_keys: Iterable[str]) -> dict[str, FieldCipher]:
        """Give the ciphers of those people who have a key, with one read for all not cached."""
        wanted = set(person_keys)
        found = {key: cipher for key in wanted if (cipher := self._from_cache(key)) is not None}
        if missing := sorted(wanted - found.keys()):
            for document in await self._collection.find({"_id": {"$in": missing}}):
                if document["wrapped"] is not None:
                    cipher = self._unwrapped(document)
                    found[document["_id"]] = cipher
                    self._keep(document["_id"], cipher)
        return found

    async def create_many(self, person_keys: Iterable[str]) -> dict[str, FieldCipher]:
        """Give everybody's cipher, making the keys at first need, all of them in one write.

        May be repeated. Raises: PersonKeyDestroyed for one whose key was destroyed.
        """
        wanted = set(person_keys)
        found = await self.ciphers(wanted)
        new = [self._new_document(person_key) for person_key in sorted(wanted - found.keys())]
        if not new:
            return found
        if await self._collection.insert_missing(new) == len(new):
            for document in new:
                found[document["_id"]] = self._unwrapped(document)
                self._keep(document["_id"], found[document["_id"]])
            return found
        found |= await self.ciphers(document["_id"] for document in new)
        if destroyed := wanted - found.keys():
            raise PersonKeyDestroyed(min(destroyed))
        return found

    async def destroy(self, person_key: str) -> None:
        """Erase the person: what was locked is unreadable from now on, in backups too.

        Here at once; other processes may have the key in memory for five seconds more. Whoever
        answers that a person is erased says so after that time. A second time changes nothing.
        """
        gone = {"wrapped": None, "wrapped_by": None, "destroyed_at": self._now()}
        await self._create(person_key)
        await self._collection.update_one({"_id": person_key, "destroyed_at": None}, {"$set": gone})
        self._cache.pop(person_key, None)

    async def count_former(self) -> int:
        """How many keys another than the current wrapping key wraps, known here or not."""
        return await self._collection.count(self._former)

    async def rewrap(self, *, batch_size: int = 500) -> int:
        """Wrap every key again that another than the current wrapping key wraps.

        May be stopped and run again; several may run at once. Returns: how many it rewrapped.

        Raises: UnknownWrappingKey for one that a wrapping key wraps which is not known here.
        """
        rewrapped = 0
        while batch := await self._collection.find(self._former, limit=batch_size):
            for document in batch:
                rewrapped += await self._rewrap_one(document)
        return rewrapped

    @property
    def _former(self) -> Document:
        return {"wrapped_by": {"$nin": [self._wrapping.current_id, None]}}

    async def _rewrap_one(self, document: Document) -> int:
        key = self._wrapping.unwrap(document["wrapped_by"], document["wrapped"])
        wrapped_by, wrapped = self._wrapping.wrap(key)
        return await self._collection.update_one(
            {"_id": document["_id"], "wrapped": document["wrapped"]},
            {"$set": {"wrapped": wrapped, "wrapped_by": wrapped_by}},
        )

    async def _create(self, person_key: str) -> None:
        try:
            await self._collection.insert_one(self._new_document(person_key))
        except DuplicateKey:
            return  # somebody else made it first: theirs counts

    def _new_document(self, person_key: str) -> Document:
        wrapped_by, wrapped = self._wrapping.wrap(self._random_bytes(KEY_BYTES))
        return {
            "_id": person_key,
            "wrapped": wrapped,
            "wrapped_by": wrapped_by,
            "created_at": self._now(),
            "destroyed_at": None,
        }

    def _unwrapped(self, document: Document) -> FieldCipher:
        return FieldCipher(self._wrapping.unwrap(document["wrapped_by"], document["wrapped"]))

    def _from_cache(self, person_key: str) -> FieldCipher | None:
        kept = self._cache.get(person_key)
        if kept is None:
            return None
        if kept[0] + _CACHE_LIFE <= self._now():
            del self._cache[person_key]
            return None
        self._cache.move_to_end(person_key)
        return kept[1]

    def _keep(self, person_key: str, cipher: FieldCipher) -> None:
        self._cache[person_key] = (self._now(), cipher)
        self._cache.move_to_end(person_key)
        while len(self._cache) > self._cached:
            self._cache.popitem(last=False)

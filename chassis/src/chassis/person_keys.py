"""One random key a person, wrapped in the store; destroying it erases the person everywhere."""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
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
        found = self._from_cache(wanted)
        if missing := sorted(wanted - found.keys()):
            read = {
                document["_id"]: self._unwrapped(document)
                for document in await self._collection.find({"_id": {"$in": missing}})
                if document["wrapped"] is not None
            }
            self._keep(read)
            found |= read
        return found

    async def create_many(self, person_keys: Iterable[str]) -> dict[str, FieldCipher]:
        """Give everybody's cipher, making the keys at first need, all of them in one write.

        May be repeated. Raises: PersonKeyDestroyed for one whose key was destroyed.
        """
        wanted = set(person_keys)
        found = await self.ciphers(wanted)
        keys = {key: self._random_bytes(KEY_BYTES) for key in sorted(wanted - found.keys())}
        if not keys:
            return found
        new = [self._document(person_key, key) for person_key, key in keys.items()]
        if await self._collection.insert_missing(new) == len(new):
            made = {person_key: FieldCipher(key) for person_key, key in keys.items()}
            self._keep(made)
            return found | made
        found |= await self.ciphers(keys)
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
            key = self._random_bytes(KEY_BYTES)
            await self._collection.insert_one(self._document(person_key, key))
        except DuplicateKey:
            return  # somebody else made it first: theirs counts

    def _document(self, person_key: str, key: bytes) -> Document:
        wrapped_by, wrapped = self._wrapping.wrap(key)
        return {
            "_id": person_key,
            "wrapped": wrapped,
            "wrapped_by": wrapped_by,
            "created_at": self._now(),
            "destroyed_at": None,
        }

    def _unwrapped(self, document: Document) -> FieldCipher:
        return FieldCipher(self._wrapping.unwrap(document["wrapped_by"], document["wrapped"]))

    def _from_cache(self, person_keys: Iterable[str]) -> dict[str, FieldCipher]:
        found, outdated = {}, self._now() - _CACHE_LIFE
        for person_key in person_keys:
            if (kept := self._cache.get(person_key)) is None:
                continue
            if kept[0] <= outdated:
                del self._cache[person_key]
                continue
            self._cache.move_to_end(person_key)
            found[person_key] = kept[1]
        return found

    def _keep(self, ciphers: Mapping[str, FieldCipher]) -> None:
        now = self._now()
        for person_key, cipher in ciphers.items():
            self._cache[person_key] = (now, cipher)
            self._cache.move_to_end(person_key)
        while len(self._cache) > self._cached:
            self._cache.popitem(last=False)

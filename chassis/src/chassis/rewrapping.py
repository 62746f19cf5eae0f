"""Retiring a wrapping key: everything that it locks is locked again by the current one.

Every process knows the new key (last in KEY_WRAPPING_KEYS), then locks by it (first), then this
runs, and the old key is taken out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from chassis.encryption import SecretBox, WrappingKeys
from chassis.mongo import Collection, Document, Store
from chassis.person_keys import PersonKeys

_NOT_NEEDED = {"outbox": 0, "requests": 0}


class Secret(msgspec.Struct, frozen=True):
    """A secret of the service as it lies in a document.

    Attributes:
        path: with dots into structures and numbers into lists: "keys.0.private".
        place: the name it was sealed under, see `SecretBox.seal`.
    """

    path: str
    place: str
    sealed: bytes


class SealedSecrets(msgspec.Struct, frozen=True):
    """The secrets in the aggregates of one collection, found in each document as it is stored."""

    collection: str
    find: Callable[[Document], Iterable[Secret]]


class Rewrapped(msgspec.Struct, frozen=True):
    """How many keys of people and how many of the service's own secrets were locked again."""

    person_keys: int
    secrets: int


@dataclass(frozen=True)
class Rewrapping:
    """What a service keeps under its wrapping keys.

    May be stopped and run again at any time, and beside the running service.
    """

    store: Store
    wrapping: WrappingKeys
    person_keys: PersonKeys
    secrets: Sequence[SealedSecrets] = ()

    async def __call__(self, *, dry_run: bool = False, batch_size: int = 500) -> Rewrapped:
        """Lock again what another than the current key locks, or only count it.

        Raises: UnknownWrappingKey for what a key locks that is no longer known; StoreUnavailable.
        """
        if dry_run:
            people = await self.person_keys.count_former()
        else:
            people = await self.person_keys.rewrap(batch_size=batch_size)
        secrets = 0
        for sealed in self.secrets:
            secrets += await self._reseal_all(sealed, dry_run=dry_run, batch_size=batch_size)
        return Rewrapped(people, secrets)

    async def _reseal_all(self, sealed: SealedSecrets, *, dry_run: bool, batch_size: int) -> int:
        collection = self.store.collection(sealed.collection)
        resealed, last = 0, ""
        while batch := await collection.find(
            {"_id": {"$gt": last}}, fields=_NOT_NEEDED, sort=(("_id", 1),), limit=batch_size
        ):
            for document in batch:
                former = self._former(sealed, document)
                resealed += len(former)
                if not dry_run:
                    await self._reseal(collection, sealed, document, former)
            last = batch[-1]["_id"]
        return resealed

    def _former(self, sealed: SealedSecrets, document: Document) -> list[Secret]:
        box = SecretBox(self.wrapping)
        return [secret for secret in sealed.find(document) if not box.is_current(secret.sealed)]

    async def _reseal(
        self,
        collection: Collection,
        sealed: SealedSecrets,
        document: Document | None,
        former: list[Secret],
    ) -> None:
        """Write under the version that was read; whoever read before this must read again."""
        box = SecretBox(self.wrapping)
        while document is not None and former:
            fresh = {
                secret.path: box.seal(secret.place, box.open(secret.place, secret.sealed))
                for secret in former
            }
            written = await collection.update_one(
                {"_id": document["_id"], "version": document["version"]},
                {"$set": fresh, "$inc": {"version": 1}},
            )
            if written:
                return
            document = await collection.find_one({"_id": document["_id"]}, fields=_NOT_NEEDED)
            former = self._former(sealed, document) if document else []

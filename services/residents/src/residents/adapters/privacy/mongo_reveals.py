"""Reveals, in MongoDB."""

from chassis.aggregates import Aggregates, Page
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Index, Store
from chassis.person_keys import PersonKeys

from residents.application.ports import Cursor
from residents.domain.events import SERVICE_TOPIC
from residents.domain.privacy.errors import RevealNotFound
from residents.domain.privacy.reveals import Reveal

_BY_TIME = (("revealed_at", 1), ("_id", 1))
_NEWEST_FIRST = (("revealed_at", -1), ("_id", -1))

INDEXES = (
    Index(collection="reveals", keys=(("community_id", 1), *_BY_TIME)),
    Index(collection="reveals", keys=(("community_id", 1), ("resident_id", 1), *_BY_TIME)),
)


class MongoReveals(Aggregates[Reveal]):
    """Reveals, their notes under the keys of those whose contacts were shown."""

    def __init__(self, store: Store, keys: PersonKeys, *, now: Now = utc_now) -> None:
        notes = EncryptedFields(
            keys, fields=("note",), person_key=lambda document: str(document["person_key"])
        )
        super().__init__(
            store,
            "reveals",
            Reveal,
            topic=SERVICE_TOPIC,
            not_found=lambda _: RevealNotFound(),
            codec=notes,
            now=now,
        )

    async def newest_first(
        self, community_id: str, *, resident_id: str | None = None, first: int,
        after: Cursor | None,
    ) -> Page[Reveal]:  # fmt: skip
        """See `Reveals.newest_first`."""
        where = {"community_id": community_id}
        if resident_id is not None:
            where["resident_id"] = resident_id
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)

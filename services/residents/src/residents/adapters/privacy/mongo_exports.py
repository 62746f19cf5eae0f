"""Exports in MongoDB."""

from chassis.aggregates import Aggregates
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Document, Index, Store
from chassis.person_keys import PersonKeys

from residents.domain.events import SERVICE_TOPIC
from residents.domain.privacy.errors import ExportNotFound
from residents.domain.privacy.exports import DataExport

_BY_TIME = (("requested_at", 1), ("_id", 1))

INDEXES = (
    Index(collection="exports", keys=(("community_id", 1), ("resident_id", 1), *_BY_TIME)),
    Index(
        collection="exports",
        keys=(("community_id", 1), ("account_id", 1), ("resident_id", 1), *_BY_TIME),
    ),
)


class MongoDataExports(Aggregates[DataExport]):
    """Exports, their notes under the keys of those whose data was taken out."""

    def __init__(self, store: Store, keys: PersonKeys, *, now: Now = utc_now) -> None:
        notes = EncryptedFields(
            keys, fields=("note",), person_key=lambda document: str(document["person_key"])
        )
        super().__init__(
            store,
            "exports",
            DataExport,
            topic=SERVICE_TOPIC,
            not_found=lambda _: ExportNotFound(),
            codec=notes,
            now=now,
        )

    async def of_ticket(self, export_id: str) -> DataExport:
        """See `DataExports.of_ticket`."""
        found = await self.collection.find_one({"_id": export_id})
        if found is None:
            raise ExportNotFound
        return await self._aggregate(found)

    async def of_subject(self, community_id: str, subject: str) -> list[DataExport]:
        """See `DataExports.of_subject`."""
        where: Document = {"community_id": community_id, "resident_id": subject}
        if not subject.startswith("resident_"):
            where |= {"account_id": subject, "resident_id": None}
        found = await self.collection.find(where, sort=_BY_TIME)
        return await self._aggregates(found)

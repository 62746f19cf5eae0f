"""Merchants in MongoDB, and the indexes that their queries use."""

from collections.abc import Sequence

import msgspec
from chassis.aggregates import Aggregates, Codec, Event, Page
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Document, DuplicateKey, Index, Store
from chassis.person_keys import PersonKeys
from chassis.requests import Request

from vouchers.application.merchants.ports import Shop
from vouchers.application.ports import Cursor
from vouchers.domain.events import SERVICE_TOPIC
from vouchers.domain.merchants.errors import CreditCodeTaken, MerchantNotFound
from vouchers.domain.merchants.merchant import Merchant, MerchantState

COLLECTION = "merchants"

_NEWEST_FIRST = (("registered_at", -1), ("_id", -1))
_OF_A_SHOP = {"name": 1, "stores": 1}
_OLDEST_FIRST = (("registered_at", 1), ("_id", 1))

INDEXES = (
    Index(collection=COLLECTION, keys=(("community_id", 1), ("credit_code", 1)), unique=True),
    Index(collection=COLLECTION, keys=(("community_id", 1), *_OLDEST_FIRST)),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("state", 1), *_OLDEST_FIRST)),
)


def merchant_codec(person_keys: PersonKeys) -> Codec:
    """What is of people or of money in a merchant, under a key of the merchant's own."""
    return EncryptedFields(
        person_keys,
        fields=("contact", "payee", "suspension_reason"),
        person_key=lambda document: str(document["_id"]),
    )


class MongoMerchants(Aggregates[Merchant]):
    """The port `Merchants`; `merchant_codec` encrypts them."""

    def __init__(self, store: Store, *, codec: Codec, now: Now = utc_now) -> None:
        super().__init__(
            store,
            COLLECTION,
            Merchant,
            topic=SERVICE_TOPIC,
            not_found=lambda _: MerchantNotFound(),
            codec=codec,
            now=now,
        )

    async def add(
        self,
        aggregate: Merchant,
        events: Sequence[Event] = (),
        *,
        request: Request | None = None,
    ) -> Merchant:
        """See the port."""
        try:
            return await super().add(aggregate, events, request=request)
        except DuplicateKey:
            raise CreditCodeTaken from None

    async def newest_first(
        self,
        community_id: str,
        state: MerchantState | None,
        *,
        first: int,
        after: Cursor | None,
    ) -> Page[Merchant]:
        """See the port."""
        where: Document = {"community_id": community_id}
        if state is not None:
            where["state"] = state.value
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)

    async def shops(self, community_id: str, ids: Sequence[str]) -> list[Shop | None]:
        """See the port."""
        found = await self.collection.find(
            {"_id": {"$in": list(ids)}, "community_id": community_id}, fields=_OF_A_SHOP
        )
        by_id = {document["_id"]: msgspec.convert(document, Shop) for document in found}
        return [by_id.get(merchant_id) for merchant_id in ids]

"""What the vouchers come to, for figures and for comparing the books with them."""

from chassis.aggregates import Page
from chassis.mongo import Document

from vouchers.adapters.cards.mongo_vouchers import MongoVouchers
from vouchers.application.ledger.ports import MerchantCustomers, VoucherSums
from vouchers.application.ports import Cursor
from vouchers.domain.cards.voucher import Voucher, VoucherState

_HELD = [state.value for state in VoucherState if state is not VoucherState.AVAILABLE]
_IS_USED_UP: Document = {"$and": ["$is_single_use", "$is_used"]}
_BY_ID = (("_id", 1),)
_BY_HOLDER = (("person_key", 1), ("claimed_at", 1), ("_id", 1))
_VISITS: list[Document] = [
    {"$unwind": "$uses"},
    {"$match": {"uses.reversed_at": None}},
    {
        "$group": {
            "_id": {"merchant": "$uses.merchant_id", "person": "$person_key"},
            "visits": {"$sum": 1},
        }
    },
    {
        "$group": {
            "_id": "$_id.merchant",
            "new": {"$sum": {"$cond": [{"$gt": ["$visits", 1]}, 0, 1]}},
            "returning": {"$sum": {"$cond": [{"$gt": ["$visits", 1]}, 1, 0]}},
        }
    },
]


class MongoVoucherCounts:
    """The ports `VoucherCounts` and `ClaimedVouchers`."""

    def __init__(self, vouchers: MongoVouchers) -> None:
        self._vouchers = vouchers
        self.collection = vouchers.collection

    async def claimed_count(self, community_id: str, campaign_id: str) -> int:
        """See the port."""
        return await self.collection.count(
            {
                "community_id": community_id,
                "campaign_id": campaign_id,
                "state": {"$in": _HELD},
            }
        )

    async def claimed(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Voucher]:
        """See the port."""
        return await self._vouchers.page(
            _claimed(community_id), sort=_BY_HOLDER, first=first, after=after
        )

    async def sums(self, community_id: str) -> VoucherSums:
        """See the port."""
        found = await self.collection.aggregate(
            [
                {"$match": _claimed(community_id)},
                {
                    "$group": {
                        "_id": None,
                        "claimed": {"$sum": 1},
                        "face": {"$sum": "$face_value_fen"},
                        "open": {"$sum": {"$cond": [_IS_USED_UP, 0, "$remaining_fen"]}},
                        "lapsing": {"$sum": {"$cond": [_IS_USED_UP, "$remaining_fen", 0]}},
                        "expired": {"$sum": "$released_fen"},
                    }
                },
            ]
        )
        if not found:
            return VoucherSums()
        parts = ("claimed", "face", "open", "lapsing", "expired")
        return VoucherSums(*(int(found[0][part]) for part in parts))

    async def used_count(self, community_id: str) -> int:
        """See the port."""
        return await self.collection.count(_used(community_id))

    async def used(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Voucher]:
        """See the port."""
        return await self._vouchers.page(_used(community_id), sort=_BY_ID, first=first, after=after)

    async def customers(self, community_id: str) -> list[MerchantCustomers]:
        """See the port."""
        found = await self.collection.aggregate([{"$match": _used(community_id)}, *_VISITS])
        counted = [
            MerchantCustomers(each["_id"], int(each["new"]), int(each["returning"]))
            for each in found
        ]
        return sorted(counted, key=lambda each: each.merchant_id)


def _claimed(community_id: str) -> Document:
    return {"community_id": community_id, "person_key": {"$gt": ""}}


def _used(community_id: str) -> Document:
    return {"community_id": community_id, "is_used": True}

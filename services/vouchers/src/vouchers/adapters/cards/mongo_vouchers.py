"""Vouchers in MongoDB, and the indexes behind "only one" and behind every query.

The unique ones are partial, over fields that are set once, by the claim or by the use: a voucher
that nobody has yet is in none of them. A search goes by a partial index only where it asks for
just its fields, `claim_key` and `uses.id`; secantusd-rs finds nothing by one for any other search
that it takes to lie within it. So the caps are partial by `nth`, `mth` and `account_nth`, which no
search names.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime

import msgspec
from chassis.aggregates import Aggregates, Event, Page
from chassis.clock import Now, utc_now
from chassis.errors import TooMuchContention
from chassis.mongo import Document, DuplicateKey, Index, Store
from chassis.requests import Request

from vouchers.adapters.cards.holdings import BESIDE_THE_STATE, Holdings
from vouchers.adapters.cards.mint import new_voucher
from vouchers.application.cards.ports import (
    AccountNthTaken,
    Candidate,
    ClaimKeyTaken,
    Held,
    Look,
    MthTaken,
    NthTaken,
    UseIdTaken,
)
from vouchers.application.ports import Cursor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.codes import KeyedHash
from vouchers.domain.cards.errors import VoucherNotFound
from vouchers.domain.cards.minting import copied_from
from vouchers.domain.cards.voucher import Changed, Holder, Voucher, VoucherState
from vouchers.domain.events import SERVICE_TOPIC

COLLECTION = "vouchers"
_CANDIDATES = 100
_CAMPAIGNS_REMEMBERED = 1000
_TRANCHES_TRIED = 10
_SAME_NUMBER = 10
_IS_TEXT = {"$gt": ""}
_IS_COUNTED = {"$gt": 0}
_CAMPAIGN = (("community_id", 1), ("campaign_id", 1))
# To its end: over the whole index the store stops at the first, over a part of it at none.
_RELEASED_FIRST = (("claimable_from", 1), ("lot", 1))

_BY_PERSON_AND_NTH = Index(
    collection=COLLECTION,
    keys=(*_CAMPAIGN, ("person_key", 1), ("nth", 1)),
    unique=True,
    partial={"nth": _IS_COUNTED},
)
_BY_HOUSEHOLD_AND_MTH = Index(
    collection=COLLECTION,
    keys=(*_CAMPAIGN, ("household_id", 1), ("mth", 1)),
    unique=True,
    partial={"mth": _IS_COUNTED},
)
_BY_ACCOUNT_AND_NTH = Index(
    collection=COLLECTION,
    keys=(*_CAMPAIGN, ("account_id", 1), ("account_nth", 1)),
    unique=True,
    partial={"account_nth": _IS_COUNTED},
)
_BY_CLAIM_KEY = Index(
    collection=COLLECTION,
    keys=(("community_id", 1), ("claim_key", 1)),
    unique=True,
    partial={"claim_key": _IS_TEXT},
)
_BY_USE = Index(
    collection=COLLECTION,
    keys=(("community_id", 1), ("uses.id", 1)),
    unique=True,
    partial={"uses.id": _IS_TEXT},
)

INDEXES = (
    _BY_PERSON_AND_NTH,
    _BY_HOUSEHOLD_AND_MTH,
    _BY_ACCOUNT_AND_NTH,
    _BY_CLAIM_KEY,
    _BY_USE,
    Index(
        collection=COLLECTION,
        keys=(*_CAMPAIGN, ("state", 1), *_RELEASED_FIRST),
    ),
    Index(collection=COLLECTION, keys=(*_CAMPAIGN, ("campaign_change_number", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("lookup_number", 1))),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("person_key", 1), ("claimed_at", 1), ("_id", 1)),
    ),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), ("account_id", 1), ("claimed_at", 1), ("_id", 1)),
    ),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("household_id", 1))),
    Index(collection=COLLECTION, keys=(("state", 1), ("usable_until", 1))),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("is_used", 1), ("_id", 1))),
)

_REFUSALS: dict[str, type[Exception]] = {
    _BY_PERSON_AND_NTH.name: NthTaken,
    _BY_HOUSEHOLD_AND_MTH.name: MthTaken,
    _BY_ACCOUNT_AND_NTH.name: AccountNthTaken,
    _BY_CLAIM_KEY.name: ClaimKeyTaken,
    _BY_USE.name: UseIdTaken,
}


class MongoVouchers(Aggregates[Voucher]):
    """The ports `Vouchers` of cards and `VoucherMint` of campaigns."""

    def __init__(self, store: Store, *, code_hash: KeyedHash, now: Now = utc_now) -> None:
        super().__init__(
            store,
            COLLECTION,
            Voucher,
            topic=SERVICE_TOPIC,
            not_found=lambda _: VoucherNotFound(),
            now=now,
        )
        self._code_hash = code_hash
        self._holdings = Holdings(self)
        self._last_left: dict[str, str] = {}

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[Voucher], tuple[Voucher, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> Voucher:
        """See the port."""
        with _named_refusals():
            return await super().change(community_id, aggregate_id, transition, request=request)

    async def take(
        self, candidate: Candidate, transition: Callable[[Voucher], Changed]
    ) -> Voucher | None:
        """See the port."""
        before = candidate.voucher
        after, events = transition(before)
        after = msgspec.structs.replace(after, version=before.version + 1)
        with _named_refusals():
            written = await self._write({"sequence": candidate.sequence}, after, events, None)
        return after if written else None

    async def insert_missing(self, campaign: Campaign, slots: range) -> int:
        """See the port."""
        new = [(new_voucher(campaign, slot, self._code_hash), ()) for slot in slots]
        return await self.add_many(new)

    async def count(self, campaign: Campaign) -> int:
        """See the port."""
        return await self.collection.count(_of_campaign(campaign.community_id, campaign.id))

    async def carry(self, campaign: Campaign, *, limit: int) -> int:
        """See the port."""
        community_id, number = campaign.community_id, campaign.change_number
        behind: Document = {"community_id": community_id, "campaign_change_number": {"$lt": number}}
        found = await self.collection.find(
            {"campaign_id": campaign.id, **behind}, fields={"_id": 1}, limit=limit
        )
        # In one call, since a campaign has thousands; each document is still one write, and moves
        # its version on: whoever read it before reads it again.
        copied = msgspec.to_builtins(copied_from(campaign), builtin_types=(datetime,))
        await self.collection.update_many(
            {"_id": {"$in": [document["_id"] for document in found]}, **behind},
            {"$set": copied, "$inc": {"version": 1}},
        )
        return len(found)

    async def of_claim(self, community_id: str, claim_key: str) -> Voucher | None:
        """See the port."""
        return await self._one(community_id, {"claim_key": claim_key})

    async def of_use(self, community_id: str, use_id: str) -> Voucher | None:
        """See the port."""
        return await self._one(community_id, {"uses.id": use_id})

    async def of_lookup_number(self, community_id: str, number: str) -> list[Voucher]:
        """See the port."""
        found = await self.collection.find(
            {"community_id": community_id, "lookup_number": number}, limit=_SAME_NUMBER
        )
        return await self._aggregates(found)

    async def held(self, community_id: str, campaign_id: str, holder: Holder) -> Held:
        """See the port."""
        by_person, by_household, by_account = await asyncio.gather(
            self._by_campaign(community_id, "person_key", holder.person_key),
            self._by_campaign(community_id, "household_id", holder.household_id),
            self._by_campaign(community_id, "account_id", holder.account_id),
        )
        return Held(by_person[campaign_id], by_household[campaign_id], by_account[campaign_id])

    async def held_of(self, community_id: str, holder: Holder) -> Mapping[str, int]:
        """See the port."""
        by_person, by_account = (
            Counter(document["campaign_id"] for document in documents)
            for documents in await self._holdings.of(community_id, holder)
        )
        return by_person | by_account  # of each the greater

    async def with_some_left(
        self, community_id: str, campaign_ids: Sequence[str], at: datetime
    ) -> AbstractSet[str]:
        """See the port."""
        left = await self._still_left(community_id, campaign_ids, at)

        async def is_left(campaign_id: str) -> bool:
            first = await self._first_left(community_id, campaign_id)
            return first is not None and first["claimable_from"] <= at

        # each stops at the first, side by side: one query of all would walk what is left of each
        others = [each for each in campaign_ids if each not in left]
        found = await asyncio.gather(*map(is_left, others))
        return left | {each for each, is_one in zip(others, found, strict=True) if is_one}

    async def claimable(
        self, community_id: str, campaign_id: str, at: datetime, *, lot: int
    ) -> Look:
        """See the port."""
        for _ in range(_TRANCHES_TRIED):  # all of a tranche may go in between
            release = await self._first_release(community_id, campaign_id)
            if release is None or release > at:
                return Look([], next_release=release)
            for lots in ({"$gte": lot}, {"$lt": lot}):
                if found := await self._candidates(community_id, campaign_id, release, lots):
                    return Look(found)
        raise TooMuchContention

    async def of_holder(
        self, community_id: str, holder: Holder, *, first: int, after: Cursor | None
    ) -> Page[Voucher]:
        """See the port."""
        by_person, by_account = await self._holdings.of(community_id, holder)
        mine = {(each["claimed_at"], each["_id"]): each for each in (*by_person, *by_account)}
        ordered = sorted(mine, reverse=True)
        beyond = ordered if after is None else [place for place in ordered if place < after]
        shown = beyond[:first]
        items = await self._aggregates([mine[place] for place in shown])
        return Page(items, list(shown), len(beyond) > first)

    async def count_due(self, at: datetime) -> int:
        """See the port."""
        return await self.collection.count(_over(at))

    async def expire_due(
        self, at: datetime, transition: Callable[[Voucher], Changed], *, limit: int
    ) -> int:
        """See the port."""
        return await self.change_found(_over(at), transition, limit=limit)

    async def _by_campaign(self, community_id: str, field: str, of: str | None) -> Counter[str]:
        """How many somebody has of each campaign; what somebody has of all is never much.

        No campaign is named to the store: it would walk all that the campaign has.
        """
        if of is None:
            return Counter()
        found = await self.collection.find(
            {"community_id": community_id, field: of}, fields={"campaign_id": 1}
        )
        return Counter(document["campaign_id"] for document in found)

    async def _first_release(self, community_id: str, campaign_id: str) -> datetime | None:
        """When the first of those that nobody has is, or was, released; None for none."""
        first = await self._first_left(community_id, campaign_id)
        return first["claimable_from"] if first else None

    async def _first_left(self, community_id: str, campaign_id: str) -> Document | None:
        """Of those that nobody has the one released first; it is looked at first the next time."""
        found = await self.collection.find_one(
            _free(community_id, campaign_id), fields={"claimable_from": 1}, sort=_RELEASED_FIRST
        )
        if found is not None:
            self._last_left[campaign_id] = found["_id"]
            while len(self._last_left) > _CAMPAIGNS_REMEMBERED:
                self._last_left.pop(next(iter(self._last_left)))
        return found

    async def _still_left(
        self, community_id: str, campaign_ids: Sequence[str], at: datetime
    ) -> set[str]:
        """The campaigns of which one that was left when last looked at is left, all in one read.

        Where nobody has it yet, one is left. Where somebody has, nothing is said: look for another.
        """
        ids = [self._last_left[each] for each in campaign_ids if each in self._last_left]
        found = await self.get_many(community_id, ids) if ids else []
        return {
            one.campaign_id
            for one in found
            if one and one.state is VoucherState.AVAILABLE and one.claimable_from <= at
        }

    async def _candidates(
        self, community_id: str, campaign_id: str, release: datetime, lots: Document
    ) -> list[Candidate]:
        tranche = {**_free(community_id, campaign_id), "claimable_from": release}
        found = await self.collection.find(
            {**tranche, "lot": lots}, fields=BESIDE_THE_STATE, sort=(("lot", 1),), limit=_CANDIDATES
        )
        vouchers = await self._aggregates(found)
        return [
            Candidate(voucher, document["sequence"])
            for voucher, document in zip(vouchers, found, strict=True)
        ]

    async def _one(self, community_id: str, where: Document) -> Voucher | None:
        found = await self.collection.find_one({"community_id": community_id, **where})
        return await self._aggregate(found) if found else None


def _over(at: datetime) -> Document:
    return {"state": VoucherState.CLAIMED.value, "usable_until": {"$lte": at}}


def _of_campaign(community_id: str, campaign_id: str) -> Document:
    return {"community_id": community_id, "campaign_id": campaign_id}


def _free(community_id: str, campaign_id: str) -> Document:
    return {
        **_of_campaign(community_id, campaign_id),
        "state": VoucherState.AVAILABLE.value,
    }


@contextmanager
def _named_refusals() -> Iterator[None]:
    try:
        yield
    except DuplicateKey as refused:
        if refused.index not in _REFUSALS:
            raise
        raise _REFUSALS[refused.index] from refused

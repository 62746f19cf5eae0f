"""What somebody has of all campaigns, by the two indexes that say so."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

from chassis.aggregates import Aggregates
from chassis.joined_reads import JoinedReads
from chassis.mongo import Document

from vouchers.domain.cards.voucher import Holder, Voucher

BESIDE_THE_STATE: Mapping[str, int] = {"held": 0, "outbox": 0, "requests": 0, "creation": 0}


class Holdings:
    """Reads whole what people have, which is never much.

    A page lists it and counts it at the same time: that is one read, and one for other people who
    ask meanwhile. No campaign is named to the store: it would walk all that the campaign has.
    Documents are shared and must not be changed.
    """

    def __init__(self, vouchers: Aggregates[Voucher]) -> None:
        self._vouchers = vouchers
        self._by_person = JoinedReads(partial(self._of, "person_key"))
        self._by_account = JoinedReads(partial(self._of, "account_id"))

    async def of(
        self, community_id: str, holder: Holder
    ) -> tuple[Sequence[Document], Sequence[Document]]:
        """What the person has, and what was got by the account; most of it is in both."""
        by_person, by_account = await asyncio.gather(
            _whose(self._by_person, community_id, holder.person_key),
            _whose(self._by_account, community_id, holder.account_id),
        )
        return by_person, by_account

    async def _of(
        self, field: str, community_id: str, people: Sequence[str]
    ) -> Mapping[str, Sequence[Document]]:
        found = await self._vouchers.collection.find(
            {"community_id": community_id, field: {"$in": list(people)}}, fields=BESIDE_THE_STATE
        )
        whose: dict[str, list[Document]] = {}
        for document in found:
            whose.setdefault(document[field], []).append(document)
        return whose


async def _whose(
    reads: JoinedReads[Sequence[Document]], community_id: str, who: str | None
) -> Sequence[Document]:
    if who is None:
        return ()
    return (await reads.by_id(community_id, [who])).get(who, ())

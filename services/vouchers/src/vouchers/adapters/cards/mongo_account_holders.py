"""What residents told of accounts, in MongoDB: pseudonyms alone."""

from collections.abc import Sequence

from chassis.aggregates import Aggregates
from chassis.mongo import Store
from chassis.reading_together import ReadingTogether

from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.errors import AccountHolderNotFound
from vouchers.domain.events import SERVICE_TOPIC

COLLECTION = "account_holders"


class MongoAccountHolders(Aggregates[AccountHolder]):
    """The port `AccountHolders`."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store,
            COLLECTION,
            AccountHolder,
            topic=SERVICE_TOPIC,
            not_found=lambda _: AccountHolderNotFound(),
        )
        self._found = ReadingTogether(self._find_all)

    async def find(self, community_id: str, account_id: str) -> AccountHolder | None:
        """See the port."""
        return await self._found((community_id, account_id))

    async def _find_all(self, keys: Sequence[tuple[str, str]]) -> list[AccountHolder | None]:
        by_key: dict[tuple[str, str], AccountHolder | None] = {}
        for community_id in {community_id for community_id, _ in keys}:
            ids = [account_id for of, account_id in keys if of == community_id]
            found = await self.get_many(community_id, ids)
            by_key |= {(community_id, id_): each for id_, each in zip(ids, found, strict=True)}
        return [by_key[key] for key in keys]

"""Channels in MongoDB."""

from collections.abc import Sequence

import msgspec
from chassis.aggregates import Aggregates, Cursor, Event, Page
from chassis.encryption import SecretBox
from chassis.mongo import DuplicateKey, Index, Store
from chassis.requests import Request

from outreach.adapters.sealed_channels import ACCOUNT_SLOT, SealedChannels
from outreach.adapters.topics import EVENTS
from outreach.domain.channels import Channel, ChannelState
from outreach.domain.errors import ChannelAlreadyRegistered, ChannelNotFound

COLLECTION = "channels"
NEWEST_FIRST = (("registered_at", -1), ("_id", -1))
INDEXES = (
    Index(collection=COLLECTION, keys=(("community_id", 1), *NEWEST_FIRST)),
    Index(
        collection=COLLECTION,
        keys=(("community_id", 1), (ACCOUNT_SLOT, 1)),
        unique=True,
    ),
    Index(collection=COLLECTION, keys=(("community_id", 1), ("official_account.app_id", 1))),
)


class MongoChannels(Aggregates[Channel]):
    """The channels of all communities."""

    def __init__(self, store: Store, box: SecretBox) -> None:
        super().__init__(
            store,
            COLLECTION,
            Channel,
            topic=EVENTS,
            not_found=lambda _: ChannelNotFound(),
            codec=SealedChannels(box),
        )

    async def add(
        self, aggregate: Channel, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> Channel:
        """Store once. Raises: ChannelAlreadyRegistered; RequestIdReused."""
        registration = await self._registrations(aggregate)
        aggregate = msgspec.structs.replace(aggregate, registration=registration)
        try:
            return await super().add(aggregate, events, request=request)
        except DuplicateKey:
            # Somebody else took the slot in between.
            raise ChannelAlreadyRegistered from None

    async def _registrations(self, channel: Channel) -> int:
        """How often its account was registered and archived. Raises: ChannelAlreadyRegistered."""
        if channel.official_account is None:
            return 0
        # A repeat, whatever it says now: what is there is found by its id.
        same = {"_id": channel.id, "community_id": channel.community_id}
        if await self.collection.find_one(same, fields={"_id": 1}):
            return 0
        others = await self.collection.find(
            {
                "community_id": channel.community_id,
                "official_account.app_id": channel.official_account.app_id,
            },
            fields={"state": 1},
        )
        if any(other["state"] == ChannelState.ACTIVE.value for other in others):
            raise ChannelAlreadyRegistered
        return len(others)

    async def listed(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Channel]:
        """Newest first."""
        return await self.page(
            {"community_id": community_id}, sort=NEWEST_FIRST, first=first, after=after
        )

    async def of_callback(self, channel_id: str) -> Channel:
        """The channel whose callback this is: WeChat names no community.

        Raises: ChannelNotFound.
        """
        found = await self.collection.find_one(
            {"_id": channel_id}, fields={"outbox": 0, "requests": 0, "creation": 0}
        )
        if found is None:
            raise ChannelNotFound
        return await self._aggregate(found)

    async def active_of_account(self, community_id: str, app_id: str) -> Channel | None:
        """The one channel by which the community uses an official account now."""
        found = await self.collection.find_one(
            {
                "community_id": community_id,
                "official_account.app_id": app_id,
                "state": ChannelState.ACTIVE.value,
            },
            fields={"outbox": 0, "requests": 0, "creation": 0},
        )
        return await self._aggregate(found) if found else None

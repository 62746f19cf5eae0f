"""Teams, memberships and honours in MongoDB, and the indexes that their queries use."""

from collections.abc import Sequence

from chassis.aggregates import Aggregates, Codec, Page
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Index, Store
from chassis.person_keys import PersonKeys

from residents.application.ports import Cursor
from residents.domain.events import SERVICE_TOPIC
from residents.domain.teams.errors import HonourNotFound, MemberNotFound, TeamNotFound
from residents.domain.teams.honour import Honour
from residents.domain.teams.membership import Membership
from residents.domain.teams.team import Team

OUTBOXES = ("teams", "team_memberships")

_NEWEST_FIRST = (("created_at", -1), ("_id", -1))
_BY_ID = (("_id", 1),)
_BY_PERSON = (("person_id", 1), ("_id", 1))
_LATEST_FIRST = (("awarded_on", -1), ("_id", -1))

INDEXES = (
    Index(collection="teams", keys=(("community_id", 1), *_NEWEST_FIRST)),
    Index(collection="team_memberships", keys=(("community_id", 1), ("team_id", 1), *_BY_ID)),
    Index(collection="team_memberships", keys=(("community_id", 1), ("has_posts", 1), *_BY_PERSON)),
    Index(collection="team_memberships", keys=(("community_id", 1), *_BY_PERSON)),
    Index(collection="team_honours", keys=(("community_id", 1), ("team_id", 1), *_LATEST_FIRST)),
)


def membership_codec(person_keys: PersonKeys) -> Codec:
    """Name, birth date and reasons, under the key of the person whom they are about."""
    return EncryptedFields(
        person_keys, fields=("facts",), person_key=lambda document: str(document["person_key"])
    )


def honour_codec(person_keys: PersonKeys) -> Codec:
    """Why it was withdrawn, under the key of whom it was awarded to."""
    return EncryptedFields(
        person_keys,
        fields=("withdrawal_reason",),
        person_key=lambda document: str(document["person_key"]),
    )


class MongoTeams(Aggregates[Team]):
    """Teams."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store, "teams", Team, topic=SERVICE_TOPIC, not_found=lambda _: TeamNotFound(), now=now
        )

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Team]:
        """See `Teams.newest_first`."""
        where = {"community_id": community_id}
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)


class MongoMemberships(Aggregates[Membership]):
    """Memberships; `membership_codec` encrypts them."""

    def __init__(self, store: Store, *, codec: Codec, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "team_memberships",
            Membership,
            topic=SERVICE_TOPIC,
            not_found=lambda _: MemberNotFound(),
            codec=codec,
            now=now,
        )

    async def of_team(
        self, community_id: str, team_id: str, *, first: int, after: Cursor | None
    ) -> Page[Membership]:
        """See `Memberships.of_team`."""
        where = {"community_id": community_id, "team_id": team_id}
        return await self.page(where, sort=_BY_ID, first=first, after=after)

    async def with_posts(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Membership]:
        """See `Memberships.with_posts`."""
        where = {"community_id": community_id, "has_posts": True}
        return await self.page(where, sort=_BY_PERSON, first=first, after=after)

    async def of_people(self, community_id: str, person_ids: Sequence[str]) -> list[Membership]:
        """See `Memberships.of_people`."""
        where = {"community_id": community_id, "person_id": {"$in": list(person_ids)}}
        return await self._aggregates(await self.collection.find(where))


class MongoHonours(Aggregates[Honour]):
    """Honours; `honour_codec` encrypts them."""

    def __init__(self, store: Store, *, codec: Codec, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "team_honours",
            Honour,
            topic=SERVICE_TOPIC,
            not_found=lambda _: HonourNotFound(),
            codec=codec,
            now=now,
        )

    async def of_team(
        self, community_id: str, team_id: str, *, first: int, after: Cursor | None
    ) -> Page[Honour]:
        """See `Honours.of_team`."""
        where = {"community_id": community_id, "team_id": team_id}
        return await self.page(where, sort=_LATEST_FIRST, first=first, after=after)

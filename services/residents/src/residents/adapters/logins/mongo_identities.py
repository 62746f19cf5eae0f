"""WeChat identities and claims on residents in MongoDB. All are found by their ids alone."""

from chassis.aggregates import Aggregates, Codec
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import EncryptedFields
from chassis.mongo import Index, Store
from chassis.person_keys import PersonKeys

from residents.application.logins.ports import UnknownClaim, UnknownIdentity
from residents.domain.events import SERVICE_TOPIC
from residents.domain.login import GLOBAL
from residents.domain.logins.resident_claim import ResidentClaim
from residents.domain.logins.wechat_identity import WeChatIdentity, WeChatUnion

INDEXES = (
    Index(collection="wechat_identities", keys=(("community_id", 1), ("person_id", 1), ("_id", 1))),
)


def identity_codec(person_keys: PersonKeys) -> Codec:
    """Openid and unionid, encrypted under a key of the identity's own."""
    return EncryptedFields(
        person_keys,
        fields=("openid", "unionid"),
        person_key=lambda document: str(document["_id"]),
    )


class MongoWeChatIdentities(Aggregates[WeChatIdentity]):
    """Identities, of the whole installation; `identity_codec` encrypts them."""

    def __init__(self, store: Store, *, codec: Codec, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "wechat_identities",
            WeChatIdentity,
            topic=SERVICE_TOPIC,
            not_found=UnknownIdentity,
            codec=codec,
            now=now,
        )

    async def of_person(self, person_id: str) -> list[WeChatIdentity]:
        """See `WeChatIdentities.of_person`."""
        where = {"community_id": GLOBAL, "person_id": person_id}
        return await self._aggregates(await self.collection.find(where, sort=(("_id", 1),)))


class MongoWeChatUnions(Aggregates[WeChatUnion]):
    """Whom a unionid stands for, of the whole installation."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "wechat_unions",
            WeChatUnion,
            topic=SERVICE_TOPIC,
            not_found=UnknownIdentity,
            now=now,
        )


class MongoResidentClaims(Aggregates[ResidentClaim]):
    """Claims on residents."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "resident_claims",
            ResidentClaim,
            topic=SERVICE_TOPIC,
            not_found=UnknownClaim,
            now=now,
        )

"""Consents in MongoDB: pseudonyms, purposes and times; nothing to encrypt."""

from chassis.aggregates import Aggregates
from chassis.clock import Now, utc_now
from chassis.ids import derived_id
from chassis.mongo import Store

from residents.application.privacy.consent_ports import NothingSaid
from residents.domain.events import SERVICE_TOPIC
from residents.domain.privacy.consents import Consents
from residents.domain.privacy.purposes import Purpose

OUTBOXES = ("consents",)


class MongoConsentBooks(Aggregates[Consents]):
    """See `ConsentBooks`. Found by their ids alone, which derive from subject and purpose."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store, "consents", Consents, topic=SERVICE_TOPIC, not_found=NothingSaid, now=now
        )

    def id_of(self, community_id: str, subject_id: str, purpose: Purpose) -> str:
        """See `ConsentBooks.id_of`."""
        return derived_id("consent", community_id, subject_id, purpose)

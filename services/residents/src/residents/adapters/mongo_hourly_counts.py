"""What accounts did in the last hour, in MongoDB."""

from chassis.aggregates import Aggregates
from chassis.clock import Now, utc_now
from chassis.ids import derived_id
from chassis.mongo import Store

from residents.application.hourly_limit import NothingCounted
from residents.domain.events import SERVICE_TOPIC
from residents.domain.hourly_counts import HourlyCount


class MongoHourlyCounts(Aggregates[HourlyCount]):
    """See `HourlyCounts`. Args: kind: what is counted, in the name of the collection."""

    def __init__(self, store: Store, kind: str, *, now: Now = utc_now) -> None:
        self._prefix = f"{kind}_count"
        super().__init__(
            store,
            f"{kind}_counts",
            HourlyCount,
            topic=SERVICE_TOPIC,
            not_found=NothingCounted,
            now=now,
        )

    def id_of(self, community_id: str, account_id: str) -> str:
        """See `HourlyCounts.id_of`."""
        return derived_id(self._prefix, community_id, account_id)

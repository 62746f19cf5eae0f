"""What every room of this service stands on: settings, store, clock, and the two that all share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import utc_now
from chassis.mongo import Store

from issues.adapters.mongo_intakes import MongoIntakes
from issues.adapters.mongo_issues import MongoIssues
from issues.consumers.on_intake_accepted import ISSUES_TOPIC
from issues.settings import IssuesSettings


@dataclass(frozen=True)
class Foundation:
    """Shared by all rooms, built once a process; the store need not be there yet."""

    settings: IssuesSettings
    store: Store
    intakes: MongoIntakes
    issues: MongoIssues
    now: Callable[[], datetime]

    @classmethod
    def laid(cls, settings: IssuesSettings) -> "Foundation":
        """Build it from the settings."""
        store = Store.connect(
            settings.mongodb_uri.get_secret_value(),
            settings.mongodb_database,
            driver=settings.mongodb_driver,
        )
        return cls(
            settings=settings,
            store=store,
            intakes=MongoIntakes(store, topic=ISSUES_TOPIC, now=utc_now),
            issues=MongoIssues(store, topic=ISSUES_TOPIC, now=utc_now),
            now=utc_now,
        )

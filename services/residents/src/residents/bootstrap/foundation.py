"""What every room of this service stands on: settings, store, keys, clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from chassis.clock import utc_now
from chassis.encryption import LookupHash, SecretBox, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys

from residents.domain.china_days import day_of
from residents.settings import ResidentsSettings


@dataclass(frozen=True)
class Foundation:
    """Shared by all rooms, built once a process; the store need not be there yet."""

    settings: ResidentsSettings
    store: Store
    wrapping_keys: WrappingKeys
    keyed_hash: LookupHash
    box: SecretBox
    person_keys: PersonKeys
    now: Callable[[], datetime]

    def today(self) -> date:
        """The day that it is in China."""
        return day_of(self.now())

    @classmethod
    def laid(cls, settings: ResidentsSettings) -> "Foundation":
        """Build it from the settings."""
        store = Store.connect(
            settings.mongodb_uri.get_secret_value(),
            settings.mongodb_database,
            driver=settings.mongodb_driver,
        )
        wrapping_keys = settings.wrapping_keys()
        return cls(
            settings=settings,
            store=store,
            wrapping_keys=wrapping_keys,
            keyed_hash=settings.lookup_hash(),
            box=SecretBox(wrapping_keys),
            person_keys=PersonKeys(store, wrapping_keys, now=utc_now),
            now=utc_now,
        )

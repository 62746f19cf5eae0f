"""What every room of this service stands on: settings, store, keys, clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import utc_now
from chassis.encryption import LookupHash, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys

from vouchers.settings import VouchersSettings


@dataclass(frozen=True)
class Foundation:
    """Shared by all rooms, built once a process; the store need not be there yet.

    Attributes:
        keyed_hash: finds encrypted values again.
        code_hash: makes the codes that are shown at a till.
    """

    settings: VouchersSettings
    store: Store
    wrapping_keys: WrappingKeys
    keyed_hash: LookupHash
    code_hash: LookupHash
    person_keys: PersonKeys
    now: Callable[[], datetime]

    @classmethod
    def laid(cls, settings: VouchersSettings) -> "Foundation":
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
            code_hash=settings.code_hash(),
            person_keys=PersonKeys(store, wrapping_keys, now=utc_now),
            now=utc_now,
        )

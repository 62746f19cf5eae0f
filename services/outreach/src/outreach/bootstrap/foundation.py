"""What every room of this service stands on: settings, store, keys, clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import utc_now
from chassis.encryption import LookupHash, SecretBox, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys

from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.prometheus_tally import PrometheusTally
from outreach.settings import OutreachSettings


@dataclass(frozen=True)
class Foundation:
    """Shared by all rooms, built once a process; the store need not be there yet."""

    settings: OutreachSettings
    store: Store
    wrapping_keys: WrappingKeys
    keyed_hash: LookupHash
    box: SecretBox
    person_keys: PersonKeys
    identities: DerivedIdentities
    tally: PrometheusTally
    now: Callable[[], datetime]

    @classmethod
    def laid(cls, settings: OutreachSettings) -> "Foundation":
        """Build it from the settings."""
        store = Store.connect(
            settings.mongodb_uri.get_secret_value(),
            settings.mongodb_database,
            driver=settings.mongodb_driver,
        )
        wrapping_keys, keyed_hash = settings.wrapping_keys(), settings.lookup_hash()
        return cls(
            settings=settings,
            store=store,
            wrapping_keys=wrapping_keys,
            keyed_hash=keyed_hash,
            box=SecretBox(wrapping_keys),
            person_keys=PersonKeys(store, wrapping_keys, now=utc_now),
            identities=DerivedIdentities(keyed_hash),
            tally=PrometheusTally(),
            now=utc_now,
        )

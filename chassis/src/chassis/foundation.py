"""What everything in a process of a service stands on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Self, TypeVar

from chassis.clock import Now, utc_now
from chassis.encryption import LookupHash, SecretBox, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.settings import ServiceSettings

S = TypeVar("S", bound=ServiceSettings)


@dataclass(frozen=True)
class Foundation(Generic[S]):
    """Settings, store, keys and clock, once a process; the store need not be there yet.

    A service adds what all its rooms share as cached properties of a class of its own.
    """

    settings: S
    store: Store
    now: Now

    @classmethod
    def laid(cls, settings: S, now: Now = utc_now) -> Self:
        """Build it from the settings."""
        return cls(settings, store_of(settings), now)

    @cached_property
    def wrapping_keys(self) -> WrappingKeys:
        """Lock keys and secrets."""
        return self.settings.wrapping_keys()

    @cached_property
    def keyed_hash(self) -> LookupHash:
        """Finds encrypted values again."""
        return self.settings.lookup_hash()

    @cached_property
    def box(self) -> SecretBox:
        """Locks secrets of the service's own."""
        return SecretBox(self.wrapping_keys)

    @cached_property
    def person_keys(self) -> PersonKeys:
        """A key for each person."""
        return PersonKeys(self.store, self.wrapping_keys, now=self.now)


def store_of(settings: ServiceSettings) -> Store:
    """The service's store."""
    return Store.connect(
        settings.mongodb_uri.get_secret_value(),
        settings.mongodb_database,
        driver=settings.mongodb_driver,
        read_only=settings.read_only,
    )

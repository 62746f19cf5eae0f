"""What every room of this service stands on, beside what every service's do."""

from datetime import date
from functools import cached_property

from chassis import foundation
from residents.adapters.mongo import MongoAccounts, account_codec
from residents.domain.china_days import day_of
from residents.settings import ResidentsSettings


class Foundation(foundation.Foundation[ResidentsSettings]):
    """The day and the accounts besides."""

    @cached_property
    def accounts(self) -> MongoAccounts:
        """One for all rooms: what several of them read at once is one query, unlocked once."""
        return MongoAccounts(self.store, codec=account_codec(self.person_keys))

    def today(self) -> date:
        """The day that it is in China."""
        return day_of(self.now())

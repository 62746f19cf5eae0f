"""What every room of this service stands on, beside what every service's do."""

from datetime import date

from chassis import foundation
from residents.domain.china_days import day_of
from residents.settings import ResidentsSettings


class Foundation(foundation.Foundation[ResidentsSettings]):
    """The day besides."""

    def today(self) -> date:
        """The day that it is in China."""
        return day_of(self.now())
